import type { Ctx } from '#platform/context.ts'
import { buttonForm, buttonGroup, linkButton, list, pageHeading, prose } from '#platform/html/components/index.ts'
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

/**
 * The link in a mail to confirm, of what is gone meanwhile: whoever booked gave it back, or has another address, or its time came. Who reads this has shown
 * that they read the mailbox, so that they may book under its address however many mails strangers have sent to it.
 */
export function goneByLinkPage(ctx: Ctx, id: string, code: string): Html {
  const t = texts(ctx).booking.goneByLink
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title, lead: t.lead })} ${prose(html`<p>${t.notYou}</p>`)}
    ${buttonForm({ action: href(ctx, `/termine/${id}/postfach`), fields: { code }, label: t.book, kind: 'primary' })}`,
  })
}
