import { expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { recordPastPayments } from './public.ts'
import { checkLedger } from './store/ledger.ts'

const ctx = await (await testCity()).ctx()

it('payments of the past are stored in bulk, with a ledger that agrees', async () => {
  const at = Temporal.Instant.from('2030-01-10T10:00:00Z')
  const past = Array.from({ length: 2500 }, (_, i) => ({
    key: `past:${i}`, purpose: 'Hundesteuer', cents: 9600, dueOn: Temporal.PlainDate.from('2030-01-24'), payer: { name: 'Otto Anders', email: null },
    locale: 'de' as const, subject: `case:past-${i}`, returnPath: '/', at, paidAt: i % 3 === 0 ? at : null, cancelledAt: i % 3 === 1 ? at : null,
    method: i % 2 === 0 ? ('online' as const) : ('transfer' as const),
  })) // prettier-ignore
  const made = await recordPastPayments(ctx, past)
  expect(new Set(made.map((payment) => payment.reference)).size).toBe(2500)
  expect(await checkLedger(ctx)).toMatchObject({
    unbalanced: 0,
    disagreeing: 0,
    bankDifference: 0,
    suspenseDifference: 0,
  })
})
