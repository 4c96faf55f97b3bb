import type { Ctx } from '#platform/context.ts'
import { queryChoice, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { LOCALES } from '#platform/i18n/locale.ts'
import { addressOf, askedInAddress, askedInForm, WISH_STEP, type Asked } from '../../asked.ts'
import { HOLD_MINUTES, type Booking } from '../../domain/booking.ts'
import { offerOf } from '../../offer.ts'
import { exampleWithoutAccount } from '../../store/examples.ts'
import { findMatters } from '../../use-cases/matters.ts'
import { releaseHold } from '../../use-cases/hold.ts'
import { bookedJustNow, bookFor, holdFor } from '../../use-cases/plan/book-for.ts'
import { BOOK } from '../../use-cases/plan/offices.ts'
import { hasLapsed, isSameTime } from '../../use-cases/standing.ts'
import { texts } from '../../texts/index.ts'
import {
  BOOK_FOR,
  bookedForPage,
  bookForApartPage,
  bookForMatterPage,
  bookForOtherWayPage,
  bookForPage,
  bookForTimesPage,
  bookForWhoPage,
  type TypedOfCaller,
} from '../../views/plan/book-for.ts'
import type { Errors } from '../../views/choose.ts'
import { otherWay } from '../../views/other-way.ts'
import { TIMES_NOTES, type TimesNote } from '../../views/search.ts'
import { shown, typedIn } from '../booking.ts'
import { fromToday, holdWishOf, isWishStep, partsApart, refusedHold, searched, variantOf } from '../choose.ts'
import { keptHere, rememberKept } from '../kept-time.ts'
import { bookingCode, bookingParams, withBooking } from '../opened.ts'

const access = staff(BOOK)
/** Those that are kept for the service centre, and those for all people. */
const SEATS = { audience: 'centre', also: 'public' } as const

export const bookForRoutes: readonly Route[] = [
  page({
    path: BOOK_FOR,
    access,
    examples: async (ctx) => {
      const [service] = (await offerOf(ctx)).services
      const wish = `${BOOK_FOR}?service=${service?.slug ?? ''}`
      return [
        BOOK_FOR,
        `${BOOK_FOR}?q=xyzzy`,
        ...(service ? [`${wish}&${WISH_STEP.join('=')}`, `${wish}&people=1`] : []),
      ]
    },
    handle: async (ctx, req) => {
      const offer = await offerOf(ctx)
      const { asked, isPast } = fromToday(ctx, askedInAddress(ctx, req))
      if (asked.services.length === 0) {
        const found = await findMatters(ctx, offer, queryText(req, 'q'))
        const isMissing = asked.isSent && found.query === ''
        const errors: Errors = isMissing ? { service: texts(ctx).plan.bookFor.form.serviceMissing } : {}
        return htmlPage(bookForMatterPage(ctx, { offer, asked, found, errors }), { status: isMissing ? 422 : 200 })
      }
      if (isWishStep(req, offer, asked)) return htmlPage(bookForPage(ctx, { offer, asked, errors: {} }))
      const parts = await partsApart(ctx, offer, asked)
      if (parts) return htmlPage(bookForApartPage(ctx, { offer, asked, parts }), { status: 422 })
      const other = otherWay(offer, asked)
      if (other) return htmlPage(bookForOtherWayPage(ctx, other), { status: 422 })
      const { times, distances, errors } = await searched(ctx, offer, asked, SEATS)
      if (!times || Object.keys(errors).length > 0)
        return htmlPage(bookForPage(ctx, { offer, asked, errors }), { status: 422 })
      const note = queryChoice(req, 'hinweis', TIMES_NOTES) ?? (isPast ? 'ab-heute' : null)
      const wish = { ...asked, variant: variantOf(offer, asked) }
      const kept = (await keptHere(ctx, req, wish, 'caller'))?.booking ?? null
      return htmlPage(bookForTimesPage(ctx, { offer, asked: wish, times, distances, note }, kept))
    },
  }),
  action({
    path: `${BOOK_FOR}/halten`,
    access,
    handle: async (ctx, req) => {
      const asked = askedInForm(ctx, req)
      const back = (note: TimesNote) => redirect(addressOf(BOOK_FOR, asked, {}, [['hinweis', note]]))
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      if (!wish) return back('vorbei')
      const before = await keptHere(ctx, req, wish, 'caller')
      if (before && isSameTime(before.booking, { office: wish.office, startsAt: wish.start }))
        return redirect(`${BOOK_FOR}/${before.booking.id}`)
      const held = await holdFor(ctx, wish)
      if (!held.ok) return refusedHold(held, back)
      if (before) await releaseHold(ctx, before.booking.id, before.key)
      const { id, code } = held.value
      return redirect(`${BOOK_FOR}/${id}`, [
        bookingCode.remember(id, code, HOLD_MINUTES * 60),
        rememberKept(id, 'caller'),
        ...(before ? [bookingCode.forget(before.booking.id)] : []),
      ])
    },
  }),
  // Pages that can be loaded again: none of them is the answer to a form.
  page({
    path: `${BOOK_FOR}/:id`,
    access,
    params: bookingParams,
    examples: async (ctx) => {
      const example = await exampleWithoutAccount(ctx)
      return example ? [`${BOOK_FOR}/${example.id}?code=${example.code}`] : []
    },
    handle: async (ctx, req) => {
      const booked = await bookedJustNow(ctx, req.params.id)
      return booked ? htmlPage(bookedForPage(ctx, await shown(ctx, booked))) : openHold(ctx, req)
    },
  }),
  action({
    path: `${BOOK_FOR}/:id`,
    access,
    params: bookingParams,
    handle: async (ctx, req) => {
      // A double click: this browser knows no code any more.
      const path = `${BOOK_FOR}/${req.params.id}`
      return (await bookedJustNow(ctx, req.params.id)) ? redirect(path) : bookHeld(ctx, req)
    },
  }),
  action({
    path: `${BOOK_FOR}/:id/freigabe`,
    access,
    params: bookingParams,
    handle: withBooking(async (ctx, { booking, key, search }) => {
      const given = await releaseHold(ctx, booking.id, key)
      return timesAgain(booking.id, search, given ? 'zurueckgegeben' : 'abgelaufen')
    }),
  }),
]

const openHold = withBooking(async (ctx, { booking, search }) => {
  if (booking.state === 'booked') return htmlPage(bookedForPage(ctx, await shown(ctx, booking)))
  if (booking.state !== 'held' || hasLapsed(ctx, booking)) return timesAgain(booking.id, search, 'abgelaufen')
  const nobody = { name: '', email: '', telephone: '', reminder: 'mail-and-sms', locale: ctx.locale } as const
  return whoPage(ctx, booking, nobody, {})
})

const typedOfCaller = (ctx: Ctx, req: Pick<Req, 'form'>): TypedOfCaller => ({
  ...typedIn(req),
  locale: LOCALES.find((one) => one === req.form.get('language')) ?? ctx.locale,
})

const bookHeld = withBooking(async (ctx, { booking, code, search }, req) => {
  const { locale, ...typed } = typedOfCaller(ctx, req)
  const booked = await bookFor(ctx, { id: booking.id, code }, { ...typed, telephone: typed.telephone || null }, locale)
  if (booked.ok) return redirect(`${BOOK_FOR}/${booking.id}`, [bookingCode.forget(booking.id)])
  if (booked.problem === 'invalid-input') return whoPage(ctx, booking, { ...typed, locale }, booked.fields ?? {})
  return booked.problem === 'hold-expired' ? timesAgain(booking.id, search, 'abgelaufen') : problem(booked)
})

const timesAgain = (id: string, search: Asked, note: TimesNote): Reply =>
  redirect(addressOf(BOOK_FOR, search, {}, [['hinweis', note]]), [bookingCode.forget(id)])

async function whoPage(
  ctx: Ctx,
  booking: Booking,
  typed: TypedOfCaller,
  errors: Readonly<Record<string, string>>,
): Promise<Reply> {
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return htmlPage(bookForWhoPage(ctx, { ...(await shown(ctx, booking)), typed, errors }), { status })
}
