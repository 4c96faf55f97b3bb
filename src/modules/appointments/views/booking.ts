import type { Ctx } from '#platform/context.ts'
import {
  actionList,
  alert,
  badge,
  button,
  confirmPanel,
  descriptionList,
  form,
  link,
  linkButton,
  list,
  pageHeading,
  section,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDay, formatNumber, formatTime } from '#platform/i18n/format.ts'
import type { Office } from '#modules/catalogue/public.ts'
import { addressOf, askedOfBooking, type Asked } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { officeNameIn, pageIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { because, type Why } from '../use-cases/displaced.ts'
import { hasBegun, mayChange } from '../use-cases/standing.ts'
import { arrivalSection } from './arrival.ts'
import { STYLES } from './choose.ts'
import { reminderForm, shownWay } from './reminder.ts'
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

/** What has just happened, or why nothing has; the first five stand in the address. */
export type BookingNote =
  | 'gebucht'
  | 'verschoben'
  | 'abgesagt'
  | 'schon-gebucht'
  | 'erinnerung'
  | 'changed-meanwhile'
  | 'not-changeable'
  | 'moved-too-often'
  | 'already-named'
  | 'no-sms'

/** Booked, cancelled or over. */
export async function bookingPage(ctx: Ctx, view: Shown, note: BookingNote | null): Promise<Html> {
  const t = texts(ctx).booking
  const { booking } = view
  const isComing = mayChange(ctx, booking)
  if (view.ticket !== null) return arrivedPage(ctx, view, view.ticket, note)
  if (isComing && view.displaced) return displacedPage(ctx, view, view.displaced, note)
  const arrival = isExpected(ctx, booking) ? await arrivalSection(ctx, booking.arrivalCode!) : nothing
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    styles: STYLES,
    main: html`${noteOf(ctx, view, note)}
    ${pageHeading({
      title: t.title,
      badge: standingBadge(ctx, booking),
      lead: isComing ? undefined : endedWords(ctx, booking),
    })}
    ${bookingFacts(ctx, view)} ${arrival} ${isComing ? html`${toBring(ctx, view)}${howToCome(ctx, view)}` : nothing}
    ${actions(ctx, booking)} ${isComing && booking.email ? reminderForm(ctx, booking) : nothing}`,
  })
}

function endedWords(ctx: Ctx, booking: Booking): string {
  const t = texts(ctx).booking
  if (booking.state === 'cancelled') return t.cancelledBody
  return hasBegun(ctx, booking) ? t.overBody : t.cameBody
}

/** They are here and have a number: what becomes of it stands elsewhere, and nothing is moved or cancelled any more. */
function arrivedPage(ctx: Ctx, view: Shown, ticket: string, note: BookingNote | null): Html {
  const t = texts(ctx).booking
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    styles: STYLES,
    main: html`${noteOf(ctx, view, note)}
    ${pageHeading({ title: t.title, badge: badge({ kind: 'info', label: t.came }), lead: t.arrivedBody(ticket) })}
    ${section({ title: t.actions }, form({ action: href(ctx, `/termine/${view.booking.id}/wartenummer`) }, button({ label: t.showTicket })))}
    ${bookingFacts(ctx, view)}`,
  })
}

/** Nobody works at its time any more: what to do comes first, and nothing sends the person there. */
function displacedPage(ctx: Ctx, view: Shown, why: Why, note: BookingNote | null): Html {
  const t = texts(ctx)
  const { booking } = view
  const to = (path: string) => href(ctx, `/termine/${booking.id}/${path}`)
  return layout(ctx, {
    title: t.booking.title,
    noIndex: true,
    styles: STYLES,
    main: html`${noteOf(ctx, view, note)}
    ${pageHeading({ title: t.booking.title, badge: displacedBadge(ctx) })}
    ${alert(ctx, { kind: 'danger', title: t.displaced.title, body: t.displaced.body(because(ctx, why)) })}
    ${section(
      { title: t.booking.actions },
      actionList([
        linkButton({ label: t.displaced.move, href: to('verschieben'), kind: 'primary', icon: 'calendar-today' }),
        linkButton({ label: t.booking.cancel, href: to('absage') }),
      ]),
    )}
    ${bookingFacts(ctx, view)}`,
  })
}

export const displacedBadge = (ctx: Ctx, small = false): Html =>
  badge({ kind: 'danger', label: texts(ctx).displaced.badge, small })

/** Somebody who is to come in person, also when they are a little late. */
const isExpected = (ctx: Ctx, { state, variant, arrivalCode, endsAt }: Booking): boolean =>
  state === 'booked' &&
  variant === 'in-person' &&
  arrivalCode !== null &&
  Temporal.Instant.compare(endsAt, ctx.clock.now()) > 0

export function noteOf(ctx: Ctx, view: Shown, note: BookingNote | null): Html {
  const t = texts(ctx).booking
  switch (note) {
    case null:
      return nothing
    case 'changed-meanwhile':
      return alert(ctx, { kind: 'warning', title: t.changedMeanwhile, body: t.changedMeanwhileBody, live: true })
    case 'not-changeable':
      return alert(ctx, { kind: 'warning', title: t.notChangeable, live: true })
    case 'no-sms':
      return alert(ctx, { kind: 'warning', title: texts(ctx).reminder.tooManySms, live: true })
    case 'moved-too-often':
      return alert(ctx, {
        kind: 'warning',
        title: texts(ctx).problems.movedTooOften,
        body: texts(ctx).problems.movedTooOftenAdvice,
        live: true,
      })
    case 'schon-gebucht':
    case 'already-named': {
      const [title, body] = alreadyWords(t, view.booking, note)
      return alert(ctx, { kind: 'warning', title, body: html`${body} ${anotherOne(ctx, view)}`, live: true })
    }
    case 'erinnerung': {
      const { saved, savedBody, short } = texts(ctx).reminder
      return alert(ctx, { kind: 'success', title: saved, body: savedBody(short[shownWay(view.booking)]), live: true })
    }
    default:
      return alert(ctx, { kind: 'success', title: t.done[note], body: t.doneBody, live: true })
  }
}

function alreadyWords(
  t: ReturnType<typeof texts>['booking'],
  { state }: Booking,
  note: 'schon-gebucht' | 'already-named',
): [title: string, body: string] {
  if (note === 'already-named') return [t.alreadyNamed, t.alreadyNamedBody]
  return state === 'reserved' ? [t.alreadyReserved, t.alreadyReservedBody] : [t.alreadyBooked, t.alreadyBookedBody]
}

/** To the times for the same, by the search that led here. */
export const anotherOne = (ctx: Ctx, { booking, foundBy }: Shown): Html =>
  link(href(ctx, addressOf('/termine', foundBy ?? askedOfBooking(booking))), texts(ctx).booking.bookAgain)

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
      value: html`<strong>${formatDay(ctx, startsAt)}</strong><br>${t.booking.untilTime(formatTime(ctx, startsAt), formatTime(ctx, endsAt))}`,
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
  return html`<p class="ap-short"><strong>${formatDay(ctx, startsAt)}, ${t.booking.untilTime(formatTime(ctx, startsAt), formatTime(ctx, endsAt))}</strong><br>${place}<br>${what.join(' · ')}</p>`
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

function howToCome(ctx: Ctx, { booking, office }: Shown): Html {
  const t = texts(ctx).booking
  if (!office || booking.variant !== 'in-person') return nothing
  return section(
    { title: t.access },
    html`<p>${office.access[ctx.locale]}</p>
      <p>${link(href(ctx, `/dienststellen/${office.slug}`), t.toOffice, { about: office.name[ctx.locale] })}</p>`,
  )
}

function actions(ctx: Ctx, booking: Booking): Html {
  const t = texts(ctx).booking
  const to = (path: string) => href(ctx, `/termine/${booking.id}/${path}`)
  const isComing = mayChange(ctx, booking)
  const file = (label: string) =>
    linkButton({
      label,
      href: to('termin.ics'),
      icon: 'calendar-today',
      kind: isComing ? 'primary' : 'secondary',
      download: true,
    })
  return section(
    { title: t.actions },
    actionList(
      isComing
        ? [
            file(t.calendar),
            linkButton({ label: t.move, href: to('verschieben') }),
            linkButton({ label: t.cancel, href: to('absage') }),
          ]
        : [
            linkButton({ label: t.newOne, href: href(ctx, '/termine'), kind: 'primary' }),
            ...(booking.state === 'cancelled' ? [file(t.cancelledCalendar)] : []),
          ],
    ),
  )
}

export function cancelPage(ctx: Ctx, { booking, offer }: Shown): Html {
  const t = texts(ctx).booking
  const path = `/termine/${booking.id}`
  return layout(ctx, {
    title: t.cancelTitle,
    noIndex: true,
    main: confirmPanel(ctx, {
      title: t.cancelTitle,
      consequence: t.cancelConsequence(whenOf(ctx, booking), officeNameIn(ctx, offer, booking.office)),
      action: href(ctx, `${path}/absage`),
      confirm: t.cancelConfirm,
      cancel: t.keep,
      cancelHref: href(ctx, path),
      danger: true,
      fields: { sequence: String(booking.sequence) },
    }),
  })
}
