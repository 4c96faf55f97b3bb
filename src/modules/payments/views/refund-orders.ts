import type { Ctx } from '#platform/context.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  link,
  pageHeading,
  section,
  table,
  textareaField,
} from '#platform/html/components/index.ts'
import { formatDateTime, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { RefundOrder } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { staffCrumbs } from './staff.ts'

export const REFUNDS_PATH = '/workbench/zahlungen/erstattungen'
export const ORDERS_PATH = `${REFUNDS_PATH}/auftraege`

/** What a bank knows the order by: it carries none of that number out a second time. */
export const orderNumber = (id: string): string => `ERST-${id.slice(-12).toUpperCase()}`

export const orderPath = (ctx: Ctx, { id }: RefundOrder): string => href(ctx, `${ORDERS_PATH}/${id}`)

/** Files that were made, for whoever has lost one or has to take one back; what is carried out needs neither. */
export function ordersSection(ctx: Ctx, rows: readonly RefundOrder[]): Html {
  const { refunds: t, staff: ts } = texts(ctx)
  const file = (row: RefundOrder) => `${orderNumber(row.id)}.xml`
  return section(
    { title: t.orders },
    table(ctx, {
      caption: t.orders,
      captionHidden: true,
      dense: true,
      rows,
      columns: [
        {
          key: 'file',
          title: t.file,
          rowHeader: true,
          cell: (row) => (row.waiting > 0 ? link(orderPath(ctx, row), file(row)) : file(row)),
        },
        { key: 'at', title: t.orderedAt, nowrap: true, cell: (row) => formatDateTime(ctx, row.orderedAt) },
        { key: 'count', title: t.caption, numeric: true, cell: (row) => formatNumber(ctx, row.count) },
        { key: 'cents', title: ts.amount, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.cents) },
        { key: 'waiting', title: t.waiting, numeric: true, cell: (row) => formatNumber(ctx, row.waiting) },
        {
          key: 'withdraw',
          title: t.withdraw,
          cell: (row) =>
            row.waiting > 0
              ? link(`${orderPath(ctx, row)}/ruecknahme`, t.withdraw, { about: orderNumber(row.id) })
              : '–',
        },
      ],
    }),
  )
}

export function withdrawalPage(
  ctx: Ctx,
  order: RefundOrder,
  reason: string,
  errors: Readonly<Record<string, string>>,
): Html {
  const { refunds: t } = texts(ctx)
  return layout(ctx, {
    title: t.withdraw,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: staffCrumbs(ctx, { label: t.title, href: href(ctx, REFUNDS_PATH) }, { label: t.withdraw }),
    main: html`${errorSummary(ctx, errors)}
      ${pageHeading({
        title: t.withdrawTitle(orderNumber(order.id)),
        lead: t.withdrawLead(formatNumber(ctx, order.waiting), formatMoney(ctx, order.waitingCents)),
      })}
      ${alert(ctx, { kind: 'warning', title: t.withdrawWarning })}
      ${form(
        { action: `${orderPath(ctx, order)}/ruecknahme` },
        textareaField(ctx, {
          name: 'reason',
          label: t.withdrawReason,
          rows: 2,
          value: reason,
          error: errors['reason'],
        }),
        button({ label: t.withdraw, kind: 'danger' }),
      )}`,
  })
}
