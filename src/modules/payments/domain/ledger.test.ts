import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  after, cancelled, handedOver, held, NO_BALANCES, received, refundable, refundDecided, refundOfUnclear, refundPaid, requested, shareRefunded,
  reversed, settled, stateOf, unclear, waived, type Balances, type Booking,
} from './ledger.ts' // prettier-ignore

const FEE = 3000
const asked = after(NO_BALANCES, requested(FEE))
const state = (balances: Balances, more: { cancelled?: boolean; overdue?: boolean } = {}) =>
  stateOf(balances, { cents: FEE, cancelled: false, overdue: false, ...more })
const pay = (balances: Balances, cents: number) => after(balances, received(balances, cents, 'bank'))

describe('what the ledger says about a payment', () => {
  it('a fee that was asked for is open, and overdue when its day has passed', () => {
    expect(state(asked)).toBe('open')
    expect(state(asked, { overdue: true })).toBe('overdue')
  })

  it('a part makes it partly paid, the rest paid', () => {
    const part = pay(asked, 1000)
    expect(state(part)).toBe('partly-paid')
    expect(state(pay(part, 2000))).toBe('paid')
  })

  it('too much makes it overpaid, and only the excess lies apart', () => {
    const much = pay(asked, 3500)
    expect(state(much)).toBe('overpaid')
    expect(much).toMatchObject({ receivable: 0, overpayment: -500, bank: 3500, revenue: -3000 })
  })

  it('paying back the excess leaves it paid', () => {
    const much = pay(asked, 3500)
    expect(state(after(much, refundDecided(much, 500)))).toBe('paid')
    // A share of the fee does not eat up what was paid too much.
    expect(after(much, shareRefunded(much, 1000)).overpayment).toBe(much.overpayment)
    expect(state(after(much, shareRefunded(much, 1000)))).toBe('overpaid')
  })

  it('a share of the fee can be given back, and all of it makes it refunded', () => {
    const paid = pay(asked, FEE)
    const share = after(paid, refundDecided(paid, 1250))
    expect(state(share)).toBe('paid')
    expect(refundable(share)).toBe(1750)
    expect(state(after(share, refundDecided(share, 1750)))).toBe('refunded')
  })

  it('a cancelled fee gives back what was paid of it', () => {
    const part = pay(asked, 1000)
    const none = after(part, cancelled(part))
    expect(state(none, { cancelled: true })).toBe('cancelled')
    expect(none).toMatchObject({ receivable: 0, revenue: 0, refund: -1000, bank: 1000 })
  })

  it('a small remainder that is let go makes it paid', () => {
    const part = pay(asked, 2999)
    expect(state(after(part, waived(part)))).toBe('paid')
  })

  it('money that the bank takes back is owed again', () => {
    const paid = pay(asked, FEE)
    const back = after(paid, reversed(paid, FEE, 'bank'))
    expect(state(back)).toBe('open')
    expect(back.bank).toBe(0)
  })
})

type Step = { readonly kind: string; readonly cents: number }

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'receive',
      'receive-online',
      'assign',
      'refund',
      'pay-out',
      'cancel',
      'waive',
      'reverse',
      'unclear',
      'hand-over',
      'settle',
      'send-back',
    ),
    cents: fc.integer({ min: 1, max: 10_000 }),
  }),
  { maxLength: 30 },
)

/** What a clerk could do next, as far as it is allowed then. */
function book(before: Balances, step: Step, isCancelled: boolean): Booking | null {
  const upTo = (limit: number) => Math.min(step.cents, limit)
  switch (step.kind) {
    case 'receive':
      return isCancelled ? null : received(before, step.cents, 'bank')
    case 'receive-online':
      return isCancelled ? null : received(before, step.cents, 'provider')
    case 'assign':
      return isCancelled || before.suspense >= 0 ? null : received(before, upTo(-before.suspense), 'suspense')
    case 'refund':
      return isCancelled || refundable(before) <= 0 ? null : refundDecided(before, upTo(refundable(before)))
    case 'pay-out':
      return before.refund >= 0 ? null : refundPaid(upTo(-before.refund), 'bank')
    case 'cancel':
      return isCancelled ? null : cancelled(before)
    case 'waive':
      return before.receivable > 0 ? waived(before) : null
    case 'reverse':
      return isCancelled || held(before) <= 0 ? null : reversed(before, upTo(held(before)), 'bank')
    case 'unclear':
      return unclear(step.cents)
    case 'hand-over':
      return before.suspense >= 0 ? null : handedOver(upTo(-before.suspense))
    case 'settle':
      return before.suspense >= 0 ? null : settled(upTo(-before.suspense))
    default:
      return before.suspense >= 0 ? null : refundOfUnclear(upTo(-before.suspense))
  }
}

describe('whatever happens to a payment', () => {
  it('each booking and the whole ledger add up to 0, and nobody is owed a negative amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), steps, (fee, happened) => {
        let balances = after(NO_BALANCES, requested(fee))
        let isCancelled = false
        for (const step of happened) {
          const next = book(balances, step, isCancelled)
          if (!next) continue
          isCancelled ||= step.kind === 'cancel'
          expect(next.entries.reduce((sum, entry) => sum + entry.cents, 0)).toBe(0)
          balances = after(balances, next)
          expect(Object.values(balances).reduce((sum, cents) => sum + cents, 0)).toBe(0)
          expect(balances.overpayment).toBeLessThanOrEqual(0)
          expect(balances.refund).toBeLessThanOrEqual(0)
          expect(balances.receivable).toBeGreaterThanOrEqual(0)
          if (balances.receivable > 0) expect(balances.overpayment).toBe(0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('a refund never exceeds what was paid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), steps, (fee, happened) => {
        let balances = after(NO_BALANCES, requested(fee))
        let inflow = 0
        let decided = 0
        for (const step of happened.filter(({ kind }) => ['receive', 'refund', 'pay-out'].includes(kind))) {
          const next = book(balances, step, false)
          if (!next) continue
          balances = after(balances, next)
          if (step.kind === 'receive') inflow += step.cents
          if (step.kind === 'refund') decided += -next.entries.find((entry) => entry.account === 'refund')!.cents
          expect(decided).toBeLessThanOrEqual(inflow)
        }
      }),
    )
  })
})
