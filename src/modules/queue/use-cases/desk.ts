import { accountsByIds } from '#modules/accounts/public.ts'
import { bookingsOfDay, type Booking } from '#modules/appointments/public.ts'
import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import type { Counter } from '../domain/counter.ts'
import { roomFor, type Room } from '../domain/room.ts'
import { counterOfClerk, countersOf } from '../store/counters.ts'
import { arrivedBookings } from '../store/visits.ts'
import { houseOf, officesFor, ownTeams, type House } from './offices.ts'
import { readRoom } from './room.ts'

/** What a clerk sees who sits somewhere. */
export interface Desk {
  readonly house: House
  readonly counter: Counter
  readonly room: Room
  /** Booked for today, and not here yet. */
  readonly expected: readonly Booking[]
  /** Who sits at the counters, by account. */
  readonly clerks: ReadonlyMap<string, string>
}

/**
 * null for who sits nowhere, or may call there no more.
 * @param known what a stream has read already, for all desks of the office
 */
export async function deskOf(ctx: Ctx, known?: Pick<Desk, 'house' | 'room'>): Promise<Desk | null> {
  const counter = await counterOfClerk(ctx, ctx.account!.id)
  if (!counter || (known && known.room.office !== counter.office)) return null
  const house = known?.house ?? (await houseOf(ctx, counter.office))
  const own = await ownTeams(ctx)
  if (!house || !own.has(counter.team)) return null
  const all = known?.room ?? (await readRoom(ctx, counter.office))
  const room = roomFor(all, own, counter)
  const booked = (await bookingsOfDay(ctx, counter.office, today(ctx.clock))).filter(
    ({ variant, team }) => variant === 'in-person' && own.has(team),
  )
  const here = await arrivedBookings(
    ctx,
    booked.map(({ id }) => id),
  )
  const expected = booked.filter(({ id, attendedAt }) => attendedAt === null && !here.has(id))
  return { house, counter, room, expected, clerks: await clerksAt(ctx, room.counters) }
}

export interface Seats {
  readonly office: Office
  readonly counters: readonly Counter[]
  readonly clerks: ReadonlyMap<string, string>
}

/** Where a clerk could sit. */
export async function seatsFor(ctx: Ctx): Promise<Seats[]> {
  const seats: Seats[] = []
  const own = await ownTeams(ctx)
  for (const office of await officesFor(ctx, 'queue.call')) {
    const counters = (await countersOf(ctx, office.slug)).filter(({ team }) => own.has(team))
    if (counters.length === 0) continue
    seats.push({ office, counters, clerks: await clerksAt(ctx, counters) })
  }
  return seats
}

export async function clerksAt(ctx: Ctx, counters: readonly Counter[]): Promise<ReadonlyMap<string, string>> {
  const accounts = await accountsByIds(
    ctx,
    counters.flatMap(({ clerk }) => clerk ?? []),
  )
  return new Map([...accounts].map(([id, { name }]) => [id, name]))
}
