import { statusFields, statusPath, type Case } from '#modules/cases/public.ts'
import type { Payment } from '#modules/payments/public.ts'
import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  buttonForm,
  buttonGroup,
  copyable,
  descriptionList,
  linkButton,
  list,
  pageHeading,
  section,
  stack,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime, formatMoney } from '#platform/i18n/format.ts'
import { texts } from '../texts/index.ts'

export interface ReceiptPage {
  readonly def: ServiceDefinition
  readonly kase: Case
  readonly code: string
  readonly payment: Payment | null
  readonly payPath: string | null
  /** '/antrag/<slug>/<id>' */
  readonly path: string
}

/** What everybody gets who has sent an application: number, time, what happens next, and the payment if one is due. */
export function receiptPage(ctx: Ctx, page: ReceiptPage): Html {
  const t = texts(ctx).receipt
  const { kase, def } = page
  const state = def.texts[ctx.locale].states[kase.state]
  // Once the first checks are done, what happens next is that of the state alone.
  const isChecking = def.workflow.states.find(({ name }) => name === kase.state)?.kind === 'automatic'
  const kind = page.payPath ? 'secondary' : 'primary'
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title, preline: def.texts[ctx.locale].service.title })}
    ${stack(
      page.payment && page.payPath ? paymentDue(ctx, page.payment, page.payPath) : nothing,
      descriptionList(ctx, [
        { label: t.number, value: copyable(ctx, kase.number, { label: t.number }) },
        { label: t.at, value: formatDateTime(ctx, kase.openedAt) },
        { label: t.state, value: state?.plain ?? kase.state },
        { label: t.code, value: copyable(ctx, page.code, { label: t.code }) },
      ]),
    )}
    <p class="kern-body">${t.codeNote}</p>
    <p class="kern-body">${t.mail(kase.applicant.email)}</p>
    ${section({ title: t.next }, state ? html`<p class="kern-body">${state.next}</p>` : nothing, isChecking ? list(def.texts[ctx.locale].service.next, { numbered: true }) : nothing)}
    ${buttonGroup(
      kase.applicant.accountId
        ? linkButton({ label: t.toCase, href: href(ctx, statusPath(kase)), kind })
        : buttonForm({ label: t.toStatus, action: href(ctx, '/stand'), fields: statusFields(kase, page.code), kind }),
      linkButton({
        label: t.pdf,
        href: href(ctx, `${page.path}/beleg.pdf`),
        kind: 'secondary',
        icon: 'download',
        download: true,
      }),
      page.payPath ? nothing : linkButton({ label: t.reload, href: href(ctx, `${page.path}/beleg`), kind: 'tertiary' }),
    )}`,
  })
}

function paymentDue(ctx: Ctx, payment: Payment, payPath: string): Html {
  const t = texts(ctx).receipt
  return alert(ctx, {
    kind: 'info',
    title: t.payTitle,
    body: html`<p>${t.payBody(formatDate(ctx, payment.dueOn))}</p>
      ${buttonGroup(linkButton({ label: t.pay(formatMoney(ctx, payment.cents - payment.paidCents)), href: href(ctx, payPath), kind: 'primary' }))}`,
  })
}
