import type { Ctx } from '#platform/context.ts'
import { queryChoice, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { addressOf, askedInAddress, askedInForm, askedOfBooking, type Asked } from '../../asked.ts'
import type { Booking } from '../../domain/booking.ts'
import type { Audience } from '../../domain/rule.ts'
import { offerOf } from '../../offer.ts'
import { setAttended } from '../../store/attendance.ts'
import { officeSlugsFor, teamIdsFor, WORK } from '../../use-cases/plan/offices.ts'
import { officeDays } from '../../use-cases/plan/staff-calendar.ts'
import { isUnable, reseat } from '../../use-cases/plan/reseat.ts'
import {
  bookingForStaff,
  cancelByStaff,
  lookAtBooking,
  moveByStaff,
  takeArrivalBack,
} from '../../use-cases/plan/staff-bookings.ts'
import { hasDayCome, isSameTime, isToday, mayStaffChange } from '../../use-cases/standing.ts'
import { BOOKINGS, STAFF_NOTES, staffBookingPage, staffMovePage } from '../../views/plan/staff-booking.ts'
import { TIMES_NOTES, type TimesNote } from '../../views/search.ts'
import { seenIn, shown } from '../booking.ts'
import { fromOldDay, holdWishOf, isFirstLook, refusedHold, searched } from '../choose.ts'
import { ruleParams } from './one-team.ts'

const access = staff(WORK)

export const staffBookingRoutes: readonly Route[] = [
  page({
    path: `${BOOKINGS}/:id`,
    access,
    params: ruleParams,
    examples: (ctx) => exampleBookings(ctx, ''),
    handle: async (ctx, req) => {
      const booking = await lookAtBooking(ctx, req.params.id)
      if (!booking) return problem(fail('not-found'))
      const search = queryText(req, 'suche').slice(0, 254)
      const done = queryChoice(req, 'erledigt', STAFF_NOTES)
      const unable = (await isUnable(ctx, booking))
        ? queryText(req, 'hinweis') === 'kein-schalter'
          ? 'nowhere'
          : 'here'
        : null
      const view = { ...(await shown(ctx, booking)), done, unable, changedMeanwhile: false, search } as const
      return htmlPage(staffBookingPage(ctx, view))
    },
  }),
  action({
    path: `${BOOKINGS}/:id/schalter`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const booking = await bookingForStaff(ctx, req.params.id)
      if (!booking) return problem(fail('not-found'))
      if (!(await isUnable(ctx, booking))) return redirect(`${BOOKINGS}/${booking.id}`)
      const isDone = await reseat(ctx, booking)
      return redirect(`${BOOKINGS}/${booking.id}?${isDone ? 'erledigt=schalter' : 'hinweis=kein-schalter'}`)
    },
  }),
  action({
    path: `${BOOKINGS}/:id/absage`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const { id } = req.params
      const message = req.form.get('message').trim().slice(0, 500)
      const cancelled = await cancelByStaff(ctx, id, seenIn(req), message)
      return cancelled.ok ? redirect(`${BOOKINGS}/${id}?erledigt=abgesagt`) : refused(ctx, id, cancelled)
    },
  }),
  action({
    path: `${BOOKINGS}/:id/ankunft`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const booking = await bookingForStaff(ctx, req.params.id)
      if (booking?.state !== 'booked') return problem(fail('not-found'))
      if (!hasDayCome(ctx, booking)) return refused(ctx, booking.id, fail('not-changeable'))
      await setAttended(ctx, booking.id, ctx.clock.now())
      return redirect(`${BOOKINGS}/${booking.id}?erledigt=da`)
    },
  }),
  action({
    path: `${BOOKINGS}/:id/doch-nicht-da`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const booking = await bookingForStaff(ctx, req.params.id)
      if (booking?.state !== 'booked') return problem(fail('not-found'))
      if (!isToday(ctx, booking) || !(await takeArrivalBack(ctx, booking.id)))
        return refused(ctx, booking.id, fail('not-changeable'))
      return redirect(`${BOOKINGS}/${booking.id}?erledigt=doch-nicht-da`)
    },
  }),
  page({
    path: `${BOOKINGS}/:id/verschieben`,
    access,
    params: ruleParams,
    examples: (ctx) => exampleBookings(ctx, '/verschieben'),
    handle: async (ctx, req) => {
      const booking = await bookingForStaff(ctx, req.params.id)
      if (!booking) return problem(fail('not-found'))
      if (!mayStaffChange(ctx, booking)) return redirect(`${BOOKINGS}/${booking.id}`)
      const view = await shown(ctx, booking)
      const typed = askedInAddress(ctx, req)
      const asked = sameOffice(booking, isFirstLook(req) ? { ...typed, from: fromOldDay(ctx, view) } : typed)
      const { times, distances, errors } = await searched(
        ctx,
        view.offer,
        asked,
        { audience: seatsOf(booking) },
        booking,
      )
      const note = queryChoice(req, 'hinweis', TIMES_NOTES)
      const html = staffMovePage(ctx, { ...view, asked, errors, times, distances, note })
      return htmlPage(html, { status: Object.keys(errors).length > 0 ? 422 : 200 })
    },
  }),
  action({
    path: `${BOOKINGS}/:id/verschieben`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const booking = await bookingForStaff(ctx, req.params.id)
      if (!booking) return problem(fail('not-found'))
      const asked = sameOffice(booking, askedInForm(ctx, req))
      const back = (note: TimesNote) =>
        redirect(addressOf(`${BOOKINGS}/${booking.id}/verschieben`, asked, {}, [['hinweis', note]]))
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      // Only where the account works may it put somebody.
      if (!wish || !(await officeSlugsFor(ctx, WORK)).includes(wish.office)) return back('vorbei')
      if (isSameTime(booking, { office: wish.office, startsAt: wish.start })) return back('dieselbe')
      const to = { ...wish, audience: seatsOf(booking) }
      const moved = await moveByStaff(ctx, booking, to, { sequence: seenIn(req), message: '' })
      if (moved.ok) return redirect(`${BOOKINGS}/${booking.id}?erledigt=verschoben`)
      if (moved.problem === 'hold-expired') return back('vergeben')
      if (moved.problem === 'time-taken' || moved.problem === 'invalid-input') return refusedHold(moved, back)
      return refused(ctx, booking.id, moved)
    },
  }),
]

/** What it is for stays, and where it is: another house is another matter, so that no address to be near counts here. */
const sameOffice = (
  booking: Booking,
  { from, weekdays, after }: Pick<Asked, 'from' | 'weekdays' | 'after'>,
): Asked => ({
  ...askedOfBooking(booking),
  office: booking.office,
  from,
  weekdays,
  after,
})

const seatsOf = ({ audience }: Booking): Audience => (audience === 'centre' ? 'centre' : 'public')

/** The appointment as it stands now, and that nothing was done with it. */
export async function refused(ctx: Ctx, id: string, failure: Failure): Promise<Reply> {
  const now =
    failure.problem === 'edited-by-others' || failure.problem === 'not-changeable' ? await lookAtBooking(ctx, id) : null
  if (!now) return problem(failure)
  const view = { ...(await shown(ctx, now)), done: null, changedMeanwhile: true }
  return htmlPage(staffBookingPage(ctx, view), { status: 409 })
}

async function exampleBookings(ctx: Ctx, behind: string): Promise<string[]> {
  const [office] = await officeSlugsFor(ctx, WORK)
  if (!office) return []
  const of = await teamIdsFor(ctx, WORK)
  const days = await officeDays(ctx, { office, of }, today(ctx.clock).add({ days: 1 }), 4)
  const booked = days.flatMap(({ bookings }) => bookings).find(({ state }) => state === 'booked')
  return booked ? [`${BOOKINGS}/${booked.id}${behind}`] : []
}
