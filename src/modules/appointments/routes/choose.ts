import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import { queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Cookie, type Reply } from '#platform/http/reply.ts'
import { action, everybody, page, type Req, type Route } from '#platform/http/route.ts'
import type { Failure } from '#platform/problem.ts'
import { cityDate, readInstant, today } from '#platform/time/clock.ts'
import { dayText, type TypedDay } from '#platform/time/day.ts'
import { cityCalendar } from '../calendars.ts'
import { partsOf } from '../use-cases/find.ts'
import { findMatters } from '../use-cases/matters.ts'
import type { HoldWish } from '../use-cases/hold.ts'
import { holdTime, releaseHold } from '../use-cases/hold.ts'
import { officesNear, type Distances } from '../use-cases/near.ts'
import { isSameTime } from '../use-cases/standing.ts'
import { timesToShow, type OwnTime, type Seats } from '../use-cases/show-times.ts'
import type { Variant } from '../domain/work.ts'
import { offerOf, pageIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { apartPage } from '../views/apart.ts'
import type { Shown } from '../views/booking-facts.ts'
import { choosePage, type Errors } from '../views/choose.ts'
import { matterPage } from '../views/matter-list.ts'
import { otherWay, otherWayPage } from '../views/other-way.ts'
import { TIMES_NOTES, type TimesNote } from '../views/search.ts'
import { timesPage } from '../views/times.ts'
import { keptHere, rememberKept } from './kept-time.ts'
import { bookingCode, type Opened } from './opened.ts'
import { backToTimes, rememberGivenBack, rememberSearch } from './remembered.ts'
import { askedInAddress, askedInForm, officesOf, WISH_STEP, type Asked } from '../asked.ts'

/** A proof of work has some 300 characters. */
export const proofIn = ({ form }: Pick<Req, 'form'>): string => form.get('altcha').slice(0, 2_000)

export const chooseRoutes: readonly Route[] = [
  page({
    path: '/termine',
    access: everybody,
    examples: async (ctx) => {
      const [service] = (await offerOf(ctx)).services
      return [
        '/termine',
        '/termine?q=Perso',
        '/termine?q=xyzzy',
        ...(service
          ? [
              `/termine?service=${service.slug}`,
              `/termine?service=${service.slug}&${WISH_STEP.join('=')}`,
              `/termine?service=${service.slug}&weekday=7`,
            ]
          : []),
      ]
    },
    handle: async (ctx, req) => {
      const offer = await offerOf(ctx)
      const { asked, isPast } = fromToday(ctx, askedInAddress(ctx, req))
      if (asked.services.length === 0) return matterReply(ctx, offer, asked, queryText(req, 'q'))
      if (isWishStep(req, offer, asked)) return htmlPage(choosePage(ctx, { offer, asked, errors: {} }))
      const parts = await partsApart(ctx, offer, asked)
      if (parts) return htmlPage(apartPage(ctx, { offer, asked, parts }), { status: 422 })
      const other = otherWay(offer, asked)
      if (other) return htmlPage(otherWayPage(ctx, other), { status: 422 })
      const { times, distances, errors } = await searched(ctx, offer, asked)
      if (!times || Object.keys(errors).length > 0)
        return htmlPage(choosePage(ctx, { offer, asked, errors }), { status: 422 })
      const note = TIMES_NOTES.find((one) => one === req.query['hinweis']) ?? (isPast ? 'ab-heute' : null)
      const variant = variantOf(offer, asked)
      const wish = { ...asked, variant }
      const kept = (await keptHere(ctx, req, wish))?.booking ?? null
      return htmlPage(timesPage(ctx, { offer, asked: wish, times, distances, note }, kept))
    },
  }),
  action({
    path: '/termine/halten',
    access: everybody,
    perMinute: 30,
    handle: async (ctx, req) => {
      const asked = askedInForm(ctx, req)
      const wish = holdWishOf(await offerOf(ctx), asked, req)
      if (!wish) return backToTimes(asked, 'vorbei')
      const before = await keptHere(ctx, req, wish)
      if (before && isSameTime(before.booking, { office: wish.office, startsAt: wish.start }))
        return redirect(`/termine/${before.booking.id}`)
      const held = await holdTime(ctx, wish, { ip: req.ip, proof: proofIn(req) })
      if (!held.ok) return refusedHold(held, (note) => backToTimes(asked, note))
      const { id, code } = held.value
      return redirect(`/termine/${id}`, [
        bookingCode.remember(id, code),
        rememberSearch(id, asked),
        rememberKept(id),
        ...(await givenBackFor(ctx, before, asked)),
      ])
    },
  }),
]

/** Whoever went back in the browser and chose another time does not need the former one. */
async function givenBackFor(ctx: Ctx, before: Pick<Opened, 'booking' | 'key'> | null, asked: Asked): Promise<Cookie[]> {
  if (!before || !(await releaseHold(ctx, before.booking.id, before.key))) return []
  return [rememberGivenBack(before.booking.id, asked)]
}

/** Whether the rest of a wish is asked for, of matters that there are. */
export const isWishStep = (req: Pick<Req, 'query'>, offer: Offer, { services }: Asked): boolean =>
  queryText(req, WISH_STEP[0]) === WISH_STEP[1] && services.every((slug) => pageIn(offer, slug) !== null)

/** What it is about is asked first; who has left that out is told. */
async function matterReply(ctx: Ctx, offer: Offer, asked: Asked, query: string): Promise<Reply> {
  const found = await findMatters(ctx, offer, query)
  const isMissing = asked.isSent && found.query === ''
  const errors: Errors = isMissing ? { service: texts(ctx).choose.serviceMissing } : {}
  return htmlPage(matterPage(ctx, { offer, asked, found, errors }), { status: isMissing ? 422 : 200 })
}

/** What nobody deals with together, as matters of appointments of their own; null: it goes together, or is not known at all. */
export async function partsApart(ctx: Ctx, offer: Offer, { services }: Asked): Promise<string[][] | null> {
  const isKnown = services.every((slug) => pageIn(offer, slug) !== null)
  return isKnown ? partsOf(await cityCalendar(ctx), services) : null
}

/** A day that is past is today, which is said. */
export function fromToday(ctx: Ctx, asked: Asked): { readonly asked: Asked; readonly isPast: boolean } {
  const { date } = asked.from
  const isPast = date !== null && Temporal.PlainDate.compare(date, today(ctx.clock)) < 0
  return { isPast, asked: isPast ? { ...asked, from: { date: null, wrong: null, typed: '' } } : asked }
}

/** Whether somebody who moves an appointment has said nothing yet: forms send `from`, that with an address `km`, and links `people`. */
export const isFirstLook = ({ query }: Pick<Req, 'query'>): boolean =>
  ['from', 'km', 'people'].every((name) => query[name] === undefined)

/** From its day on another time is looked for in place of an appointment that cannot take place; nobody planned to come sooner. */
export function fromOldDay(ctx: Ctx, { booking, displaced }: Pick<Shown, 'booking' | 'displaced'>): TypedDay {
  const date = cityDate(booking.startsAt)
  return displaced && Temporal.PlainDate.compare(date, today(ctx.clock)) > 0
    ? { date, wrong: null, typed: dayText(date) }
    : { date: null, wrong: null, typed: '' }
}

/** Back to the times, where nothing else is lost; anything that another time would not mend is said as it is. */
export function refusedHold(failure: Failure, back: (note: TimesNote) => Reply): Reply {
  if (failure.problem === 'time-taken') return back('vergeben')
  if (failure.problem === 'proof-needed') return back('zu-viele')
  return failure.problem === 'invalid-input' ? back('vorbei') : problem(failure)
}

/**
 * What a search found, or what is wrong with it.
 * @param own the booking that is moved
 */
export async function searched(
  ctx: Ctx,
  offer: Offer,
  asked: Asked,
  seats: Partial<Seats> = {},
  own: OwnTime | null = null,
) {
  const near = asked.near === '' ? null : await officesNear(ctx, offer.offices, asked)
  const distances = near?.ok ? near.value : null
  const wrong = { ...wrongIn(ctx, offer, asked), ...(near && !near.ok ? near.fields : {}) }
  const times = await freeTimesFor(ctx, { offer, asked, distances, seats, own })
  const errors: Errors = times.ok ? wrong : { ...wrong, '': times.detail ?? '' }
  return { times: times.ok ? times.value : null, distances, errors }
}

/** What is wrong with where and when. */
function wrongIn(ctx: Ctx, offer: Offer, asked: Asked): Errors {
  const t = texts(ctx).choose
  const { from } = asked
  const isOffice = (wanted: string) => offer.offices.some(({ slug }) => slug === wanted)
  return {
    ...(from.wrong ? { from: dayError(ctx, from)! } : {}),
    ...(officesOf(asked, null).every(isOffice) ? {} : { office: t.officeUnknown }),
  }
}

/** What was said, or what the first matter offers: whoever comes from a service page has not been asked yet. */
export function variantOf(offer: Offer, { services, variant }: Pick<Asked, 'services' | 'variant'>): Variant {
  if (variant) return variant
  const ways = offer.services.find(({ slug }) => slug === services[0])?.variants ?? []
  return ways.includes('in-person') ? 'in-person' : (ways[0] ?? 'in-person')
}

interface TimesAsked {
  readonly offer: Offer
  readonly asked: Asked
  readonly distances: Distances | null
  readonly seats: Partial<Seats>
  readonly own: OwnTime | null
}

const freeTimesFor = (ctx: Ctx, { offer, asked, distances, seats, own }: TimesAsked) =>
  timesToShow(
    ctx,
    {
      services: asked.services,
      people: asked.people,
      variant: variantOf(offer, asked),
      offices: officesOf(asked, distances),
      from: asked.from.date?.toString() ?? null,
      weekdays: asked.weekdays,
      ...seats,
    },
    asked.after,
    own,
  )

/** The button of a time says when and where: `2030-03-14T08:00:00Z mitte`. */
export function holdWishOf(offer: Offer, asked: Asked, req: Pick<Req, 'form'>): HoldWish | null {
  const [time = '', office = ''] = req.form.get('time').split(' ')
  const start = readInstant(time)
  return (
    start && {
      services: asked.services,
      people: asked.people,
      variant: variantOf(offer, asked),
      office,
      start,
      audience: 'public',
    }
  )
}
