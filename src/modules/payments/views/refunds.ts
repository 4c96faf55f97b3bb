import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  badge,
  button,
  emptyState,
  errorSummary,
  filterBar,
  form,
  link,
  csvButton,
  pageHeading,
  pagination,
  prose,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { formatMoney, formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { spacedIban } from '../bank-account.ts'
import { spacedReference } from '../domain/reference.ts'
import { REFUND_STATES, type RefundFilter, type RefundOrder, type RefundRow } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { orderNumber, orderPath, ordersSection, REFUNDS_PATH } from './refund-orders.ts'
import { staffCrumbs, staffTabs } from './staff.ts'

export interface RefundsView {
  readonly rows: readonly (RefundRow & { reference: string | null })[]
  readonly total: number
  readonly cents: number
  readonly page: number
  readonly pageSize: number
  readonly filter: RefundFilter
  readonly mayBook: boolean
  /** Orders to the bank, the newest first. */
  readonly orders: readonly RefundOrder[]
  /** The one that was just made. */
  readonly ordered: RefundOrder | null
  /** An order was just taken back. */
  readonly withdrawn: boolean
  readonly openClearings: number
  readonly query: (more: Readonly<Record<string, string | number | null>>) => string
}

const TONES = { decided: 'warning', ordered: 'info', paid: 'success' } as const

export function refundsPage(ctx: Ctx, view: RefundsView): Html {
  const { refunds: t, staff: ts } = texts(ctx)
  const list = table(ctx, {
    caption: t.caption,
    captionHidden: true,
    dense: true,
    rows: view.rows,
    ...(view.mayBook
      ? {
          select: {
            name: 'refund',
            value: (row: RefundRow) => row.id,
            label: (row: RefundRow) => t.select(row.endToEndId),
          },
        }
      : {}),
    columns: [
      {
        key: 'payee',
        title: `${t.payee}, ${t.iban}`,
        cell: (row) =>
          html`${row.payeeName || '–'}<br><span class="rh-nowrap">${ibanCell(ctx, row, view.mayBook)}</span>`,
      },
      { key: 'cents', title: ts.amount, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.cents) },
      { key: 'reason', title: ts.reason, cell: (row) => row.reason },
      {
        key: 'reference',
        title: t.reference,
        nowrap: true,
        cell: (row) =>
          row.payment && row.reference
            ? link(href(ctx, `/workbench/zahlungen/${row.payment}`), spacedReference(row.reference))
            : '–',
      },
      { key: 'end', title: t.endToEndId, cell: (row) => row.endToEndId },
      { key: 'way', title: t.way, cell: (row) => t.ways[row.way] },
      {
        key: 'state',
        title: ts.state,
        cell: (row) => badge({ kind: TONES[row.state], label: t.states[row.state], small: true }),
      },
      { key: 'decided', title: t.decidedAt, nowrap: true, cell: (row) => formatShortDate(ctx, row.decidedAt) },
    ],
    empty: emptyState({ title: t.empty, body: t.emptyBody }),
  })
  const awaiting = view.rows.some((row) => row.state === 'decided')
  return layout(ctx, {
    title: t.title,
    breadcrumbs: staffCrumbs(ctx, { label: t.title }),
    main: html`${view.ordered === null ? nothing : alert(ctx, { kind: 'success', title: t.ordered(view.ordered.count), body: link(orderPath(ctx, view.ordered), t.loadFile(orderNumber(view.ordered.id))), live: true })}
      ${view.withdrawn ? alert(ctx, { kind: 'success', title: t.withdrawn, live: true }) : nothing}
      ${pageHeading({
        title: t.title,
        lead: t.lead,
        actions: csvButton(ctx, href(ctx, `${REFUNDS_PATH}/liste.csv${view.query({})}`)),
      })}
      ${staffTabs(ctx, 'refunds', view.openClearings)}
      ${prose(html`<p>${t.count(formatNumber(ctx, view.total), formatMoney(ctx, view.cents))}</p>`, view.mayBook ? html`<p class="kern-hint">${t.orderText}</p>` : nothing)}
      ${filterBar(
        ctx,
        { action: href(ctx, REFUNDS_PATH), resetHref: href(ctx, REFUNDS_PATH) },
        selectField(ctx, {
          name: 'stand',
          label: ts.state,
          empty: ts.any,
          optional: true,
          value: view.filter.state,
          choices: [
            { value: 'unpaid', label: t.unpaid },
            ...REFUND_STATES.map((value) => ({ value, label: t.states[value] })),
          ],
        }),
      )}
      ${
        view.mayBook && view.rows.length > 0
          ? form(
              { action: href(ctx, `${REFUNDS_PATH}/auftrag`), label: t.caption },
              list,
              awaiting ? button({ label: t.order, kind: 'secondary' }) : nothing,
            )
          : list
      }
      ${pagination(ctx, { page: view.page, pageSize: view.pageSize, total: view.total, href: (page) => href(ctx, `${REFUNDS_PATH}${view.query({ seite: page })}`) })}
      ${view.orders.length === 0 ? nothing : ordersSection(ctx, view.orders)}`,
  })
}

function ibanCell(ctx: Ctx, row: RefundRow, mayBook: boolean): Html | string {
  const t = texts(ctx).refunds
  if (row.payeeIban !== null) return spacedIban(row.payeeIban)
  if (row.way === 'online') return '–'
  if (!mayBook || row.state !== 'decided') return t.noIban
  return link(href(ctx, `${REFUNDS_PATH}/${row.id}`), t.addIban, { about: row.endToEndId })
}

export function payeePage(
  ctx: Ctx,
  view: { refund: RefundRow; name: string; iban: string; errors: Readonly<Record<string, string>> },
): Html {
  const { refunds: t, clearing: tc } = texts(ctx)
  return layout(ctx, {
    title: t.payeeTitle,
    hasErrors: Object.keys(view.errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: t.title, href: href(ctx, REFUNDS_PATH) }, { label: t.payeeTitle }),
    main: html`${errorSummary(ctx, view.errors)}
      ${pageHeading({ title: t.payeeTitle, lead: `${formatMoney(ctx, view.refund.cents)}, ${view.refund.reason}` })}
      ${form(
        { action: href(ctx, `${REFUNDS_PATH}/${view.refund.id}`) },
        textField(ctx, { name: 'name', label: t.payee, width: 30, value: view.name, error: view.errors['name'] }),
        textField(ctx, { name: 'iban', label: tc.refundIban, width: 30, value: view.iban, error: view.errors['iban'] }),
        button({ label: t.save }),
      )}`,
  })
}
