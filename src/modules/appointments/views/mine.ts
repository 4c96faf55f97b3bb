import type { Ctx } from '#platform/context.ts'
import {
  badge,
  card,
  cardGrid,
  emptyState,
  link,
  linkButton,
  pageHeading,
  section,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { Booking } from '../domain/booking.ts'
import { officeNameIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import type { WaitingRow } from '../store/waiting.ts'
import { hasBegun } from '../use-cases/standing.ts'
import { waitingPath } from '../use-cases/waiting-mails.ts'
import { displacedBadge, standingBadge, whenOf } from './booking-facts.ts'
import { matters } from './search.ts'
import { waitingWhen, waitingWhere } from './waiting.ts'

interface Mine {
  readonly offer: Offer
  readonly bookings: readonly Booking[]
  /** What the account waits for. */
  readonly waiting: readonly WaitingRow[]
  /** Ids of those that cannot take place. */
  readonly displaced: ReadonlyMap<string, unknown>
}

/** `/konto/termine`: those to come first, the next one on top. */
export function minePage(ctx: Ctx, { offer, bookings, waiting, displaced }: Mine): Html {
  const t = texts(ctx)
  const isAhead = (booking: Booking) => booking.state !== 'cancelled' && !hasBegun(ctx, booking)
  const ahead = bookings.filter(isAhead)
  const past = bookings.filter((booking) => !isAhead(booking)).toReversed()
  const cards = (some: readonly Booking[]) =>
    cardGrid(some.map((booking) => bookingCard(ctx, offer, booking, displaced.has(booking.id))))
  const make = linkButton({ label: t.choose.title, href: href(ctx, '/termine'), kind: 'primary', icon: 'add' })
  return layout(ctx, {
    title: t.mine.title,
    main: html`${pageHeading({ title: t.mine.title })}
    ${
      bookings.length + waiting.length === 0
        ? emptyState({ title: t.mine.emptyTitle, body: t.mine.emptyBody, action: make })
        : html`${section(
            { title: t.mine.upcoming },
            ahead.length > 0 ? cards(ahead) : html`<p>${t.mine.noneAhead}</p>`,
            html`<p>${make}</p>
          <p>${link(href(ctx, '/konto/termine/kalender'), t.feed.title)}</p>`,
          )}
          ${waiting.length > 0 ? section({ title: t.waiting.title }, cardGrid(waiting.map((row) => waitingCard(ctx, offer, row)))) : nothing}
          ${past.length > 0 ? section({ title: t.mine.past }, cards(past)) : nothing}`
    }`,
  })
}

const waitingCard = (ctx: Ctx, offer: Offer, row: WaitingRow): Html =>
  card({
    title: matters(ctx, offer, row.services),
    href: href(ctx, waitingPath(row.id)),
    badge:
      row.state === 'told'
        ? badge({ kind: 'info', label: texts(ctx).waiting.states.told.title, small: true })
        : undefined,
    body: html`${waitingWhere(ctx, offer, row)}<br>${waitingWhen(ctx, row)}`,
  })

export const bookingCard = (ctx: Ctx, offer: Offer, booking: Booking, isDisplaced: boolean): Html =>
  card({
    title: whenOf(ctx, booking),
    href: href(ctx, `/termine/${booking.id}`),
    badge: isDisplaced ? displacedBadge(ctx, true) : standingBadge(ctx, booking, true),
    body: html`${matters(ctx, offer, booking.services)}<br>${officeNameIn(ctx, offer, booking.office)}`,
  })
