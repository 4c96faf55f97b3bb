import type { Ctx } from '#platform/context.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { qrFigure } from '#platform/html/qr-code.ts'
import {
  alert,
  backLink,
  badge,
  buttonForm,
  buttonGroup,
  copyable,
  descriptionList,
  emptyState,
  factBox,
  link,
  linkButton,
  notice,
  pageHeading,
  prose,
  section,
  table,
  telephoneLink,
  type Tone,
} from '#platform/html/components/index.ts'
import { formatDate, formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import { spacedIban, type BankAccount } from '../bank-account.ts'
import { isOutstanding, type PaymentState } from '../domain/payment.ts'
import { spacedReference } from '../domain/reference.ts'
import type { OnlineState } from '../store/online.ts'
import type { PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'

export interface PayView {
  readonly payment: PaymentRow
  /** What is still owed, in cents. */
  readonly outstanding: number
  readonly account: BankAccount | null
  /** SVG; null where there is nothing to transfer. */
  readonly giroCode: string | null
  readonly onlineAvailable: boolean
  /** Just back from the payment service: what it says. */
  readonly just: OnlineState | null
}

const TONES: Readonly<Record<PaymentState, Tone | 'neutral'>> = {
  open: 'info',
  'partly-paid': 'warning',
  paid: 'success',
  overpaid: 'warning',
  cancelled: 'neutral',
  refunded: 'neutral',
  overdue: 'danger',
}

export const paymentBadge = (ctx: Ctx, state: PaymentState): Html =>
  badge({ kind: TONES[state], label: texts(ctx).states[state], small: true })

export function payPage(ctx: Ctx, view: PayView): Html {
  const { payment } = view
  const t = texts(ctx).pay
  const owed = isOutstanding(payment.state) && view.outstanding > 0
  const path = `/zahlung/${payment.id}`
  return layout(ctx, {
    title: t.title(payment.purpose),
    noIndex: true,
    main: html`${justAlert(ctx, view.just)}
      ${pageHeading({
        title: t.title(payment.purpose),
        badge: paymentBadge(ctx, payment.state),
        lead: t.lead[payment.state](formatMoney(ctx, view.outstanding), formatDate(ctx, payment.dueOn)),
      })}
      ${factBox(
        [
          { label: t.amount, value: formatMoney(ctx, payment.cents) },
          ...(payment.paidCents > 0 ? [{ label: t.paid, value: formatMoney(ctx, payment.paidCents) }] : []),
          ...(payment.refundedCents > 0 ? [{ label: t.refunded, value: formatMoney(ctx, payment.refundedCents) }] : []),
          ...(owed ? [{ label: t.rest, value: formatMoney(ctx, view.outstanding) }] : []),
          payment.paidAt
            ? { label: t.paidOn, value: formatDate(ctx, payment.paidAt) }
            : { label: t.dueOn, value: formatDate(ctx, payment.dueOn) },
        ],
        { title: t.facts },
      )}
      ${owed ? ways(ctx, view, path) : nothing}
      ${section(
        { title: t.next },
        prose(
          html`<p>${owed ? t.nextOpen : t.nextPaid}</p><p>${t.contact} ${telephoneLink(ctx.tenant.theme.contact.telephone)}</p>`,
        ),
        buttonGroup(
          linkButton({ label: t.goBack, href: href(ctx, payment.returnPath) }),
          linkButton({
            label: t.invoice,
            href: href(ctx, `${path}/rechnung.pdf`),
            kind: 'tertiary',
            icon: 'download',
          }),
        ),
      )}`,
  })
}

function ways(ctx: Ctx, view: PayView, path: string): Html {
  const t = texts(ctx).pay
  const { payment, account } = view
  if (!view.onlineAvailable && account === null) return notice(html`<p>${t.noWay}</p>`)
  const online = section(
    { title: t.online },
    prose(html`<p>${t.onlineText}</p>`),
    buttonForm({ label: t.onlineButton, kind: 'primary', action: href(ctx, `${path}/online`) }),
  )
  return html`${view.onlineAvailable ? online : nothing} ${account === null ? nothing : transfer(ctx, payment, account, view.outstanding, view.giroCode)}`
}

function transfer(ctx: Ctx, payment: PaymentRow, account: BankAccount, cents: number, code: string | null): Html {
  const t = texts(ctx).pay
  return section(
    { title: t.transfer },
    account.isDemo ? notice(html`<p>${t.demoAccount}</p>`) : nothing,
    prose(html`<p>${t.transferText}</p>`),
    descriptionList(ctx, [
      { label: t.holder, value: copyable(ctx, account.holder, { label: t.holder }) },
      { label: t.iban, value: copyable(ctx, account.iban, { label: t.iban, display: spacedIban(account.iban) }) },
      ...(account.bic === null ? [] : [{ label: t.bic, value: copyable(ctx, account.bic, { label: t.bic }) }]),
      { label: t.amount, value: formatMoney(ctx, cents) },
      {
        label: t.reference,
        value: copyable(ctx, payment.reference, { label: t.reference, display: spacedReference(payment.reference) }),
      },
    ]),
    code === null
      ? nothing
      : qrFigure(code, {
          id: 'girocode-alt',
          alt: t.giroCodeAlt(formatMoney(ctx, cents), spacedReference(payment.reference)),
          caption: t.giroCodeText,
        }),
  )
}

function justAlert(ctx: Ctx, just: OnlineState | null): Html {
  const t = texts(ctx).pay
  if (just === null) return nothing
  if (just === 'paid') return alert(ctx, { kind: 'success', title: t.justPaid, live: true })
  if (just === 'failed') return alert(ctx, { kind: 'danger', title: t.justFailed, body: t.justFailedText, live: true })
  if (just === 'cancelled')
    return alert(ctx, { kind: 'warning', title: t.justCancelled, body: t.justCancelledText, live: true })
  return alert(ctx, { kind: 'info', title: t.justPending, body: t.justPendingText, live: true })
}

/** Between the city and the payment service: a link, since a form must not lead to another host. */
export function onlinePage(
  ctx: Ctx,
  view: {
    payment: PaymentRow
    outstanding: number
    redirectUrl: string | null
    problem: 'online-not-available' | 'provider-unavailable' | null
  },
): Html {
  const t = texts(ctx).online
  const path = `/zahlung/${view.payment.id}`
  const owed = isOutstanding(view.payment.state) && view.outstanding > 0
  const action =
    view.redirectUrl !== null && owed
      ? buttonGroup(linkButton({ label: t.link, href: view.redirectUrl, kind: 'primary', icon: 'open-in-new' }))
      : owed
        ? buttonForm({ label: t.start, kind: 'primary', action: href(ctx, `${path}/online`) })
        : html`<p class="kern-body">${t.settled}</p>`
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${backLink(ctx, href(ctx, path), t.back)}
      ${view.problem === null ? nothing : alert(ctx, { kind: 'warning', title: t.notAvailable, body: t.notAvailableText, live: true })}
      ${pageHeading({ title: t.title, lead: owed ? t.text(formatMoney(ctx, view.outstanding)) : undefined })}
      ${action}`,
  })
}

export function myPaymentsPage(ctx: Ctx, rows: readonly PaymentRow[]): Html {
  const { mine: t, account } = texts(ctx)
  return layout(ctx, {
    title: t.title,
    breadcrumbs: [{ label: account, href: href(ctx, '/konto') }, { label: t.title }],
    main: html`${pageHeading({ title: t.title })}
      ${table(ctx, {
        caption: t.caption,
        captionHidden: true,
        rows,
        columns: [
          { key: 'purpose', title: t.purpose, cell: (row) => link(href(ctx, `/zahlung/${row.id}`), row.purpose) },
          { key: 'amount', title: t.amount, numeric: true, nowrap: true, cell: (row) => formatMoney(ctx, row.cents) },
          { key: 'state', title: t.state, cell: (row) => paymentBadge(ctx, row.state) },
          { key: 'due', title: t.dueOn, nowrap: true, cell: (row) => formatShortDate(ctx, row.dueOn) },
        ],
        empty: emptyState({ title: t.empty, body: t.emptyBody }),
      })}`,
  })
}
