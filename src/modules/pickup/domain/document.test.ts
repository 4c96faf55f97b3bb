import { describe, expect, it } from 'vitest'
import { codeOf, hashOf, isSecretOf, newNumber, newSecret, readCode } from './code.ts'
import { isOverdue, moved, type Document, type Move, type State } from './document.ts'

const at = Temporal.Instant.from('2030-03-13T08:30:00Z')
const day = Temporal.PlainDate.from('2030-03-13')
const of = (state: State, more: Partial<Document> = {}): Document => ({
  id: '1',
  office: 'mitte',
  unit: 'buergeramt',
  title: 'Reisepass',
  caseNumber: null,
  account: null,
  name: 'Anna Becker',
  email: null,
  telephone: null,
  locale: 'de',
  state,
  device: state === 'ready' ? null : 'locker',
  compartment: state === 'deposited' || state === 'open' ? 7 : null,
  number: '12345',
  codeHash: new Uint8Array(),
  wrongCodes: 2,
  announcedAt: at,
  collectBy: day,
  overdueAt: null,
  openedAt: null,
  endedAt: null,
  ...more,
})
const moves: readonly Move[] = [
  { does: 'deposit', device: 'locker', compartment: 7, collectBy: day },
  { does: 'open' },
  { does: 'take' },
  { does: 'fail' },
  { does: 'return', collectBy: day },
  { does: 'hand-over' },
  { does: 'withdraw' },
]

describe('what can be done with a document', () => {
  it.each<[State, Record<string, State>]>([
    ['ready', { deposit: 'deposited', 'hand-over': 'collected', withdraw: 'withdrawn' }],
    ['deposited', { open: 'open', return: 'ready' }],
    ['open', { open: 'open', take: 'collected', fail: 'deposited', return: 'ready' }],
    ['collected', {}],
    ['withdrawn', {}],
  ])('that is %s', (state, expected) => {
    const possible = moves.map((move) => [move.does, moved(of(state), move, at)?.state] as const)
    expect(Object.fromEntries(possible.filter(([, next]) => next !== undefined))).toEqual(expected)
  })

  it('its code ends with it, and its compartment is free', () => {
    expect(moved(of('open'), { does: 'take' }, at)).toMatchObject({
      number: null,
      codeHash: null,
      compartment: null,
      endedAt: at,
    })
  })

  it('a door that did not open leaves it where it was', () => {
    expect(moved(of('open', { openedAt: at }), { does: 'fail' }, at)).toMatchObject({ compartment: 7, openedAt: null })
  })
})

describe('overdue', () => {
  it.each<[State, string, boolean]>([
    ['ready', '2030-03-13', false],
    ['ready', '2030-03-12', true],
    ['open', '2030-03-12', true],
    ['collected', '2030-03-12', false],
  ])('%s, to be collected by %s: %s', (state, by, expected) => {
    expect(isOverdue({ state, collectBy: Temporal.PlainDate.from(by) }, day)).toBe(expected)
  })
})

describe('the code', () => {
  it.each([
    ['12345 67890', true],
    ['1234567890', true],
    [' 12345-67890 ', true],
    ['1234 5678', false],
    ['12345 6789O', false],
    ['', false],
  ])('%j can be one: %s', (typed, expected) => {
    expect(readCode(typed) !== null).toBe(expected)
  })

  it('is known again by its hash, for its own document alone', async () => {
    const [number, secret] = [newNumber(), newSecret()]
    expect(readCode(codeOf(number, secret))).toEqual({ number, secret })
    const hash = await hashOf('one', secret)
    expect(await isSecretOf('one', hash, secret)).toBe(true)
    expect(await isSecretOf('two', hash, secret)).toBe(false)
    expect(await isSecretOf('one', hash, secret === '11111' ? '22222' : '11111')).toBe(false)
  })
})
