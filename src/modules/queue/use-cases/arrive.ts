import { bookingForArrival, bookingsOfDay, markAttended, type Booking } from '#modules/appointments/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { hashOfCode, newCode } from '../domain/code.ts'
import { dueOf, isTooLate } from '../domain/order.ts'
import { ticketOf } from '../domain/ticket.ts'
import { isHere, type Visit } from '../domain/visit.ts'
import { insertVisit, waitAgain } from '../store/arrivals.ts'
import { countersOf } from '../store/counters.ts'
import { insertGlance } from '../store/glances.ts'
import { fullOn, nextNumber } from '../store/offices.ts'
import { visitOfBooking } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { changing } from './change.ts'
import { houseOf, ownTeams } from './offices.ts'
import { walkInsOf } from './walk-ins.ts'

/** again: was here already and has that number; back: was called in vain, and is there now. */
export const ARRIVALS = ['walk-in', 'on-time', 'early', 'late', 'again', 'back'] as const
export type ArrivalKind = (typeof ARRIVALS)[number]

export interface Arrived {
  readonly visit: Visit
  /**
   * Opens the ticket on a telephone; shown this once. For who has a number already it is another one, which shows how the
   * ticket stands and no more: whoever finds the code of an appointment does not get at the ticket of who has come with it.
   */
  readonly code: string
  readonly kind: ArrivalKind
}

/** More come with a group, whom somebody talks to first. */
export const MOST_PEOPLE = 10

/** A ticket for somebody who just came, while the office sees people. */
export async function drawTicket(
  ctx: Ctx,
  wish: { readonly office: string; readonly services: readonly string[]; readonly people: number },
): Promise<Result<Arrived>> {
  const house = await houseOf(ctx, wish.office)
  if (!house) return fail('not-found')
  const t = texts(ctx).problems
  const services = [...new Set(wish.services)]
  const team = house.teams.find((one) => services.length > 0 && services.every((slug) => one.services.includes(slug)))
  const isDoneHere = services.length > 0 && services.every((slug) => house.services.some((page) => page.slug === slug))
  if (!team) return fail('invalid-input', { fields: { service: isDoneHere ? t.notTogether : t.noSuchService } })
  if (!Number.isInteger(wish.people) || wish.people < 1 || wish.people > MOST_PEOPLE)
    return fail('invalid-input', { fields: { people: t.people } })
  const [now] = await walkInsOf(ctx, [house.office], await countersOf(ctx, wish.office))
  if (!now!.areSeen) return fail('office-closed', { detail: t.officeClosedDetail(now!.hours) })
  return changing(ctx, wish.office, async (ctx): Promise<Result<Arrived>> => {
    if (await fullOn(ctx, wish.office, today(ctx.clock))) return fail('office-full')
    const made = await newVisit(ctx, house.teams.indexOf(team), {
      ...wish,
      services,
      team: team.id,
      booking: null,
      bookedAt: null,
    })
    return ok({ ...made!, kind: 'walk-in' })
  })
}

/** Somebody shows the code of their appointment. */
export async function arriveWithCode(
  ctx: Ctx,
  { office, code }: { readonly office: string; readonly code: string },
): Promise<Result<Arrived>> {
  const found = await bookingForArrival(ctx, { office, code })
  return 'problem' in found ? refusal(ctx, found) : arrive(ctx, found.booking)
}

/** Staff have found the appointment in the list of the day. */
export async function arriveExpected(
  ctx: Ctx,
  { office, booking }: { readonly office: string; readonly booking: string },
): Promise<Result<Arrived>> {
  const own = await ownTeams(ctx)
  const expected = (await bookingsOfDay(ctx, office, today(ctx.clock))).find(({ id }) => id === booking)
  return expected && own.has(expected.team) ? arrive(ctx, expected) : fail('arrival-unknown')
}

async function refusal(
  ctx: Ctx,
  found: Exclude<Awaited<ReturnType<typeof bookingForArrival>>, { problem?: never }>,
): Promise<Failure> {
  const t = texts(ctx).problems
  if (!('problem' in found) || found.problem === 'unknown') return fail('arrival-unknown')
  if (found.problem === 'displaced') return fail('arrival-displaced', { detail: t.displacedDetail(found.because) })
  const { problem, booking } = found
  const house = await officeBySlug(ctx, booking.office)
  const where = house?.name[ctx.locale] ?? booking.office
  switch (problem) {
    case 'cancelled':
      return fail('arrival-cancelled')
    case 'other-day':
      return fail('arrival-other-day', { detail: t.otherDayDetail(formatDateTime(ctx, booking.startsAt), where) })
    case 'other-office':
      return fail('arrival-other-office', { detail: t.otherOfficeDetail(where, formatDateTime(ctx, booking.startsAt)) })
  }
}

async function arrive(ctx: Ctx, booking: Booking): Promise<Result<Arrived>> {
  const house = await houseOf(ctx, booking.office)
  if (!house) return fail('not-found')
  const now = ctx.clock.now()
  return changing(ctx, booking.office, async (ctx): Promise<Result<Arrived>> => {
    const before = await visitOfBooking(ctx, booking.id)
    if (before) return arriveAgain(ctx, before)
    const team = Math.max(
      0,
      house.teams.findIndex(({ id }) => id === booking.team),
    )
    const made = await newVisit(ctx, team, { ...booking, booking: booking.id, bookedAt: booking.startsAt })
    // Another machine was faster.
    if (!made) return arriveAgain(ctx, (await visitOfBooking(ctx, booking.id))!)
    await markAttended(ctx, booking.id, now)
    const isEarly = Temporal.Instant.compare(now, booking.startsAt) < 0
    const kind = isTooLate(now, booking.startsAt) ? 'late' : isEarly ? 'early' : 'on-time'
    return ok({ ...made, kind })
  })
}

async function arriveAgain(ctx: Ctx, visit: Visit): Promise<Result<Arrived>> {
  const back = isHere(visit) ? null : await waitAgain(ctx, visit.id, ctx.clock.now())
  if (!isHere(visit) && !back) return fail('arrival-done')
  const code = newCode()
  await insertGlance(ctx, visit.id, hashOfCode(code))
  return ok(back ? { visit: back, code, kind: 'back' } : { visit, code, kind: 'again' })
}

interface Coming {
  readonly office: string
  readonly team: string
  readonly services: readonly string[]
  readonly people: number
  readonly booking: string | null
  readonly bookedAt: Temporal.Instant | null
}

async function newVisit(ctx: Ctx, team: number, coming: Coming): Promise<{ visit: Visit; code: string } | null> {
  const now = ctx.clock.now()
  const day = today(ctx.clock)
  const number = await nextNumber(ctx, coming.office, day)
  const code = newCode()
  const visit = await insertVisit(ctx, {
    id: newId(),
    office: coming.office,
    team: coming.team,
    day,
    number,
    ticket: ticketOf(team, number),
    services: coming.services,
    people: Math.min(coming.people, 20),
    booking: coming.booking,
    bookedAt: coming.bookedAt,
    arrivedAt: now,
    dueAt: dueOf(now, coming.bookedAt),
    codeHash: hashOfCode(code),
    locale: ctx.locale,
  })
  return visit && { visit, code }
}
