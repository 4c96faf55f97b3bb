import type { Ctx } from '#platform/context.ts'
import { buttonForm, pageHeading, prose } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { texts } from '../texts/index.ts'
import { bookingInShort, type Shown } from './booking-facts.ts'
import { anotherOne, noteOf, type BookingNote } from './booking.ts'
import { STYLES } from './choose.ts'

/** Named, but nobody has shown yet that the mail address is theirs. `canConfirm`: they came through the link in the mail. */
export function reservedPage(
  ctx: Ctx,
  view: Shown,
  { canConfirm, note }: { readonly canConfirm: boolean; readonly note: BookingNote | null },
): Html {
  const t = texts(ctx).booking
  const { booking } = view
  const until = booking.expiresAt ? t.reservedUntil(formatTime(ctx, booking.expiresAt)) : ''
  const title = canConfirm ? t.confirmTitle : t.reservedTitle
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    main: html`${noteOf(ctx, view, note)} ${pageHeading({ title, lead: canConfirm ? until : html`<p>${t.lookIntoMail(booking.email ?? '')}</p><p>${until}</p>` })}
    ${bookingInShort(ctx, view)}
    ${
      canConfirm
        ? buttonForm({ action: href(ctx, `/termine/${booking.id}/bestaetigung`), label: t.confirm, kind: 'primary' })
        : html`${prose(html`<p>${t.noMail} ${anotherOne(ctx, view)}</p><p>${t.mistyped}</p>`)}
          ${buttonForm({ action: href(ctx, `/termine/${booking.id}/rueckgabe`), label: t.giveBack })}`
    }`,
  })
}
