import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert, button, columns, descriptionList, emptyState, errorSummary, form, link, list, moneyField, pageHeading,
  section, table, textareaField,
} from '#platform/html/components/index.ts' // prettier-ignore
import { formatDateTime, formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import { spacedReference } from '../domain/reference.ts'
import type { LedgerTransaction } from '../store/ledger.ts'
import type { OnlineRow } from '../store/online.ts'
import type { PaymentRow } from '../store/payments.ts'
import type { RefundRow } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { paymentBadge } from './pay.ts'
import { staffCrumbs } from './staff.ts'

export interface DetailView {
  readonly payment: PaymentRow
  readonly transactions: readonly LedgerTransaction[]
  readonly refunds: readonly RefundRow[]
  readonly onlines: readonly OnlineRow[]
  /** Most that can be refunded, in cents; 0 hides the form. */
  readonly refundable: number
  readonly mayBook: boolean
  readonly form: {
    readonly amount: string
    readonly reason: string
    readonly key: string
    readonly errors: Readonly<Record<string, string>>
  }
  readonly refundDone: boolean
}

export function paymentDetailPage(ctx: Ctx, view: DetailView): Html {
  const { staff: t, refunds: tr } = texts(ctx)
  const { payment } = view
  const details = section(
    { title: t.details },
    descriptionList(ctx, [
      { label: t.purpose, value: payment.purpose },
      { label: t.payer, value: payment.payerName },
      { label: t.payerAddress, value: payment.payerEmail },
      { label: t.amount, value: formatMoney(ctx, payment.cents) },
      { label: t.paid, value: formatMoney(ctx, payment.paidCents) },
      { label: t.refunded, value: formatMoney(ctx, payment.refundedCents) },
      { label: t.dueOn, value: formatShortDate(ctx, payment.dueOn) },
      { label: t.created, value: formatDateTime(ctx, payment.createdAt) },
      ...(payment.subject.startsWith('case:')
        ? [{ label: t.subject, value: link(href(ctx, `/workbench/vorgaenge/${payment.subject.slice(5)}`), t.toCase) }]
        : []),
      ...(payment.cancelReason ? [{ label: t.cancelReason, value: payment.cancelReason }] : []),
    ]),
  )
  const attempts =
    view.onlines.length === 0
      ? nothing
      : section(
          { title: t.attempts },
          list(
            view.onlines.map(
              (one) =>
                `${formatDateTime(ctx, one.createdAt)}: ${t.onlineStates[one.state]}, ${formatMoney(ctx, one.cents)}`,
            ),
          ),
        )
  const refundList =
    view.refunds.length === 0
      ? nothing
      : section(
          { title: tr.title },
          list(
            view.refunds.map(
              (one) => `${formatMoney(ctx, one.cents)}: ${tr.states[one.state]} (${tr.ways[one.way]}), ${one.reason}`,
            ),
          ),
        )
  return layout(ctx, {
    title: spacedReference(payment.reference),
    hasErrors: Object.keys(view.form.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: spacedReference(payment.reference) }),
    main: html`${errorSummary(ctx, view.form.errors)}
      ${view.refundDone ? alert(ctx, { kind: 'success', title: t.refundDone, live: true }) : nothing}
      ${pageHeading({ title: spacedReference(payment.reference), preline: t.reference, badge: paymentBadge(ctx, payment.state) })}
      ${columns(
        html`${details} ${ledger(ctx, view.transactions)}`,
        html`${view.mayBook && view.refundable > 0 ? refundForm(ctx, view) : nothing} ${refundList} ${attempts}`,
        { label: tr.title },
      )}`,
  })
}

function ledger(ctx: Ctx, transactions: readonly LedgerTransaction[]): Html {
  const { staff: t, bookings, accounts } = texts(ctx)
  return section(
    { title: t.ledger },
    table(ctx, {
      caption: t.ledger,
      captionHidden: true,
      dense: true,
      rows: transactions,
      columns: [
        { key: 'when', title: t.when, nowrap: true, cell: (row) => formatDateTime(ctx, row.bookedAt) },
        {
          key: 'kind',
          title: t.booking,
          rowHeader: true,
          cell: (row) =>
            html`${bookings[row.kind]}${row.reason ? html`<br><span class="kern-hint">${row.reason}</span>` : nothing}`,
        },
        {
          key: 'entries',
          title: t.entries,
          cell: (row) =>
            list(
              row.entries.map((entry) => `${accounts[entry.account]}: ${formatMoney(ctx, entry.cents)}`),
              { plain: true },
            ),
        },
        { key: 'actor', title: t.actor, cell: (row) => (row.actor === 'system' ? t.system : t.staffMember) },
      ],
      empty: emptyState({ title: t.ledgerEmpty, headingLevel: 3 }),
    }),
  )
}

function refundForm(ctx: Ctx, view: DetailView): Html {
  const t = texts(ctx).staff
  const { form: typed } = view
  return section(
    { title: t.refundForm },
    form(
      { action: href(ctx, `/workbench/zahlungen/${view.payment.id}/erstattungen`), label: t.refundForm },
      html`<input type="hidden" name="key" value="${typed.key}">`,
      moneyField(ctx, {
        name: 'amount',
        label: t.refundAmount,
        hint: t.refundAmountHint(formatMoney(ctx, view.refundable)),
        value: typed.amount,
        error: typed.errors['amount'],
      }),
      textareaField(ctx, {
        name: 'reason',
        label: t.reason,
        rows: 3,
        value: typed.reason,
        error: typed.errors['reason'],
      }),
      button({ label: t.refundButton, kind: 'secondary' }),
    ),
  )
}
