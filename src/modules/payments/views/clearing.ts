import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  buttonForm,
  csvButton,
  emptyState,
  filterBar,
  link,
  pageHeading,
  pagination,
  prose,
  section,
  selectField,
  table,
  tabs,
  textField,
} from '#platform/html/components/index.ts'
import { formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import { FINDINGS } from '../domain/matching.ts'
import { spacedReference } from '../domain/reference.ts'
import type { BankEntryRow, ClearingFilter } from '../store/bank.ts'
import type { PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'
import { entryBadge, moneyOf } from './statements.ts'
import { staffCrumbs, staffTabs } from './staff.ts'

export const CLEARING_PATH = '/workbench/zahlungen/klaerung'

export interface ClearingView {
  readonly rows: readonly BankEntryRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly filter: ClearingFilter
  readonly openClearings: number
  readonly overpaid: readonly PaymentRow[]
  readonly just: 'cleared' | 'in-part' | null
  readonly query: (more: Readonly<Record<string, string | number | null>>) => string
}

export function clearingPage(ctx: Ctx, view: ClearingView): Html {
  const { clearing: t, findings, staff: ts } = texts(ctx)
  const open = view.filter.state === 'open'
  return layout(ctx, {
    title: t.title,
    breadcrumbs: staffCrumbs(ctx, { label: t.title }),
    main: html`${view.just === null ? nothing : alert(ctx, { kind: 'success', title: view.just === 'cleared' ? t.done : t.doneInPart, live: true })}
      ${pageHeading({ title: t.title, lead: t.lead, actions: csvButton(ctx, href(ctx, `${CLEARING_PATH}/liste.csv${view.query({})}`)) })}
      ${staffTabs(ctx, 'clearing', view.openClearings)}
      ${tabs(t.title, [
        { label: t.open, href: href(ctx, CLEARING_PATH), current: open, count: view.openClearings },
        { label: t.cleared, href: href(ctx, `${CLEARING_PATH}?stand=cleared`), current: !open },
      ])}
      ${filterBar(
        ctx,
        { action: href(ctx, CLEARING_PATH), resetHref: href(ctx, CLEARING_PATH), hidden: { stand: view.filter.state } },
        textField(ctx, { name: 'q', label: t.search, type: 'search', value: view.filter.q, optional: true, width: 20 }),
        selectField(ctx, {
          name: 'befund',
          label: t.finding,
          empty: ts.any,
          optional: true,
          value: view.filter.finding,
          choices: FINDINGS.map((value) => ({ value, label: findings[value] })),
        }),
      )}
      ${table(ctx, {
        caption: t.caption,
        captionHidden: true,
        dense: true,
        rows: view.rows,
        columns: [
          { key: 'booked', title: t.bookedOn, nowrap: true, cell: (row) => formatShortDate(ctx, row.bookedOn) },
          {
            key: 'party',
            title: t.party,
            rowHeader: true,
            cell: (row) => link(href(ctx, `${CLEARING_PATH}/${row.id}`), row.party || t.entry),
          },
          { key: 'remittance', title: t.remittance, cell: (row) => row.remittance },
          { key: 'cents', title: t.amount, numeric: true, nowrap: true, cell: (row) => moneyOf(ctx, row) },
          { key: 'finding', title: t.finding, cell: (row) => findings[row.finding] },
          { key: 'state', title: t.resolution, cell: (row) => entryBadge(ctx, row) },
        ],
        empty: open ? emptyState({ title: t.empty, body: t.emptyBody }) : emptyState({ title: t.emptyCleared }),
      })}
      ${pagination(ctx, { page: view.page, pageSize: view.pageSize, total: view.total, href: (page) => href(ctx, `${CLEARING_PATH}${view.query({ seite: page })}`) })}
      ${view.overpaid.length === 0 ? nothing : overpaidSection(ctx, view.overpaid)}`,
  })
}

function overpaidSection(ctx: Ctx, rows: readonly PaymentRow[]): Html {
  const { clearing: t, staff: ts } = texts(ctx)
  return section(
    { title: t.overpaidTitle },
    prose(html`<p>${t.overpaidText}</p>`),
    table(ctx, {
      caption: t.overpaidTitle,
      captionHidden: true,
      dense: true,
      rows,
      columns: [
        {
          key: 'reference',
          title: ts.reference,
          nowrap: true,
          cell: (row) => link(href(ctx, `/workbench/zahlungen/${row.id}`), spacedReference(row.reference)),
        },
        { key: 'payer', title: ts.payer, cell: (row) => row.payerName },
        { key: 'cents', title: ts.amount, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.cents) },
        { key: 'paid', title: ts.paid, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.paidCents) },
        {
          key: 'refund',
          title: t.refund,
          titleHidden: true,
          cell: (row) =>
            buttonForm({
              label: t.refundButton,
              about: spacedReference(row.reference),
              action: href(ctx, `/workbench/zahlungen/${row.id}/ueberzahlung`),
            }),
        },
      ],
    }),
  )
}
