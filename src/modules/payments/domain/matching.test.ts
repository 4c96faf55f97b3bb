import { describe, expect, it } from 'vitest'
import { match, type Candidate } from './matching.ts'
import { paymentReference } from './reference.ts'
import type { StatementEntry } from './statement.ts'

const reference = paymentReference(2026, 1)
const entry = (more: Partial<StatementEntry> = {}): StatementEntry => ({
  key: 'k',
  bookedOn: Temporal.PlainDate.from('2026-11-20'),
  valueOn: null,
  cents: 3000,
  currency: 'EUR',
  reversal: false,
  party: 'Anna Becker',
  partyIban: null,
  remittance: reference,
  endToEndId: null,
  bankReference: null,
  collective: false,
  ...more,
})
const open: Candidate = { id: 'p', reference, state: 'open', outstandingCents: 3000, bankedCents: [] }
const paid: Candidate = { ...open, state: 'paid', outstandingCents: 0, bankedCents: [3000] }

describe('a movement on the statement', () => {
  it.each([
    ['the amount that is owed pays the fee', entry(), [open], 'exact', 'p', false],
    ['less is booked and watched', entry({ cents: 2000 }), [open], 'under', 'p', true],
    ['more is booked, and a clerk sees the excess', entry({ cents: 3500 }), [open], 'over', 'p', true],
    [
      'the rest of a part pays the fee',
      entry({ cents: 1000 }),
      [{ ...open, state: 'partly-paid', outstandingCents: 1000 }],
      'exact',
      'p',
      false,
    ],
    ['a fee that is overdue can still be paid', entry(), [{ ...open, state: 'overdue' }], 'exact', 'p', false],
    ['the same fee is not paid twice', entry(), [paid], 'already-paid', 'p', true],
    ['a cancelled fee is not paid', entry(), [{ ...open, state: 'cancelled' }], 'cancelled', 'p', true],
    ['money without a reference waits for a clerk', entry(), [], 'unknown', null, true],
    ['money for two fees waits for a clerk', entry(), [open, { ...open, id: 'q' }], 'several', null, true],
    ['foreign money waits for a clerk', entry({ currency: 'CHF' }), [open], 'foreign-currency', null, true],
    [
      'a collective entry without its parts waits for a clerk',
      entry({ collective: true }),
      [open],
      'collective',
      null,
      true,
    ],
    ['money out that nobody ordered waits for a clerk', entry({ cents: -3000 }), [open], 'debit', null, true],
    ['a returned payment is owed again', entry({ cents: -3000, reversal: true }), [paid], 'reversal', 'p', true],
    [
      'a return of another amount waits for a clerk',
      entry({ cents: -2999, reversal: true }),
      [paid],
      'reversal-unknown',
      'p',
      true,
    ],
    [
      'a return of nothing known waits for a clerk',
      entry({ cents: -3000, reversal: true }),
      [],
      'reversal-unknown',
      null,
      true,
    ],
  ] as const)('%s', (_sentence, movement, candidates, finding, payment, needsClerk) => {
    expect(match(movement, candidates as unknown as Candidate[], [])).toEqual({
      finding,
      payment,
      refund: null,
      needsClerk,
    })
  })

  const refund = { id: 'r', cents: 1250, endToEndId: 'ERST-7F3A' }

  it('a refund that was ordered is paid when its debit appears', () => {
    const found = match(entry({ cents: -1250, remittance: 'ERST-7F3A Erstattung' }), [], [refund])
    expect(found).toEqual({ finding: 'refund-paid', payment: null, refund: 'r', needsClerk: false })
  })

  it('a debit with that reference and another amount waits for a clerk', () => {
    expect(match(entry({ cents: -1251, remittance: 'ERST-7F3A' }), [], [refund]).finding).toBe('debit')
  })
})
