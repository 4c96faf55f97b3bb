import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadServiceFolder, type Answers, type ServiceDefinition } from '#modules/services/public.ts'
import { dogAnswers } from '../testing/dog-form.ts'
import { carryOver } from './carry-over.ts'
import { consentStep, fieldsOf, pagesOf, placeOf, valueAt, withValue } from './pages.ts'
import { prefill, usesDataSafe } from './prefill.ts'
import { readNumber, typedOf } from '../use-cases/typed.ts'

const dogs = loadServiceFolder('services/dog-registration')
const today = Temporal.PlainDate.from('2026-11-21')

/** The form with one field changed or, with null, taken away. */
function changed(name: string, change: object | null): ServiceDefinition {
  const steps = dogs.form.steps.map((step) => ({
    ...step,
    items: step.items.flatMap((item) =>
      item.name !== name ? [item] : change === null ? [] : [{ ...item, ...change }],
    ),
  }))
  return { ...dogs, version: 2, form: { steps: steps as ServiceDefinition['form']['steps'] } }
}

describe('a started form when a new version is published', () => {
  const answers = dogAnswers() as Answers

  test('goes on in the new version if nothing has changed for it', () => {
    expect(carryOver(dogs, { ...dogs, version: 2 }, answers, today).ok).toBe(true)
  })

  test('goes on if the new version asks for more', () => {
    const more = {
      ...dogs.form.steps[0]!,
      items: [...dogs.form.steps[0]!.items, { ...changed('payBy', {}).form.steps[5]!.items[0]!, name: 'colour' }],
    }
    const to = { ...dogs, version: 2, form: { steps: [more, ...dogs.form.steps.slice(1)] } } as ServiceDefinition
    expect(carryOver(dogs, to, answers, today).ok).toBe(true)
  })

  test('stays if an answer would be lost', () => {
    expect(carryOver(dogs, changed('exemption', null), answers, today)).toMatchObject({
      ok: false,
      lost: ['exemption'],
    })
  })

  test('stays if an answer would be wrong', () => {
    const narrower = changed('exemption', { options: ['assistance', 'rescue'] })
    expect(carryOver(dogs, narrower, answers, today)).toMatchObject({ ok: false, lost: ['exemption'] })
  })

  test('goes on if only what was wrong before is wrong', () => {
    const wrong = { ...answers, dogsBefore: 'many' } as Answers
    expect(carryOver(dogs, { ...dogs, version: 2 }, wrong, today).ok).toBe(true)
  })
})

describe('pages', () => {
  test('a last step of consent is part of the summary', () => {
    expect(consentStep(dogs)?.name).toBe('confirm')
    const pages = pagesOf(dogs, dogs.form.steps)
    expect(placeOf(pages, 'owner')).toMatchObject({ number: 1, of: 7, before: null })
    expect(placeOf(pages, 'payment')?.after).toBeNull()
    expect(placeOf(pages, 'confirm')).toBeNull()
  })

  test('lists have as many fields as entries', () => {
    const step = dogs.form.steps.find((one) => one.name === 'dogs')!
    expect(
      fieldsOf(step, { dogs: [{}, {}] })
        .filter((one) => one.path === 'dogs.chip')
        .map((one) => one.pointer),
    ).toEqual(['dogs/0/chip', 'dogs/1/chip'])
    // At least one must be there, at most five.
    expect(fieldsOf(step, {}).filter((one) => one.path === 'dogs.chip')).toHaveLength(1)
    expect(
      fieldsOf(step, { dogs: Array.from({ length: 99 }, () => ({})) }).filter((one) => one.path === 'dogs.chip'),
    ).toHaveLength(5)
  })

  test('what is put under a pointer is found there, and nothing else changes', () => {
    const pointer = fc.constantFrom('plate', 'person/givenName', 'dogs/0/chip', 'dogs/1/chip')
    fc.assert(
      fc.property(pointer, fc.string(), (at, value) => {
        const before = { person: { familyName: 'Becker' }, dogs: [{ callName: 'Rex' }, { callName: 'Bella' }] }
        const after = withValue(before, at, value)
        expect(valueAt(after, at)).toBe(value)
        expect(valueAt(after, 'person/familyName')).toBe('Becker')
        expect(valueAt(after, 'dogs/1/callName')).toBe('Bella')
        expect(valueAt(withValue(after, at, undefined), at)).toBeUndefined()
      }),
    )
  })
})

describe('what people type', () => {
  test.each([
    ['1.234,5', 'de', 1234.5],
    ['1234,5', 'de', 1234.5],
    ['1 234', 'de', 1234],
    ['1,234.5', 'en', 1234.5],
    ['12.5', 'de', 12.5],
    ['1.2.3', 'de', null],
    ['zwölf', 'de', null],
    ['', 'de', null],
    ['1e9', 'de', null],
  ] as const)('the number %j in %s is %d', (typed, locale, number) => {
    expect(readNumber(typed, locale)).toBe(number)
  })

  test('an amount that was kept stands in its field as people write it', () => {
    const money = { type: 'money', name: 'x', min: 0, max: 1, required: true, checks: [] } as const
    expect(typedOf(money, 123450, 'de')).toBe('1234,50')
    expect(typedOf(money, 123450, 'en')).toBe('1234.50')
    expect(typedOf(money, 'viel', 'de')).toBe('viel')
  })
})

describe('prefill', () => {
  const words = { dataSafe: { de: 'a', en: 'a' }, login: { de: 'b', en: 'b' } }
  const safe = {
    givenName: 'Anna', familyName: null, birthDate: null, street: 'A', houseNumber: '1', postcode: null, place: 'M',
    telephone: null, email: null, vehicles: [],
  } // prettier-ignore

  test('takes what is there, and no half address', () => {
    const filled = prefill(dogs, { dataSafe: safe, login: null }, { answers: {}, sources: {} }, words)
    expect(filled.answers).toEqual({ person: { givenName: 'Anna' } })
    expect(Object.keys(filled.sources)).toEqual(['person/givenName'])
  })

  test('never writes over what was typed', () => {
    const typed = { person: { givenName: 'Änne' } }
    expect(prefill(dogs, { dataSafe: safe, login: null }, { answers: typed, sources: {} }, words).answers).toEqual(
      typed,
    )
  })

  test('asks the data safe only for forms that use it', () => {
    expect(usesDataSafe(dogs)).toBe(true)
    expect(usesDataSafe(loadServiceFolder('services/resident-parking'))).toBe(true)
  })
})
