import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { csvButton, emptyState, errorSummary, filterBar, link, pageHeading, pagination, type Period, periodErrors, periodFields, selectField, table, tabs, textField } from '#platform/html/components/index.ts' // prettier-ignore
import { formatMoney, formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { PAYMENT_STATES, TREASURY } from '../domain/payment.ts'
import { spacedReference } from '../domain/reference.ts'
import type { PaymentFilter, PaymentSums } from '../store/lists.ts'
import type { PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'
import { paymentBadge } from './pay.ts'

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
  readonly period: Period
  readonly page: number
  readonly pageSize: number
  readonly query: (more: Readonly<Record<string, string | number | null>>) => string
  readonly openClearings: number
}

export function paymentListPage(ctx: Ctx, view: ListView): Html {
  const t = texts(ctx).staff
  const errors = periodErrors(ctx, view.period)
  return layout(ctx, {
    title: t.payments,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: staffCrumbs(ctx),
    main: html`${errorSummary(ctx, errors)}
      ${pageHeading({
        title: t.payments,
        lead: t.found(
          formatNumber(ctx, view.sums.total),
          formatMoney(ctx, view.sums.cents),
          formatMoney(ctx, view.sums.paidCents),
        ),
        actions: csvButton(ctx, href(ctx, `/workbench/zahlungen/liste.csv${view.query({})}`)),
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
    ...periodFields(ctx, view.period),
  )
}
