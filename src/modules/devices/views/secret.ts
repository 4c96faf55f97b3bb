import type { Ctx } from '#platform/context.ts'
import { alert, copyable, descriptionList, linkButton, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, raw, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { Device } from '../domain/device.ts'
import { texts } from '../texts/index.ts'
import { LIST } from './list.ts'

export type SecretView = { readonly device: Device } & (
  | { readonly purpose: 'key'; readonly secret: string }
  | { readonly purpose: 'set-up'; readonly link: string; readonly qr: string; readonly until: Temporal.Instant }
)

/** A sheet to take along to the device; nobody sees it a second time. */
export function secretPage(ctx: Ctx, view: SecretView): Html {
  const t = texts(ctx)
  const { device } = view
  const title = view.purpose === 'key' ? t.secret.keyTitle(device.name) : t.secret.linkTitle(device.name)
  return layout(ctx, {
    title,
    styles: ['devices-pages.css'],
    breadcrumbs: [
      { label: t.title, href: href(ctx, LIST) },
      { label: device.name, href: href(ctx, `${LIST}/${device.id}`) },
      { label: title },
    ],
    main: html`${alert(ctx, { kind: 'warning', title: t.secret.once, body: t.secret.onceBody, live: true })}
      ${pageHeading({ title, preline: t.kinds[device.kind] })} ${view.purpose === 'key' ? key(ctx, view) : link(ctx, view)}
      ${linkButton({ label: t.secret.toDevice, href: href(ctx, `${LIST}/${device.id}`) })}`,
  })
}

function key(ctx: Ctx, { secret }: Extract<SecretView, { purpose: 'key' }>): Html {
  const t = texts(ctx).secret
  return html`${descriptionList(ctx, [{ label: t.key, value: copyable(ctx, secret, { label: t.key }) }])}
    <p>${t.keySteps}</p>
    <p class="dv-secret"><code>Authorization: Bearer ${secret}</code></p>`
}

function link(ctx: Ctx, view: Extract<SecretView, { purpose: 'set-up' }>): Html {
  const t = texts(ctx).secret
  return html`<p>${t.linkSteps}</p>
    <div class="dv-qr" role="img" aria-label="${t.qr}">${raw(view.qr)}</div>
    ${descriptionList(ctx, [{ label: t.link, value: copyable(ctx, view.link, { label: t.link }) }])}
    <p>${t.validUntil(formatDateTime(ctx, view.until))}</p>`
}
