import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href, layout } from '#platform/html/layout.ts'
import {
  alert,
  backLink,
  button,
  columns,
  descriptionList,
  emptyState,
  errorSummary,
  filterBar,
  form,
  link,
  linkButton,
  list,
  moneyField,
  pageHeading,
  pagination,
  section,
  selectField,
  table,
  tabs,
  textareaField,
  textField,
} from '#platform/html/components/index.ts'
import { formatDateTime, formatMoney, formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { may } from '#platform/auth/principal.ts'
import { PAYMENT_STATES, TREASURY } from '../domain/payment.ts'
import { spacedReference } from '../domain/reference.ts'
import type { LedgerTransaction } from '../store/ledger.ts'
import type { PaymentFilter, PaymentSums } from '../store/lists.ts'
import type { OnlineRow } from '../store/online.ts'
import type { PaymentRow } from '../store/payments.ts'
import type { RefundRow } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { paymentBadge, whenOf } from './pay.ts'

export type StaffArea = 'payments' | 'statements' | 'clearing' | 'refunds'

const AREA_PATHS: Readonly<Record<StaffArea, string>> = {
  payments: '/workbench/zahlungen',
  statements: '/workbench/zahlungen/kontoauszuege',
  clearing: '/workbench/zahlungen/klaerung',
  refunds: '/workbench/zahlungen/erstattungen',
}

/** The areas of the treasury's work; those of the account only for those who book. */
export function staffTabs(ctx: Ctx, current: StaffArea, openClearings?: number): Html {
  const { staff: t } = texts(ctx)
  const books = may(ctx, 'payments.book', TREASURY)
  const shown = (Object.keys(AREA_PATHS) as StaffArea[]).filter(
    (area) => books || area === 'payments' || area === 'refunds',
  )
  return tabs(
    t.areas,
    shown.map((area) => ({
      label: t[area],
      href: href(ctx, AREA_PATHS[area]),
      current: area === current,
      count: area === 'clearing' ? openClearings : undefined,
    })),
  )
}

export const staffCrumbs = (ctx: Ctx, ...more: readonly { label: string; href?: string }[]) => [
  { label: texts(ctx).staff.payments, href: more.length === 0 ? undefined : href(ctx, '/workbench/zahlungen') },
  ...more,
]

export interface ListView {
  readonly rows: readonly PaymentRow[]
  readonly sums: PaymentSums
  readonly filter: PaymentFilter
  readonly typed: { readonly from: string; readonly until: string }
  readonly errors: Readonly<Record<string, string>>
  readonly page: number
  readonly pageSize: number
  readonly query: (more: Readonly<Record<string, string | number | null>>) => string
  readonly openClearings: number
}

export function paymentListPage(ctx: Ctx, view: ListView): Html {
  const t = texts(ctx).staff
  return layout(ctx, {
    title: t.payments,
    wide: true,
    hasErrors: Object.keys(view.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx),
    main: html`${errorSummary(ctx, view.errors)}
      ${pageHeading({
        title: t.payments,
        lead: t.found(
          formatNumber(ctx, view.sums.total),
          formatMoney(ctx, view.sums.cents),
          formatMoney(ctx, view.sums.paidCents),
        ),
        actions: linkButton({
          label: t.csv,
          icon: 'download',
          href: href(ctx, `/workbench/zahlungen/liste.csv${view.query({})}`),
        }),
      })}
      ${staffTabs(ctx, 'payments', view.openClearings)} ${filters(ctx, view)}
      ${table(ctx, {
        caption: t.caption,
        captionHidden: true,
        dense: true,
        rows: view.rows,
        sort: {
          by: view.filter.sort,
          direction: view.filter.direction,
          href: (by, direction) =>
            href(ctx, `/workbench/zahlungen${view.query({ sortierung: by, richtung: direction })}`),
        },
        columns: [
          {
            key: 'reference',
            title: t.reference,
            nowrap: true,
            cell: (row) => link(href(ctx, `/workbench/zahlungen/${row.id}`), spacedReference(row.reference)),
          },
          { key: 'purpose', title: t.purpose, cell: (row) => row.purpose },
          { key: 'payer', title: t.payer, sortable: true, cell: (row) => row.payerName || '–' },
          {
            key: 'cents',
            title: t.amount,
            sortable: true,
            numeric: true,
            nowrap: true,
            cell: (row) => formatMoney(ctx, row.cents),
          },
          { key: 'paid', title: t.paid, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.paidCents) },
          { key: 'state', title: t.state, cell: (row) => paymentBadge(ctx, row.state) },
          { key: 'due', title: t.dueOn, sortable: true, nowrap: true, cell: (row) => formatShortDate(ctx, row.dueOn) },
          {
            key: 'created',
            title: t.created,
            sortable: true,
            nowrap: true,
            cell: (row) => formatShortDate(ctx, row.createdAt),
          },
        ],
        empty: emptyState({ title: t.empty, body: t.emptyBody }),
      })}
      ${pagination(ctx, {
        page: view.page,
        pageSize: view.pageSize,
        total: view.sums.total,
        href: (page) => href(ctx, `/workbench/zahlungen${view.query({ seite: page })}`),
      })}`,
  })
}

function filters(ctx: Ctx, view: ListView): Html {
  const { staff: t, states } = texts(ctx)
  const { sort, direction } = view.filter
  return filterBar(
    ctx,
    {
      action: href(ctx, '/workbench/zahlungen'),
      resetHref: href(ctx, '/workbench/zahlungen'),
      hidden: { sortierung: sort, richtung: direction },
    },
    textField(ctx, { name: 'q', label: t.search, type: 'search', value: view.filter.q, optional: true, width: 20 }),
    selectField(ctx, {
      name: 'stand',
      label: t.state,
      empty: t.any,
      optional: true,
      value: view.filter.state,
      choices: [
        { value: 'outstanding', label: t.outstanding },
        ...PAYMENT_STATES.map((value) => ({ value, label: states[value] })),
      ],
    }),
    textField(ctx, {
      name: 'von',
      label: t.from,
      hint: t.dateHint,
      value: view.typed.from,
      optional: true,
      width: 10,
      error: view.errors['von'],
    }),
    textField(ctx, {
      name: 'bis',
      label: t.until,
      hint: t.dateHint,
      value: view.typed.until,
      optional: true,
      width: 10,
      error: view.errors['bis'],
    }),
  )
}

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
    wide: true,
    hasErrors: Object.keys(view.form.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: spacedReference(payment.reference) }),
    main: html`${errorSummary(ctx, view.form.errors)} ${backLink(ctx, href(ctx, '/workbench/zahlungen'), t.payments)}
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

export { whenOf }
