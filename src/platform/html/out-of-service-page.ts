import type { Ctx } from '../context.ts'
import { href } from './href.ts'
import { html, type Html } from './html.ts'
import { screenLayout } from './layout.ts'
import { texts } from './texts/index.ts'

/** Until the device asks again: whoever sets it up need not touch it afterwards. */
const AGAIN_SECONDS = 60

/**
 * What a device in a hall shows in place of an error page: where people go instead, and no way into the portal. What is wrong
 * stands below, small, for whoever looks after the device.
 */
export function outOfServicePage(ctx: Ctx, o: { readonly why: string; readonly requestId: string }): Html {
  const t = texts(ctx)
  const again = href(ctx, ctx.path)
  return screenLayout(ctx, {
    kind: 'out',
    title: t.outOfService.title,
    refresh: { seconds: AGAIN_SECONDS, to: again },
    main: html`<h1 class="rh-out__title">${t.outOfService.title}.</h1>
      <p class="rh-out__advice">${t.outOfService.advice}</p>
      <p class="rh-error-page__id">${o.why} · ${t.errorPage.requestId}: <code>${o.requestId}</code></p>
      <rh-return data-seconds="${AGAIN_SECONDS}" data-to="${again}"></rh-return>`,
  })
}
