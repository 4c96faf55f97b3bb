import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { State, Transition, TransitionField } from '#modules/services/public.ts'
import {
  advancesByItself,
  chooseTransition,
  offeredTransitions,
  readFields,
  systemTransition,
  type Actor,
} from './workflow.ts'

const state = (name: string, more: Partial<State> = {}): State => ({ name, kind: 'clerk', checks: [], ...more })
const transition = (
  name: string,
  from: string[],
  to: string,
  by: Transition['by'],
  more: Partial<Transition> = {},
): Transition => ({
  name,
  from,
  to,
  by,
  fields: [],
  actions: [],
  hasReason: false,
  confirm: false,
  ...more,
})

const dogs = {
  permissions: { read: 'cases.read', work: 'cases.work', decide: 'cases.decide' },
  workflow: {
    initial: 'received',
    states: [
      state('received', { kind: 'automatic' }),
      state('review'),
      state('payment', { kind: 'waiting', waitsFor: 'payment' }),
      state('registered', { kind: 'final', outcome: 'granted' }),
      state('withdrawn', { kind: 'final', outcome: 'withdrawn' }),
    ],
    transitions: [
      transition('bill', ['received'], 'payment', 'system', { when: 'resident' }),
      transition('ask-clerk', ['received'], 'review', 'system'),
      transition('paid', ['payment'], 'registered', 'system', { on: 'payment-received' }),
      transition('too-late', ['payment'], 'withdrawn', 'system', { on: 'deadline' }),
      transition('accept', ['review'], 'payment', 'clerk'),
      transition('park', ['review'], 'review', 'clerk', { permission: 'cases.work' }),
      transition('withdraw', ['received', 'review', 'payment'], 'withdrawn', 'applicant'),
      transition('state', ['review'], 'review', 'partner'),
    ],
  },
}

const always = () => true
const never = () => false
const clerk = (...permissions: string[]): Actor => ({
  kind: 'clerk',
  may: (permission) => permissions.includes(permission),
})
const names = (transitions: readonly Transition[]) => transitions.map(({ name }) => name)

describe('the machine', () => {
  it('takes the first way whose condition holds', () => {
    expect(systemTransition(dogs, 'received', null, always)?.name).toBe('bill')
    expect(systemTransition(dogs, 'received', null, never)?.name).toBe('ask-clerk')
  })
  it('waits for the payment, and does not take that way on entering', () => {
    expect(systemTransition(dogs, 'payment', null, always)).toBeNull()
    expect(systemTransition(dogs, 'payment', 'payment-received', always)?.name).toBe('paid')
    expect(systemTransition(dogs, 'payment', 'deadline', always)?.name).toBe('too-late')
  })
  it('ignores a payment that comes when nobody waits for it', () => {
    expect(systemTransition(dogs, 'registered', 'payment-received', always)).toBeNull()
  })
  it('knows where it has something to do', () => {
    expect(dogs.workflow.states.filter(({ name }) => advancesByItself(dogs, name)).map(({ name }) => name)).toEqual([
      'received',
    ])
  })
})

describe('what somebody can do', () => {
  test.each<[string, string, Actor, string[]]>([
    ['the applicant may withdraw while it is open', 'review', { kind: 'applicant' }, ['withdraw']],
    ['nobody withdraws what is over', 'registered', { kind: 'applicant' }, []],
    ['a clerk who may decide', 'review', clerk('cases.decide', 'cases.work'), ['accept', 'park']],
    ['a clerk who may only work', 'review', clerk('cases.work'), ['park']],
    ['a clerk without any permission', 'review', clerk(), []],
    ['a partner organisation', 'review', { kind: 'partner' }, ['state']],
  ])('%s', (_who, from, actor, expected) => {
    expect(names(offeredTransitions(dogs, from, actor, always))).toEqual(expected)
  })

  test.each<[string, string, string, Actor, string]>([
    ['an unknown transition', 'review', 'explode', clerk('cases.decide'), 'transition-not-allowed'],
    ['one from another state', 'payment', 'accept', clerk('cases.decide'), 'transition-not-allowed'],
    ['one without the permission', 'review', 'accept', clerk('cases.work'), 'forbidden'],
    ["the machine's", 'received', 'bill', clerk('cases.decide'), 'transition-not-allowed'],
    ["the clerk's, tried by the applicant", 'review', 'accept', { kind: 'applicant' }, 'transition-not-allowed'],
  ])('%s is refused', (_what, from, name, actor, problem) => {
    expect(chooseTransition(dogs, from, name, actor, always)).toMatchObject({ ok: false, problem })
  })

  it('is never more than what would be accepted', () => {
    const states = fc.constantFrom(...dogs.workflow.states.map(({ name }) => name))
    const actors = fc.constantFrom<Actor>(
      clerk('cases.decide'),
      clerk('cases.work'),
      { kind: 'applicant' },
      { kind: 'partner' },
    )
    fc.assert(
      fc.property(states, actors, fc.boolean(), (from, actor, holds) => {
        for (const { name } of offeredTransitions(dogs, from, actor, () => holds))
          expect(chooseTransition(dogs, from, name, actor, () => holds).ok).toBe(true)
      }),
    )
  })
})

describe('the fields of a decision', () => {
  const field = (
    name: string,
    type: TransitionField['type'],
    more: Partial<TransitionField> = {},
  ): TransitionField => ({
    name,
    type,
    options: [],
    required: false,
    max: 20,
    ...more,
  })
  test.each<[TransitionField, unknown, unknown]>([
    [field('a', 'text'), '  kurz ', 'kurz'],
    [field('a', 'text'), '', null],
    [field('a', 'text'), ['x'], null],
    [field('a', 'date'), '2026-12-24', '2026-12-24'],
    [field('a', 'date'), '24.12.2026', '2026-12-24'],
    [field('a', 'money'), '12,5', 1250],
    [field('a', 'money'), '1.234,56 €', 123456],
    [field('a', 'money'), 1250, 1250],
    [field('a', 'choice', { options: ['yes'] }), 'yes', 'yes'],
  ])('%o from %j', (definition, typed, expected) => {
    expect(readFields([definition], () => typed)).toEqual({ ok: true, value: { a: expected } })
  })
  test.each<[TransitionField, unknown, string]>([
    [field('a', 'text', { required: true }), '   ', 'required'],
    [field('a', 'text'), 'x'.repeat(21), 'too-long'],
    [field('a', 'date'), '2026-02-30', 'no-date'],
    [field('a', 'date'), '30.02.2026', 'no-date'],
    [field('a', 'money'), '12.5', 'no-money'],
    [field('a', 'money'), -1, 'no-money'],
    [field('a', 'choice', { options: ['yes'] }), 'no', 'no-option'],
  ])('%o refuses %j: %s', (definition, typed, problem) => {
    expect(readFields([definition], () => typed)).toEqual({ ok: false, problems: { a: problem } })
  })
  it('never fails on a date, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (typed) => void readFields([field('a', 'date')], () => typed)))
  })
})
