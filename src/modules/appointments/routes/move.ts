import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { addressOf, askedInAddress, askedInForm, askedOfBooking, sameWork, type Asked } from '../asked.ts'
import { hashOfCode, type Booking } from '../domain/booking.ts'
import { offerOf } from '../offer.ts'
import { moveBooking } from '../use-cases/change.ts'
import { holdTime, releaseHold } from '../use-cases/hold.ts'
import { mayHold } from '../use-cases/proof.ts'
import { isMovedTooOften, isSameTime, mayChange } from '../use-cases/standing.ts'
import { movePage } from '../views/move.ts'
import { TIMES_NOTES, type TimesNote } from '../views/search.ts'
import { refused, seenIn, shown } from './booking.ts'
import { holdWishOf, proofIn, refusedHold, searched } from './choose.ts'
import { bookingParams, byCodeOrAccount, examplesOf, withBooking } from './opened.ts'

const common = { path: '/termine/:id/verschieben', access: byCodeOrAccount, params: bookingParams }

export const moveRoutes: readonly Route[] = [
  page({
    ...common,
    examples: examplesOf('/verschieben', mayChange),
    handle: withBooking(async (ctx, { booking, search }, req) => {
      if (!mayChange(ctx, booking)) return redirect(`/termine/${booking.id}`)
      const asked = isFirstLook(req) ? whereOf(search) : sameWork(booking, askedInAddress(req))
      const note = TIMES_NOTES.find((one) => one === req.query['hinweis']) ?? null
      return movePageOf(ctx, booking, asked, note)
    }),
  }),
  action({
    ...common,
    perMinute: 30,
    handle: withBooking(async (ctx, opened, req) => {
      const { booking, key, code } = opened
      const asked = sameWork(booking, askedInForm(req))
      const sequence = seenIn(req)
      // Before a time is held for nothing.
      if (sequence !== booking.sequence) return refused(ctx, opened, fail('edited-by-others'))
      if (!mayChange(ctx, booking)) return refused(ctx, opened, fail('not-changeable'))
      if (isMovedTooOften(booking)) return refused(ctx, opened, fail('moved-too-often'))
      const back = (note: TimesNote) =>
        redirect(addressOf(`/termine/${booking.id}/verschieben`, asked, {}, [['hinweis', note]]))
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      if (!wish) return back('vorbei')
      if (isSameTime(booking, { office: wish.office, startsAt: wish.start })) return back('dieselbe')
      if (!(await mayHold(ctx, { ip: req.ip, proof: proofIn(req) }))) return back('zu-viele')
      const held = await holdTime(ctx, wish)
      if (!held.ok) return refusedHold(held, back)
      const to = { hold: held.value.id, holdKey: { codeHash: hashOfCode(held.value.code) } }
      const moved = await moveBooking(ctx, booking.id, { key, code }, to, sequence)
      if (moved.ok) return redirect(`/termine/${booking.id}?hinweis=verschoben`)
      await releaseHold(ctx, to.hold, to.holdKey)
      return moved.problem === 'hold-expired' ? back('vergeben') : refused(ctx, opened, moved)
    }),
  }),
]

/** The form of this page sends `km`, and its links `people`. */
const isFirstLook = ({ query }: Pick<Req, 'query'>): boolean =>
  query['km'] === undefined && query['people'] === undefined

/** Whoever looked for a time near an address does so again; on which days is asked anew. */
const whereOf = ({ services, people, variant, office, near, km }: Asked): Asked => ({
  ...askedOfBooking({ services, people, variant: variant ?? 'in-person' }),
  office,
  near,
  km,
})

async function movePageOf(ctx: Ctx, booking: Booking, asked: Asked, note: TimesNote | null): Promise<Reply> {
  const view = await shown(ctx, booking)
  const { times, distances, errors } = await searched(ctx, view.offer, asked, {}, booking)
  const html = movePage(ctx, { ...view, asked, errors, times, distances, note })
  return htmlPage(html, { status: Object.keys(errors).length > 0 ? 422 : 200 })
}
