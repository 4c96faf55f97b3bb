import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFeel, evaluate, FeelError, roundCents } from './feel.ts'
import { checkNames } from './feel-names.ts'
import { DATE_SHAPE, kindOf } from './feel-shapes.ts'

const today = Temporal.PlainDate.from('2026-11-21')

describe('an expression', () => {
  test.each([
    ['answers.age >= 18', { answers: { age: 18 } }, true],
    ['answers.age >= 18', { answers: { age: null } }, null],
    ['answers.missing = "x"', { answers: {} }, false],
    ['born <= today - duration("P18Y")', { born: Temporal.PlainDate.from('2008-11-21'), today }, true],
    ['born <= today - duration("P18Y")', { born: Temporal.PlainDate.from('2008-11-22'), today }, false],
    ['count(answers.dogs[kind = "listed"])', { answers: { dogs: [{ kind: 'listed' }, { kind: 'ordinary' }] } }, 1],
    ['if answers.a then "yes" else "no"', { answers: { a: true } }, 'yes'],
    ['case.state = "review"', { case: { state: 'review' } }, true],
  ])('%s over %j is %j', (source, scope, value) => {
    expect(evaluate(source, scope)).toBe(value)
  })

  test('gives days back as days', () => {
    expect(evaluate('today + duration("P3M")', { today })).toEqual(Temporal.PlainDate.from('2027-02-21'))
  })

  test('is read once: the second time it is the same', () => {
    expect(compileFeel('answers.a', ['answers'])).toBe(compileFeel('answers.a', ['answers']))
  })

  test.each([
    ['answers.a = ', 'ends too early'],
    ['answers.a = )', 'does not understand ")'],
    ['', 'ends too early'],
  ])('%j is refused: %s', (source, reason) => {
    expect(() => compileFeel(source, ['answers'])).toThrow(FeelError)
    expect(() => compileFeel(source, ['answers'])).toThrow(reason)
  })

  test('cannot get out of its brackets', () => {
    expect(() => compileFeel('1) + (2', ['answers'])).toThrow(FeelError)
  })
})

describe('names in an expression', () => {
  const scope = {
    answers: { person: { name: 'value', born: { year: 'value' } }, dogs: { chip: 'value', kind: 'value' } },
    findings: { resident: { outcome: 'value', data: 'any' } },
    kind: ['listed', 'ordinary'],
    today: DATE_SHAPE,
  } as const

  test.each([
    'answers.person.name = "x"',
    'answers.person.born.year > 2000',
    'count(answers.dogs[kind = "listed"]) > 1',
    'some dog in answers.dogs satisfies dog.chip = "1"',
    'for dog in answers.dogs return dog.kind',
    'findings.resident.data.anything.at.all = 1',
    'string length(answers.person.name) > 3',
    'if answers.person.name = "x" then 1 else 2',
    'kind in ("listed", "ordinary") and "listed" = kind',
    'date("2028-02-29") < today - duration("P18Y")',
    'date(answers.person.name) < today',
  ])('%s knows its names', (source) => {
    expect(() => checkNames(source, scope)).not.toThrow()
  })

  test.each([
    ['answer.person.name', 'does not know "answer"; there is: answers, findings, kind, today'],
    ['answers.persn.name', 'does not know "persn" in "answers"; there is: person, dogs'],
    ['answers.person.name.first', 'does not know "first" in "answers.person.name"'],
    ['count(answers.dogs[kin = "listed"])', 'does not know "kin"'],
    ['some dog in answers.dogs satisfies dog.tag = 1', 'does not know "tag" in "dog"'],
    ['findings.zone.outcome', 'does not know "zone"'],
    ['lenght(answers.person.name)', 'does not know the function "lenght"'],
    ['today() > now()', 'may not call "today()"'],
    ['kind = "listd"', 'compares with "listd"; there is: listed, ordinary'],
    ['"listd" != kind', 'compares with "listd"'],
    ['kind in ("listed", "any")', 'compares with "any"'],
    ['today < date("2026-02-30")', 'means nothing with `date("2026-02-30")`'],
    ['today + duration("3 months")', 'means nothing with `duration("3 months")`'],
    ['count() > 1', 'calls "count" without a value'],
  ])('%s is refused: %s', (source, reason) => {
    expect(() => checkNames(source, scope)).toThrow(reason)
  })

  test('are told as whole paths', () => {
    const { paths } = checkNames('answers.person.name = "a" and answers.dogs[chip = "1"] != null', scope)
    expect(paths).toEqual(['answers.person.name', 'answers.dogs', 'chip'])
  })

  test.each([
    ['kind', 'text'],
    ['kind = "listed"', 'boolean'],
    ['not(kind = "listed")', 'boolean'],
    ['some dog in answers.dogs satisfies dog.chip = "1"', 'boolean'],
    ['count(answers.dogs)', 'number'],
    ['today', 'date'],
    ['if kind = "listed" then 1 else 2', 'number'],
    ['if kind = "listed" then 1 else "many"', null],
    ['today + duration("P1D")', null],
    ['answers.person', 'parts'],
  ])('%s gives %s', (source, kind) => {
    expect(kindOf(checkNames(source, scope).gives)).toBe(kind)
  })
})

describe('cents', () => {
  test.each([
    [1.15 * 150, 173],
    [73.5, 74],
    [0.5, 1],
    [1999 * 0.19, 380],
    [0, 0],
  ])('%d are rounded half up to %d', (value, cents) => {
    expect(roundCents(value)).toBe(cents)
  })

  test('whole cents stay what they are', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (cents) => roundCents(cents) === cents))
  })

  test('a percentage of an amount is as exact as with whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_00 }), fc.integer({ min: 0, max: 100 }), (cents, percent) => {
        const exact = Math.floor((cents * percent + 50) / 100)
        return roundCents(cents * (percent / 100)) === exact
      }),
    )
  })
})
