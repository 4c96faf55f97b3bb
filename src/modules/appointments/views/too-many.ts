import type { Ctx } from '#platform/context.ts'
import { buttonForm, cardGrid, pageHeading, prose, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber, formatTime } from '#platform/i18n/format.ts'
import type { Booking } from '../domain/booking.ts'
import { texts } from '../texts/index.ts'
import { bookingInShort, type Shown } from './booking-facts.ts'
import { STYLES } from './choose.ts'
import { bookingCard } from './mine.ts'

/**
 * Of whoever would confirm one more than there may be: this one is not booked, and which of the others could go.
 * @param others that this device opens now
 */
export function tooManyPage(ctx: Ctx, view: Shown, others: readonly Booking[], most: number): Html {
  const t = texts(ctx)
  const { booking, offer } = view
  const { title, lead, cancelOne, others: othersTitle, ofAccount } = t.booking.tooMany
  return layout(ctx, {
    title,
    noIndex: true,
    styles: STYLES,
    main: html`${pageHeading({ title, lead: lead(formatNumber(ctx, most)) })} ${bookingInShort(ctx, view)}
    ${prose(html`<p>${booking.expiresAt ? t.booking.reservedUntil(formatTime(ctx, booking.expiresAt)) : ''} ${cancelOne}</p>`)}
    ${
      others.length > 0
        ? section({ title: othersTitle }, cardGrid(others.map((other) => bookingCard(ctx, offer, other, false))))
        : nothing
    }
    ${others.length < most ? prose(html`<p>${ofAccount}</p>`) : nothing}
    ${buttonForm({ action: href(ctx, `/termine/${booking.id}/bestaetigung`), label: t.booking.confirm, kind: 'primary' })}`,
  })
}
