import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { badge, descriptionList, link, list, section } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDay, formatNumber, formatTime, formatTimes } from '#platform/i18n/format.ts'
import type { Asked } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { officeNameIn, pageIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import type { Why } from '../use-cases/displaced.ts'
import { hasBegun } from '../use-cases/standing.ts'
import { matters } from './search.ts'

/** A booking with what the city says about its matters and its place. */
export interface Shown {
  readonly booking: Booking
  readonly offer: Offer
  /** null where the city has given the office up. */
  readonly office: Office | null
  /** Where another time is looked for; the same anywhere where nothing is said. */
  readonly foundBy?: Asked
  /** Why it cannot take place; null: it can. */
  readonly displaced: Why | null
  /** The number of who has come and is called; null for who is not here. */
  readonly ticket: string | null
}

export const displacedBadge = (ctx: Ctx, small = false): Html =>
  badge({ kind: 'danger', label: texts(ctx).displaced.badge, small })

export function standingBadge(ctx: Ctx, booking: Booking, small = false): Html {
  const t = texts(ctx).booking
  if (booking.state === 'booked' && hasBegun(ctx, booking)) return badge({ kind: 'neutral', label: t.over, small })
  if (booking.state === 'booked' && booking.attendedAt) return badge({ kind: 'info', label: t.came, small })
  const kind = ({ held: 'info', reserved: 'warning', booked: 'success', cancelled: 'neutral' } as const)[booking.state]
  return badge({ kind, label: t.states[booking.state], small })
}

/** "Donnerstag, 14. März 2030, 10:30 Uhr" */
export const whenOf = (ctx: Ctx, { startsAt }: Pick<Booking, 'startsAt'>): string =>
  `${formatDay(ctx, startsAt)}, ${formatTime(ctx, startsAt)}`

/** What, when and where: the same in each state. @param words of the place, where staff read them */
export function bookingFacts(ctx: Ctx, view: Shown, words = texts(ctx).booking): Html {
  const { booking, offer } = view
  const t = texts(ctx)
  const { startsAt, endsAt, people, variant, name } = booking
  return descriptionList(ctx, [
    {
      label: t.booking.when,
      value: html`<strong>${formatDay(ctx, startsAt)}</strong><br>${formatTimes(ctx, startsAt, endsAt)}`,
    },
    { label: t.booking.where, value: placeOfBooking(ctx, view, words) },
    { label: t.booking.services, value: matters(ctx, offer, booking.services) },
    { label: t.booking.people, value: formatNumber(ctx, people) },
    { label: t.booking.how, value: t.choose.variants[variant] },
    ...(name === null ? [] : [{ label: t.booking.forWhom, value: name }]),
  ])
}

/** The same in a few lines, where something is still to be done below it: it stays in sight on a telephone. */
export function bookingInShort(ctx: Ctx, view: Shown, words = texts(ctx).booking): Html {
  const { booking, offer, office } = view
  const t = texts(ctx)
  const { startsAt, endsAt, people, variant, name } = booking
  const isHere = variant === 'in-person'
  const place = isHere && office ? officeInOneLine(ctx, office) : placeOfBooking(ctx, view, words)
  const what = [
    matters(ctx, offer, booking.services),
    t.times.people(people),
    ...(isHere ? [t.choose.variants[variant]] : []),
    ...(name === null ? [] : [name]),
  ]
  return html`<p class="ap-short"><strong>${formatDay(ctx, startsAt)}, ${formatTimes(ctx, startsAt, endsAt)}</strong><br>${place}<br>${what.join(' · ')}</p>`
}

const officeInOneLine = (ctx: Ctx, { name, street, houseNumber, postcode, place }: Office): string =>
  `${name[ctx.locale]}, ${street} ${houseNumber}, ${postcode}\u00a0${place}`

/** Office and address, or how we speak with each other. */
export function placeOfBooking(ctx: Ctx, { booking, offer, office }: Shown, t = texts(ctx).booking): string | Html {
  const name = officeNameIn(ctx, offer, booking.office)
  if (booking.variant === 'video') return html`${name}<br>${t.videoCall}`
  if (booking.variant === 'telephone')
    return html`${name}<br>${booking.telephone ? t.telephoneCall(booking.telephone) : t.telephoneOnly}`
  return office ? html`${name}<br>${office.street} ${office.houseNumber}<br>${office.postcode} ${office.place}` : name
}

/**
 * Papers to bring or to have at hand: from the pages of the services, so that there is one list of it.
 * @param title where it is not the person who reads it
 */
export function toBring(ctx: Ctx, { booking, offer }: Shown, title?: string): Html {
  const t = texts(ctx).booking
  const pages = [...new Set(booking.services)].flatMap((slug) => pageIn(offer, slug) ?? [])
  if (pages.length === 0) return nothing
  return section(
    { title: title ?? (booking.variant === 'in-person' ? t.bring : t.haveReady) },
    pages.map(
      ({ path, words }) =>
        html`${pages.length > 1 ? html`<h3 class="kern-title">${words.title}</h3>` : nothing}
          ${words.documents.length > 0 ? list(words.documents) : html`<p>${t.nothingToBring}</p>`}
          <p>${link(href(ctx, path), t.aboutService, { about: words.title })}</p>`,
    ),
  )
}
