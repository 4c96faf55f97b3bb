import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import { queryDate, queryText } from '#platform/http/query.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { callerOf } from '../../typed-caller.ts'
import { offerOf } from '../../offer.ts'
import { correctContact, findForCaller, sendAgain } from '../../use-cases/plan/callers.ts'
import { WORK } from '../../use-cases/plan/offices.ts'
import { lookAtBooking } from '../../use-cases/plan/staff-bookings.ts'
import { texts } from '../../texts/index.ts'
import { CALLERS, callersPage } from '../../views/plan/callers.ts'
import { BOOKINGS, staffBookingPage } from '../../views/plan/staff-booking.ts'
import { seenIn, shown } from '../booking.ts'
import { refused } from './bookings.ts'
import { ruleParams } from './one-team.ts'

const access = staff(WORK)

/** Somebody calls: find their appointment, send its confirmation again, mend how they are reached. */
export const callerRoutes: readonly Route[] = [
  page({
    path: CALLERS,
    access,
    examples: () => [CALLERS, `${CALLERS}?q=maier`, `${CALLERS}?q=Xylander`],
    handle: async (ctx, req) => {
      const typed = { q: queryText(req, 'q').trim().slice(0, 254), day: queryText(req, 'tag').trim().slice(0, 20) }
      const day = queryDate(req, 'tag', { today: today(ctx.clock), lean: 'nearest' })
      const caller = callerOf(typed.q)
      const t = texts(ctx).plan
      const errors = {
        ...(typed.q !== '' && !caller ? { q: t.callers.tooShort } : {}),
        ...(day.wrong ? { tag: dayError(ctx, day)! } : {}),
      }
      const isWrong = Object.keys(errors).length > 0
      const found = caller && !isWrong ? await findForCaller(ctx, caller, day.date) : null
      const view = { typed, errors, found, offer: await offerOf(ctx) }
      return htmlPage(callersPage(ctx, view), { status: isWrong ? 422 : 200 })
    },
  }),
  action({
    path: `${BOOKINGS}/:id/bestaetigung`,
    access,
    params: ruleParams,
    perMinute: 20,
    handle: async (ctx, req) => {
      const { id } = req.params
      const sent = await sendAgain(ctx, id, seenIn(req))
      return sent.ok ? redirect(`${BOOKINGS}/${id}?erledigt=gesendet`) : refused(ctx, id, sent)
    },
  }),
  action({
    path: `${BOOKINGS}/:id/kontakt`,
    access,
    params: ruleParams,
    perMinute: 20,
    handle: async (ctx, req) => {
      const { id } = req.params
      const typed = {
        email: req.form.get('email').trim().slice(0, 254),
        telephone: req.form.get('telephone').trim().slice(0, 40),
      }
      const corrected = await correctContact(ctx, id, seenIn(req), typed)
      if (corrected.ok) return redirect(`${BOOKINGS}/${id}?erledigt=berichtigt`)
      return corrected.problem === 'invalid-input'
        ? formAgain(ctx, id, typed, corrected.fields ?? {})
        : refused(ctx, id, corrected)
    },
  }),
]

async function formAgain(
  ctx: Ctx,
  id: string,
  typed: { readonly email: string; readonly telephone: string },
  errors: Readonly<Record<string, string>>,
) {
  const booking = (await lookAtBooking(ctx, id))!
  const view = { ...(await shown(ctx, booking)), done: null, changedMeanwhile: false, typed, errors }
  return htmlPage(staffBookingPage(ctx, view), { status: 422 })
}
