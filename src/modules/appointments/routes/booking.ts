import type { Ctx } from '#platform/context.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, signedIn, type Req, type Route } from '#platform/http/route.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { readDataSafe } from '#modules/accounts/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import { addressOf } from '../asked.ts'
import { calendarFile } from '../calendar-file.ts'
import { askTicket } from '../extension.ts'
import { hashOfCode, REMINDERS, type Booking, type Reminder } from '../domain/booking.ts'
import { typedName } from '../domain/person-name.ts'
import { offerOf } from '../offer.ts'
import { bookingsOfAccount, bookingWithKey, keepSearch } from '../store/bookings.ts'
import { forgetConfirmationsBeside } from '../store/confirmations.ts'
import { waitingOfAccount } from '../store/waiting.ts'
import { bookHold, confirmBooking, MOST_UNDER_A_MAIL } from '../use-cases/book.ts'
import { calendarEntries } from '../use-cases/calendar-entries.ts'
import { cancelBooking } from '../use-cases/change.ts'
import { correctMailOf } from '../use-cases/correct-mail.ts'
import { displacedAmong, displacedBy } from '../use-cases/displaced.ts'
import { releaseHold, releaseUnconfirmed } from '../use-cases/hold.ts'
import { openOthersOf } from '../use-cases/other-bookings.ts'
import { chooseReminder } from '../use-cases/reminder.ts'
import { hasLapsed, mayChange } from '../use-cases/standing.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { texts } from '../texts/index.ts'
import type { Shown } from '../views/booking-facts.ts'
import { bookingPage, cancelPage, type BookingNote } from '../views/booking.ts'
import { detailsPage, type Typed } from '../views/details.ts'
import { minePage } from '../views/mine.ts'
import { reservedPage } from '../views/reserved.ts'
import { tooManyPage } from '../views/too-many.ts'
import {
  bookingCode,
  bookingParams,
  byCodeOrAccount,
  examplesOf,
  withBooking,
  withFileOf,
  type Opened,
} from './opened.ts'
import { backToTimes, rememberGivenBack, searchToKeep } from './remembered.ts'

const PURPOSE = { de: de.booking.purpose, en: en.booking.purpose }
const common = { access: byCodeOrAccount, params: bookingParams }

export const bookingRoutes: readonly Route[] = [
  page({
    ...common,
    path: '/termine/:id',
    examples: examplesOf(''),
    handle: withBooking(async (ctx, { booking, code, search }, req) => {
      if (hasLapsed(ctx, booking)) return backToTimes(search, booking.state === 'held' ? 'abgelaufen' : 'unbestaetigt')
      const view = { ...(await shown(ctx, booking)), foundBy: search }
      if (booking.state === 'held') return htmlPage(detailsPage(ctx, view, await known(ctx), {}))
      if (booking.state === 'reserved') {
        // Scanners of mail open links, so that the link shows a button; without it there is none to press.
        const canConfirm = await bookingWithKey(ctx, booking.id, { mailCodeHash: hashOfCode(code) })
        return htmlPage(
          reservedPage(ctx, view, {
            canConfirm: canConfirm !== null,
            note: noteFor(ctx, view, noteOf(req)),
          }),
        )
      }
      return htmlPage(await bookingPage(ctx, view, noteFor(ctx, view, noteOf(req))))
    }),
  }),
  action({
    ...common,
    path: '/termine/:id',
    perMinute: 30,
    handle: withBooking(async (ctx, opened, req) => {
      const { booking, key, code, search } = opened
      const typed = typedIn(req)
      const form = async (errors: Readonly<Record<string, string>>) =>
        htmlPage(detailsPage(ctx, await shown(ctx, booking), typed, errors), { status: 422 })
      // Who is to be called must say where.
      const missing = booking.state === 'held' && booking.variant === 'telephone' && typed.telephone === ''
      if (missing) return form({ telephone: texts(ctx).booking.telephoneMissing })
      const person = { ...typed, telephone: typed.telephone || null }
      const booked = await bookHold(ctx, booking.id, key, code, person, req.ip)
      if (booked.ok) {
        await keepSearch(ctx, booking.id, await searchToKeep(ctx, search))
        return redirect(`/termine/${booking.id}${booked.value.state === 'booked' ? '?hinweis=gebucht' : ''}`)
      }
      if (booked.problem === 'invalid-input') return form(booked.fields ?? { '': booked.detail ?? '' })
      if (booked.problem === 'too-many-bookings')
        return form({ email: booked.detail ?? texts(ctx).problems.tooManyBookings })
      // Somebody else has it: otherwise it would be theirs, however late.
      if (booked.problem === 'hold-expired') return backToTimes(search, 'inzwischen')
      return refused(ctx, opened, booked)
    }),
  }),
  action({
    ...common,
    path: '/termine/:id/bestaetigung',
    perMinute: 30,
    handle: withBooking(async (ctx, opened) => {
      const { booking, code, search } = opened
      const confirmed = await confirmBooking(ctx, booking.id, code)
      if (confirmed.ok) return redirect(`/termine/${booking.id}?hinweis=gebucht`)
      if (confirmed.problem === 'hold-expired') return backToTimes(search, 'unbestaetigt')
      if (confirmed.problem === 'too-many-bookings') return tooMany(ctx, booking)
      return refused(ctx, opened, confirmed)
    }),
  }),
  action({
    ...common,
    path: '/termine/:id/adresse',
    perMinute: 10,
    handle: withBooking(async (ctx, opened, req) => {
      const { booking, key, search } = opened
      const { email } = typedIn(req)
      const form = async (error: string) => {
        const view = { ...(await shown(ctx, booking)), foundBy: search }
        return htmlPage(reservedPage(ctx, view, { canConfirm: false, note: null, typed: email, error }), {
          status: 422,
        })
      }
      const seen = seenIn(req)
      const isSame = booking.state === 'reserved' && email === booking.email
      if (isSame && seen === booking.sequence) return form(texts(ctx).booking.sameMail)
      // A double click: the first one has corrected it.
      const corrected = await correctMailOf(ctx, booking.id, key, { email, ip: req.ip }, isSame ? null : seen)
      if (corrected.ok) return redirect(`/termine/${booking.id}?hinweis=adresse`)
      if (corrected.problem === 'invalid-input') return form(corrected.fields?.['email'] ?? corrected.detail ?? '')
      if (corrected.problem === 'too-many-bookings')
        return form(corrected.detail ?? texts(ctx).problems.tooManyBookings)
      if (corrected.problem === 'hold-expired') return backToTimes(search, 'unbestaetigt')
      return refused(ctx, opened, corrected, email)
    }),
  }),
  action({
    ...common,
    path: '/termine/:id/freigabe',
    handle: withBooking(async (ctx, { booking, key, search }) => {
      if (await releaseHold(ctx, booking.id, key))
        return redirect(addressOf('/termine', search), [rememberGivenBack(booking.id, search)])
      // Named meanwhile, in another window: it is no hold any more that could be given back.
      return redirect(`/termine/${booking.id}${booking.state === 'cancelled' ? '' : '?hinweis=schon-gebucht'}`)
    }),
  }),
  action({
    ...common,
    path: '/termine/:id/rueckgabe',
    handle: withBooking(async (ctx, { booking, key, search }) =>
      (await releaseUnconfirmed(ctx, booking.id, key))
        ? redirect(addressOf('/termine', search), [rememberGivenBack(booking.id, search)])
        : redirect(`/termine/${booking.id}${booking.state === 'cancelled' ? '' : '?hinweis=schon-gebucht'}`),
    ),
  }),
  action({
    ...common,
    path: '/termine/:id/postfach',
    perMinute: 10,
    handle: async (ctx, req) => {
      await forgetConfirmationsBeside(ctx, hashOfCode(req.form.get('code')))
      return redirect('/termine')
    },
  }),
  action({
    ...common,
    path: '/termine/:id/wartenummer',
    perMinute: 10,
    handle: withBooking(async (ctx, { booking }) =>
      redirect((await askTicket(ctx, 'open', booking.id)) ?? `/termine/${booking.id}`),
    ),
  }),
  page({
    ...common,
    path: '/termine/:id/absage',
    examples: examplesOf('/absage', mayChange),
    handle: withBooking(async (ctx, { booking }) =>
      mayChange(ctx, booking)
        ? htmlPage(cancelPage(ctx, await shown(ctx, booking)))
        : redirect(`/termine/${booking.id}`),
    ),
  }),
  action({
    ...common,
    path: '/termine/:id/absage',
    handle: withBooking(async (ctx, opened, req) => {
      const { booking, key } = opened
      const cancelled = await cancelBooking(ctx, booking.id, key, seenIn(req))
      return cancelled.ok ? redirect(`/termine/${booking.id}?hinweis=abgesagt`) : refused(ctx, opened, cancelled)
    }),
  }),
  action({
    ...common,
    path: '/termine/:id/erinnerung',
    perMinute: 10,
    handle: withBooking(async (ctx, opened, req) => {
      const { booking, key } = opened
      const chosen = await chooseReminder(ctx, booking.id, key, reminderIn(req.form.get('reminder')), req.ip)
      return chosen.ok ? redirect(`/termine/${booking.id}?hinweis=erinnerung`) : refused(ctx, opened, chosen)
    }),
  }),
  page({
    ...common,
    path: '/termine/:id/termin.ics',
    examples: examplesOf('/termin.ics'),
    handle: withFileOf(async (ctx, booking) => {
      if (booking.state === 'held' || booking.state === 'reserved') return problem(fail('not-found'))
      const [entry] = await calendarEntries(ctx, [booking])
      const body = calendarFile(ctx, { ...(await shown(ctx, booking)), ...entry! })
      return fileReply({ body, kind: 'text/calendar; charset=utf-8', name: 'termin.ics', inline: false })
    }),
  }),
  page({
    path: '/konto/termine',
    access: signedIn,
    handle: async (ctx) => {
      const own = (await bookingsOfAccount(ctx, ctx.account!.id)).filter((booking) => !hasLapsed(ctx, booking))
      return htmlPage(
        minePage(ctx, {
          offer: await offerOf(ctx),
          bookings: own,
          waiting: await waitingOfAccount(ctx, ctx.account!.id),
          displaced: await displacedAmong(ctx, own),
        }),
      )
    },
  }),
]

/** The link that they followed opens what is booked under its address, so that one of them can be cancelled. */
async function tooMany(ctx: Ctx, booking: Booking): Promise<Reply> {
  const others = await openOthersOf(ctx, booking.email ?? '')
  const html = tooManyPage(
    ctx,
    await shown(ctx, booking),
    others.map((other) => other.booking),
    MOST_UNDER_A_MAIL,
  )
  return htmlPage(html, {
    status: 409,
    cookies: others.map((other) => bookingCode.remember(other.booking.id, other.code)),
  })
}

export async function shown(ctx: Ctx, booking: Booking): Promise<Shown> {
  const displaced = await displacedBy(ctx, booking)
  const isHere = booking.state === 'booked' && booking.attendedAt !== null
  return {
    booking,
    offer: await offerOf(ctx),
    office: await officeBySlug(ctx, booking.office),
    displaced,
    ticket: isHere ? await askTicket(ctx, 'numberOf', booking.id) : null,
  }
}

/** What the city knows of who is signed in, so that they need not type it again. */
async function known(ctx: Ctx): Promise<Typed> {
  if (ctx.account?.kind !== 'citizen') return { name: '', email: '', telephone: '', reminder: 'mail-and-sms' }
  const { name, email, id } = ctx.account
  const telephone = (await readDataSafe(ctx, id, PURPOSE)).telephone ?? ''
  return { name, email, telephone, reminder: 'mail-and-sms' }
}

export const typedIn = ({ form }: Pick<Req, 'form'>): Typed => ({
  name: typedName(form.get('name')).slice(0, 200),
  email: form.get('email').trim().slice(0, 254),
  telephone: form.get('telephone').trim().slice(0, 40),
  reminder: reminderIn(form.get('reminder')),
})

const reminderIn = (typed: string): Reminder => REMINDERS.find((way) => way === typed) ?? 'mail-and-sms'

/** The version that the person had before them. */
export function seenIn({ form }: Pick<Req, 'form'>): number | null {
  const typed = form.get('sequence')
  return /^\d{1,9}$/.test(typed) ? Number(typed) : -1
}

const NOTES: readonly BookingNote[] = ['gebucht', 'verschoben', 'abgesagt', 'schon-gebucht', 'erinnerung', 'adresse']
const noteOf = (req: Pick<Req, 'query'>) => NOTES.find((note) => note === req.query['hinweis']) ?? null

/** What the address says has happened, as long as it is so: a page is loaded again, or kept among the bookmarks. */
function noteFor(ctx: Ctx, { booking, displaced }: Shown, note: BookingNote | null): BookingNote | null {
  if (booking.state === 'reserved')
    return note === 'schon-gebucht' || (note === 'adresse' && booking.sequence > 0) ? note : null
  if (note === 'adresse') return null
  if (note === 'abgesagt') return booking.state === 'cancelled' ? note : null
  const isGoingWell = mayChange(ctx, booking) && (displaced === null || note === 'erinnerung')
  return isGoingWell ? note : null
}

const REFUSALS: Readonly<Record<string, BookingNote>> = {
  'edited-by-others': 'changed-meanwhile',
  'not-changeable': 'not-changeable',
  'moved-too-often': 'moved-too-often',
  'too-many-sms': 'no-sms',
  'corrected-too-often': 'corrected-too-often',
  conflict: 'already-named',
}

/**
 * The booking as it stands now, and why nothing was done with it.
 * @param typed another address that is not taken, to be typed no second time
 */
export async function refused(
  ctx: Ctx,
  { booking, key, search }: Opened,
  failure: Failure,
  typed?: string,
): Promise<Reply> {
  const note = REFUSALS[failure.problem]
  const now = note && (await bookingWithKey(ctx, booking.id, key))
  if (!now || now.state === 'held') return problem(failure)
  const view = { ...(await shown(ctx, now)), foundBy: search }
  const html =
    now.state === 'reserved'
      ? reservedPage(ctx, view, { canConfirm: false, note, ...(typed === undefined ? {} : { typed }) })
      : await bookingPage(ctx, view, note)
  return htmlPage(html, { status: 409 })
}
