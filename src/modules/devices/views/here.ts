import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { button, descriptionList, form, linkButton, pageHeading, prose } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { Device } from '../domain/device.ts'
import { texts } from '../texts/index.ts'

export const HERE = '/geraet'
export const SET_UP = `${HERE}/einrichten`

interface Seen {
  readonly device: Device
  readonly office: Office | null
}

const facts = (ctx: Ctx, { device, office }: Seen): Html => {
  const t = texts(ctx)
  return descriptionList(ctx, [
    { label: t.name, value: device.name },
    { label: t.kind, value: t.kinds[device.kind] },
    { label: t.office, value: office?.name[ctx.locale] ?? device.office },
  ])
}

/** What the link for setting up shows: nothing happens until somebody says so, whatever opens links beforehand. */
export function setUpPage(ctx: Ctx, view: Seen & { token: string }): Html {
  const t = texts(ctx).setUp
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title, lead: t.lead })} ${facts(ctx, view)} ${prose(html`<p>${t.consequence}</p>`)}
    ${form({ action: href(ctx, `${SET_UP}/${view.token}`) }, button({ label: t.confirm }))}`,
  })
}

export function herePage(ctx: Ctx, view: Seen & { home: string | null }): Html {
  const t = texts(ctx).here
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title, lead: t.done })} ${facts(ctx, view)}
    ${view.home === null ? prose(html`<p>${t.noHome}</p>`) : linkButton({ label: t.open, href: href(ctx, view.home), kind: 'primary' })}`,
  })
}
