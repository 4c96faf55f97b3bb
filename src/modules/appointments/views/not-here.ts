import type { Ctx } from '#platform/context.ts'
import { buttonGroup, linkButton, list, pageHeading, prose } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

/** No booking that whoever asks may see: the same for one that there is and one that there is not. */
export function notHerePage(ctx: Ctx): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.booking.notHereTitle,
    noIndex: true,
    main: html`${pageHeading({ title: t.booking.notHereTitle })}
    ${prose(html`<p>${t.booking.notHereBody}</p>`, list(t.booking.notHere))}
    ${buttonGroup(
      linkButton({ label: t.choose.title, href: href(ctx, '/termine'), kind: 'primary' }),
      ctx.account
        ? linkButton({ label: t.mine.title, href: href(ctx, '/konto/termine') })
        : linkButton({
            label: t.booking.signInLink,
            href: href(ctx, `/anmelden?next=${encodeURIComponent(href(ctx, ctx.path))}`),
          }),
    )}`,
  })
}
