import { composeIBAN } from 'ibantools'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { cityDate } from '#platform/time/clock.ts'
import { musterstadt, random } from '#modules/musterstadt/public.ts'
import { recordPastMessages } from '#modules/notifications/public.ts'
import { bankAccountOf } from './bank-account.ts'
import type { PastPayment } from './domain/payment.ts'
import { recordPastPayments } from './store/past.ts'
import { findPayment, type PaymentRow } from './store/payments.ts'
import { camtFile, type CamtMovement } from './testing/camt-file.ts'
import { importCamt } from './use-cases/import.ts'
import { reminderNotice } from './use-cases/reminders.ts'
import { orderRefunds } from './store/refunds.ts'
import { refund } from './use-cases/refunds.ts'

/** Fees of the library (demo values): payments that need no case. */
const FEES = [
  { purpose: { de: 'Jahresgebühr der Stadtbibliothek', en: 'Annual fee of the city library' }, cents: 2000 },
  { purpose: { de: 'Mahngebühr der Stadtbibliothek', en: 'Reminder fee of the city library' }, cents: 350 },
  { purpose: { de: 'Ersatz für ein verlorenes Buch', en: 'Replacement of a lost book' }, cents: 1890 },
  { purpose: { de: 'Raummiete Bürgersaal', en: 'Rent of the Bürgersaal' }, cents: 12000 },
]

const PAYMENTS = 24

/**
 * A month of the treasury: payments of the library, two statements with what usually comes (exact, too little, too much,
 * without reference, a debit, a return), a refund and one that the bank has, so that every page of the treasury has something to show.
 */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const account = bankAccountOf(ctx)
    if (account === null) return
    const payments = demoPayments(ctx)
    const made = await recordPastPayments(ctx, payments)
    progress(1, 2)
    const day = cityDate(ctx.clock.now())
    const references = made.map((one) => one.reference)
    const first = movements(payments, references)
    await importDemo(ctx, {
      id: 'MUSTERBANK-1',
      iban: account.iban,
      on: day.subtract({ days: 8 }).toString(),
      movements: first,
    })
    const second: CamtMovement[] = [
      {
        cents: -payments[0]!.cents,
        reversal: true,
        remittance: `Rücklastschrift ${references[0]}`,
        party: payments[0]!.payer.name,
      },
      { cents: 4200, remittance: 'Vielen Dank für alles', party: 'Gesangverein Eintracht' },
    ]
    await importDemo(ctx, {
      id: 'MUSTERBANK-2',
      iban: account.iban,
      on: day.subtract({ days: 2 }).toString(),
      movements: second,
    })
    await refund(ctx, {
      paymentId: made[1]!.id,
      cents: payments[1]!.cents,
      reason: 'Buch wurde wiedergefunden',
      key: 'demo:refund',
    })
    const ordered = await refund(ctx, {
      paymentId: made[3]!.id,
      cents: payments[3]!.cents,
      reason: 'Doppelt berechnet',
      key: 'demo:refund:ordered',
    })
    if (ordered.ok) await orderRefunds(ctx, random('refund order').uuid(), [ordered.value.refundId])
    await remindOfThePast(
      ctx,
      made.map((one) => one.id),
    )
    progress(2, 2)
  },
}

/** What the job would have written on the day after the due day, in the inbox of whom it concerns. */
async function remindOfThePast(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const rows = await Promise.all(ids.map((id) => findPayment(ctx, id)))
  const overdue = rows.filter((row) => row?.overdueAt != null) as PaymentRow[]
  await recordPastMessages(
    ctx,
    overdue.map((row) => ({ ...reminderNotice(row, 'overdue', `/zahlung/${row.id}`), at: row.overdueAt! })),
  )
}

function demoPayments(ctx: Ctx): PastPayment[] {
  const dice = random('payments')
  const { citizens } = musterstadt()
  const now = ctx.clock.now()
  return Array.from({ length: PAYMENTS }, (_, index) => {
    const citizen = citizens[index % 12]!
    const fee = FEES[index % FEES.length]!
    const at = now.subtract({ hours: 24 * (10 + dice.int(0, 20)) })
    return {
      key: `demo:library:${index}`,
      purpose: fee.purpose[citizen.locale],
      cents: fee.cents,
      dueOn: cityDate(at).add({ days: 14 }),
      payer: { accountId: citizen.id, name: `${citizen.givenName} ${citizen.familyName}`, email: citizen.email },
      locale: citizen.locale,
      subject: `library:${index}`,
      returnPath: '/konto/zahlungen',
      at,
    }
  })
}

/** Most are right; the others are what a treasury sees every week. */
function movements(payments: readonly PastPayment[], references: readonly string[]): CamtMovement[] {
  const paid = (index: number, more: Partial<CamtMovement> = {}): CamtMovement => ({
    cents: payments[index]!.cents,
    remittance: `${references[index]} ${payments[index]!.purpose}`,
    party: payments[index]!.payer.name,
    partyIban: demoIban(index),
    ...more,
  })
  return [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) => paid(index)),
    paid(8, { cents: payments[8]!.cents - 500 }),
    paid(9, { cents: payments[9]!.cents + 150 }),
    paid(2, { remittance: `nochmals ${references[2]}` }),
    paid(10, { remittance: 'Bibliothek' }),
    paid(11, {
      remittance: `${references[11]} und ${references[13]}`,
      cents: payments[11]!.cents + payments[13]!.cents,
    }),
    { cents: -1490, remittance: 'Kontoführung', party: 'Musterbank' },
  ]
}

/** Of no bank (bank code 00000000), with right check digits. */
const demoIban = (n: number) =>
  composeIBAN({ countryCode: 'DE', bban: `00000000${String(7_000_000 + n).padStart(10, '0')}` })!

async function importDemo(ctx: Ctx, file: Parameters<typeof camtFile>[0]): Promise<void> {
  const result = await importCamt(ctx, Buffer.from(camtFile(file)))
  if (!result.ok) throw new Error(`demo statement: ${result.problem}`)
}
