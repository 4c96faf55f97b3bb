import type { Ctx } from '#platform/context.ts'
import {
  actionList,
  alert,
  badge,
  button,
  confirmPanel,
  form,
  link,
  linkButton,
  pageHeading,
  section,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { addressOf, askedOfBooking } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { officeNameIn } from '../offer.ts'
import { isToRemind } from '../store/reminders.ts'
import { texts } from '../texts/index.ts'
import { because, type Why } from '../use-cases/displaced.ts'
import { hasBegun, mayChange } from '../use-cases/standing.ts'
import { arrivalSection } from './arrival.ts'
import { bookingFacts, displacedBadge, standingBadge, toBring, whenOf, type Shown } from './booking-facts.ts'
import { STYLES } from './choose.ts'
import { reminderForm, shownWay } from './reminder.ts'

/** What has just happened, or why nothing has; the first six stand in the address. */
export type BookingNote =
  | 'gebucht'
  | 'verschoben'
  | 'abgesagt'
  | 'schon-gebucht'
  | 'erinnerung'
  | 'adresse'
  | 'changed-meanwhile'
  | 'not-changeable'
  | 'moved-too-often'
  | 'already-named'
  | 'no-sms'
  | 'corrected-too-often'

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
    ${actions(ctx, booking)} ${isComing && booking.email && (await isToRemind(ctx, booking.id)) ? reminderForm(ctx, booking) : nothing}`,
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
    case 'corrected-too-often':
      return alert(ctx, { kind: 'warning', title: texts(ctx).problems.correctedTooOften, live: true })
    case 'adresse':
      return alert(ctx, { kind: 'success', title: t.corrected, body: t.correctedBody, live: true })
    case 'schon-gebucht':
    case 'already-named': {
      const [title, body] = alreadyWords(t, view.booking, note)
      // What is only reserved is given back first: the button for that is on the page.
      const isReserved = note === 'schon-gebucht' && view.booking.state === 'reserved'
      const another = isReserved ? nothing : anotherOne(ctx, view)
      return alert(ctx, { kind: 'warning', title, body: html`${body} ${another}`, live: true })
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
const anotherOne = (ctx: Ctx, { booking, foundBy }: Shown): Html =>
  link(href(ctx, addressOf('/termine', foundBy ?? askedOfBooking(booking))), texts(ctx).booking.bookAgain)

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
