import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { addressOf, askedInAddress, askedInForm, askedOfBooking, sameWork, type Asked } from '../asked.ts'
import type { Booking } from '../domain/booking.ts'
import { instantOf } from '../domain/cells.ts'
import { offerOf } from '../offer.ts'
import { bookingsOfAccount, keepSearch } from '../store/bookings.ts'
import { moveBooking } from '../use-cases/change.ts'
import { holdTime, releaseHold } from '../use-cases/hold.ts'
import { timesToShow } from '../use-cases/show-times.ts'
import { hasLapsed, isMovedTooOften, isSameTime, mayChange } from '../use-cases/standing.ts'
import { confirmMovePage } from '../views/confirm-move.ts'
import { movePage } from '../views/move.ts'
import { TIMES_NOTES, type TimesNote } from '../views/search.ts'
import { refused, seenIn, shown } from './booking.ts'
import { fromOldDay, fromToday, holdWishOf, isFirstLook, proofIn, refusedHold, searched } from './choose.ts'
import {
  bookingCode,
  bookingParams,
  byCodeOrAccount,
  examplesOf,
  openedBy,
  withBooking,
  type Opened,
} from './opened.ts'
import { movedBooking, rememberMoved, rememberSearch, searchFor, searchToKeep } from './remembered.ts'

const common = { path: '/termine/:id/verschieben', access: byCodeOrAccount, params: bookingParams }
const toHold = {
  path: '/termine/:id/verschieben/:hold',
  access: byCodeOrAccount,
  params: Type.Object({ id: Type.String({ maxLength: 40 }), hold: Type.String({ maxLength: 40 }) }),
}

export const moveRoutes: readonly Route[] = [
  page({
    ...common,
    examples: examplesOf('/verschieben', mayChange),
    handle: withBooking(async (ctx, { booking, search }, req) => {
      if (!mayChange(ctx, booking)) return redirect(`/termine/${booking.id}`)
      const view = await shown(ctx, booking)
      const typed = isFirstLook(req)
        ? { ...whereOf(search), from: fromOldDay(ctx, view) }
        : sameWork(booking, askedInAddress(ctx, req))
      const { asked, isPast } = fromToday(ctx, typed)
      const note = TIMES_NOTES.find((one) => one === req.query['hinweis']) ?? (isPast ? 'ab-heute' : null)
      const { times, distances, errors } = await searched(ctx, view.offer, asked, {}, booking)
      const html = movePage(ctx, { ...view, asked, errors, times, distances, note })
      return htmlPage(html, { status: Object.keys(errors).length > 0 ? 422 : 200 })
    }),
  }),
  action({
    ...common,
    perMinute: 30,
    handle: withBooking(async (ctx, opened, req) => {
      const { booking } = opened
      const asked = sameWork(booking, askedInForm(ctx, req))
      const sequence = seenIn(req)
      // Before a time is held for nothing.
      if (sequence !== booking.sequence) return refused(ctx, opened, fail('edited-by-others'))
      if (!mayChange(ctx, booking)) return refused(ctx, opened, fail('not-changeable'))
      if (isMovedTooOften(booking)) return refused(ctx, opened, fail('moved-too-often'))
      const back = (note: TimesNote) => backToMove(booking, asked, note)
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      if (!wish) return back('vorbei')
      if (isSameTime(booking, { office: wish.office, startsAt: wish.start })) return back('dieselbe')
      const held = await holdTime(ctx, wish, { ip: req.ip, proof: proofIn(req) })
      if (!held.ok) return refusedHold(held, back)
      const { id, code } = held.value
      return redirect(`/termine/${booking.id}/verschieben/${id}`, [
        bookingCode.remember(id, code),
        rememberSearch(id, asked),
      ])
    }),
  }),
  page({
    ...toHold,
    examples: exampleToConfirm,
    handle: withNewTime(async (ctx, { booking }, { booking: to, search }) =>
      hasLapsed(ctx, to)
        ? backToMove(booking, search, 'abgelaufen')
        : htmlPage(confirmMovePage(ctx, { old: await shown(ctx, booking), to: await shown(ctx, to) })),
    ),
  }),
  action({
    ...toHold,
    perMinute: 30,
    handle: withNewTime(async (ctx, opened, to, req) => {
      const { booking, key, code } = opened
      const moved = await moveBooking(
        ctx,
        booking.id,
        { key, code },
        { hold: to.booking.id, holdKey: to.key },
        seenIn(req),
      )
      if (moved.ok) {
        // The next move goes on where this one looked.
        await keepSearch(ctx, booking.id, await searchToKeep(ctx, to.search))
        return redirect(`/termine/${booking.id}?hinweis=verschoben`, [
          rememberSearch(booking.id, to.search),
          rememberMoved(to.booking.id, booking.id, to.search),
        ])
      }
      if (moved.problem === 'hold-expired') return backToMove(booking, to.search, 'vergeben')
      await releaseHold(ctx, to.booking.id, to.key)
      return refused(ctx, opened, moved)
    }),
  }),
  action({
    ...toHold,
    path: `${toHold.path}/freigabe`,
    handle: withNewTime(async (ctx, { booking }, to) => {
      await releaseHold(ctx, to.booking.id, to.key)
      return redirect(addressOf(`/termine/${booking.id}/verschieben`, to.search))
    }),
  }),
]

/** Pages of whoever may open both the booking and the time that is held for it; without the latter back to the times. */
function withNewTime(handle: (ctx: Ctx, opened: Opened, to: Opened, req: MoveReq) => Promise<Reply>) {
  return withBooking(async (ctx, opened, req: MoveReq) => {
    const { booking, search } = opened
    if (!mayChange(ctx, booking)) return redirect(`/termine/${booking.id}`)
    const { hold } = req.params
    const to = await openedBy(ctx, hold, bookingCode.remembered(req, hold))
    // A double click: the first one has moved it.
    if (!to && seenIn(req) === booking.sequence - 1) return redirect(`/termine/${booking.id}?hinweis=verschoben`)
    if (!to) {
      const moved = movedBooking(req, hold)
      if (moved) return moved
    }
    if (to?.booking.state !== 'held') return backToMove(booking, search, 'abgelaufen')
    return handle(ctx, opened, { ...to, search: searchFor(req, to.booking) }, req)
  })
}

/** A hold lives ten minutes, so that the demo city has none: one is made for whoever looks. */
async function exampleToConfirm(ctx: Ctx): Promise<string[]> {
  const own = ctx.account ? await bookingsOfAccount(ctx, ctx.account.id) : []
  const booking = own.find((one) => mayChange(ctx, one))
  if (!booking) return []
  const { services, people, variant, office, startsAt } = booking
  const wish = { services, people, variant, audience: 'public' } as const
  const found = await timesToShow(ctx, { ...wish, offices: [office], from: null, weekdays: [] }, null, {
    office,
    startsAt,
  })
  const time = found.ok ? found.value.first : null
  const held = time && (await holdTime(ctx, { ...wish, office, start: instantOf(time.from) }))
  return held?.ok ? [`/termine/${booking.id}/verschieben/${held.value.id}`] : []
}

type MoveReq = Req<{ id: string; hold: string }, any>

const backToMove = ({ id }: Booking, asked: Asked, note: TimesNote): Reply =>
  redirect(addressOf(`/termine/${id}/verschieben`, asked, {}, [['hinweis', note]]))

/** Whoever looked near an address or for a Saturday does so again; from which day on is asked anew. */
const whereOf = ({ services, people, variant, office, among, near, km, weekdays }: Asked): Asked => ({
  ...askedOfBooking({ services, people, variant: variant ?? 'in-person' }),
  office,
  among,
  near,
  km,
  weekdays,
})
