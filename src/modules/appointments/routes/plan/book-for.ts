import type { Ctx } from '#platform/context.ts'
import { queryChoice } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { addressOf, askedInAddress, askedInForm } from '../../asked.ts'
import { hashOfCode } from '../../domain/booking.ts'
import { offerOf } from '../../offer.ts'
import { bookingWithKey } from '../../store/bookings.ts'
import { bookFor, holdFor } from '../../use-cases/plan/book-for.ts'
import { BOOK } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { BOOK_FOR, bookedForPage, bookForPage, bookForTimesPage, bookForWhoPage } from '../../views/plan/book-for.ts'
import type { Errors } from '../../views/choose.ts'
import { TIMES_NOTES, type TimesNote } from '../../views/search.ts'
import { shown, typedIn } from '../booking.ts'
import { holdWishOf, refusedHold, searched, variantOf } from '../choose.ts'

const access = staff(BOOK)
/** Those that are kept for the service centre, and those for all people. */
const SEATS = { audience: 'centre', also: 'public' } as const

export const bookForRoutes: readonly Route[] = [
  page({
    path: BOOK_FOR,
    access,
    examples: async (ctx) => {
      const [service] = (await offerOf(ctx)).services
      return [BOOK_FOR, ...(service ? [`${BOOK_FOR}?service=${service.slug}&people=1`] : [])]
    },
    handle: async (ctx, req) => {
      const offer = await offerOf(ctx)
      const asked = askedInAddress(req)
      if (asked.services.length === 0) {
        const errors: Errors = asked.isSent ? { service: texts(ctx).choose.serviceMissing } : {}
        return htmlPage(bookForPage(ctx, { offer, asked, errors }), { status: asked.isSent ? 422 : 200 })
      }
      const { times, distances, errors } = await searched(ctx, offer, asked, SEATS)
      if (!times || Object.keys(errors).length > 0)
        return htmlPage(bookForPage(ctx, { offer, asked, errors }), { status: 422 })
      const note = queryChoice(req, 'hinweis', TIMES_NOTES)
      const variant = variantOf(offer, asked)
      return htmlPage(bookForTimesPage(ctx, { offer, asked: { ...asked, variant }, times, distances, note }))
    },
  }),
  action({
    path: `${BOOK_FOR}/halten`,
    access,
    handle: async (ctx, req) => {
      const asked = askedInForm(req)
      const back = (note: TimesNote) => redirect(addressOf(BOOK_FOR, asked, {}, [['hinweis', note]]))
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      if (!wish) return back('vorbei')
      const held = await holdFor(ctx, wish)
      if (!held.ok) return refusedHold(held, back)
      return whoPage(ctx, held.value, { name: '', email: '', telephone: '' })
    },
  }),
  action({
    path: `${BOOK_FOR}/buchung`,
    access,
    handle: async (ctx, req) => {
      const hold = { id: req.form.get('hold'), code: req.form.get('code').slice(0, 64) }
      const typed = typedIn(req)
      const booked = await bookFor(ctx, hold, { ...typed, telephone: typed.telephone || null })
      if (booked.ok) return htmlPage(bookedForPage(ctx, await shown(ctx, booked.value)))
      if (booked.problem === 'invalid-input') return whoPage(ctx, hold, typed, booked.fields ?? {})
      return problem(booked)
    },
  }),
]

async function whoPage(
  ctx: Ctx,
  hold: { readonly id: string; readonly code: string },
  typed: ReturnType<typeof typedIn>,
  errors: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const booking = await bookingWithKey(ctx, hold.id, { codeHash: hashOfCode(hold.code) })
  if (!booking) return problem(fail('hold-expired'))
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return htmlPage(bookForWhoPage(ctx, { ...(await shown(ctx, booking)), hold, typed, errors }), { status })
}
