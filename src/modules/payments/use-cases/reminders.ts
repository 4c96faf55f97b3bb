import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { publish } from '#platform/events/publish.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { notify, type Notice } from '#modules/notifications/public.ts'
import { paymentOverdue } from '../events.ts'
import { spacedReference } from '../domain/reference.ts'
import { markOverdue, markReminded, toDun, toRemind } from '../store/lists.ts'
import type { PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'
import { payLink } from './request.ts'

/** Days before the due day on which payers are reminded. Demo value. */
export const REMINDED_DAYS_BEFORE = 3
/** Payments handled by one run; the next run, a day later, takes the rest. */
const AT_ONCE = 5_000

/** Reminds of what is nearly due, and says what is overdue; each payment once, however often the job runs. */
export async function remindPayers(ctx: Ctx): Promise<void> {
  const day = today(ctx.clock)
  for (const payment of await toDun(ctx, day, AT_ONCE)) await dun(ctx, payment)
  for (const payment of await toRemind(ctx, day.add({ days: REMINDED_DAYS_BEFORE }), AT_ONCE))
    await remindOf(ctx, payment)
}

const remindOf = (ctx: Ctx, payment: PaymentRow) =>
  transaction(ctx, async (tx) => {
    if (await markReminded(tx, payment.id)) await tell(tx, payment, 'reminder')
  })

const dun = (ctx: Ctx, payment: PaymentRow) =>
  transaction(ctx, async (tx) => {
    if (!(await markOverdue(tx, payment.id))) return
    await publish(tx, paymentOverdue, { paymentId: payment.id, subject: payment.subject })
    await audit(tx, { subject: `payment:${payment.id}`, action: 'payments.overdue' })
    await tell(tx, payment, 'overdue')
  })

async function tell(tx: Ctx, payment: PaymentRow, kind: 'reminder' | 'overdue'): Promise<void> {
  if (payment.payerEmail === null && payment.payerAccount === null) return
  await notify(tx, reminderNotice(payment, kind, await payLink(tx, payment.id)))
}

/** What the payer reads. */
export function reminderNotice(payment: PaymentRow, kind: 'reminder' | 'overdue', path: string): Notice {
  const at = { locale: payment.locale }
  const t = texts(at)
  const rest = formatMoney(at, payment.cents - payment.paidCents)
  return {
    key: `payments:${kind}:${payment.id}`,
    to: { accountId: payment.payerAccount, email: payment.payerEmail },
    locale: payment.locale,
    subject: t.mail[kind].subject(payment.purpose),
    paragraphs: [
      t.mail.greeting(payment.payerName),
      t.mail[kind].body(rest, formatDate(at, payment.dueOn)),
      t.mail.reference(spacedReference(payment.reference)),
      t.mail.crossed,
    ],
    link: { path, label: t.mail.link },
    unit: payment.unit,
    caseId: payment.subject.startsWith('case:') ? payment.subject.slice(5) : null,
  }
}
