import { accountsByIds } from '#modules/accounts/public.ts'
import { bookingsOfDay, type Booking } from '#modules/appointments/public.ts'
import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import type { Counter } from '../domain/counter.ts'
import { roomFor, type Room } from '../domain/room.ts'
import { mayResume, RESUME_MINUTES, type Visit } from '../domain/visit.ts'
import { counterOfClerk, countersOfTeams } from '../store/counters.ts'
import { bookingsArrived, finishedSince } from '../store/visits.ts'
import { houseOf, officesFor, originsOf, ownTeams, type House, type Origins } from './offices.ts'
import { readRoom } from './room.ts'

export type Names = ReadonlyMap<string, string>

/** What a clerk sees who sits somewhere. */
export interface Desk {
  readonly house: House
  readonly counter: Counter
  readonly room: Room
  /** Booked for today, and not here yet. */
  readonly expected: readonly Booking[]
  /** Of whoever has booked for today, here or not, by booking. */
  readonly names: Names
  /** With whom the clerk has just finished, while that can be taken back. */
  readonly finished: Visit | null
  /** Who sits at the counters, by account. */
  readonly clerks: ReadonlyMap<string, string>
  /** Offices that have sent somebody here, by slug. */
  readonly origins: Origins
}

/**
 * null for who sits nowhere, or may call there no more.
 * @param known what a stream has read already, for all desks of the office
 */
export async function deskOf(ctx: Ctx, known?: Pick<Desk, 'house' | 'room'>): Promise<Desk | null> {
  const clerk = ctx.account!.id
  const counter = known ? known.room.counters.find((one) => one.clerk === clerk) : await counterOfClerk(ctx, clerk)
  const own = await ownTeams(ctx)
  if (!counter || !own.has(counter.team)) return null
  const { house, room, booked, finished, clerks, origins } = known
    ? { ...known, ...(await shared(ctx, known.room)) }
    : await readAll(ctx, counter.office)
  return (
    house && {
      house,
      counter,
      room: roomFor(room, own, counter),
      expected: booked.expected.filter(({ team }) => own.has(team)),
      names: booked.names,
      finished:
        finished.find((visit) => mayResume(visit, { counter: counter.id, clerk, now: ctx.clock.now() })) ?? null,
      clerks,
      origins,
    }
  )
}

async function readAll(ctx: Ctx, office: string) {
  const [house, room, booked, finished] = await Promise.all([
    houseOf(ctx, office),
    readRoom(ctx, office),
    bookedIn(ctx, office),
    finishedIn(ctx, office),
  ])
  const [clerks, origins] = await Promise.all([clerksAt(ctx, room.counters), originsOf(ctx, room)])
  return { house, room, booked, finished, clerks, origins }
}

type Shared = Pick<Desk, 'clerks' | 'origins'> & { readonly booked: Booked; readonly finished: readonly Visit[] }

/** Appointments may be booked and cancelled while nothing changes in the room. */
const SHARED_MS = 5_000
const rooms = new WeakMap<Room, { readonly at: number; readonly shared: Promise<Shared> }>()

/** What is the same for all desks that look at a room: read once for each change, however many clerks there are. */
function shared(ctx: Ctx, room: Room): Promise<Shared> {
  const known = rooms.get(room)
  if (known && performance.now() - known.at < SHARED_MS) return known.shared
  const reading = Promise.all([
    bookedIn(ctx, room.office),
    finishedIn(ctx, room.office),
    clerksAt(ctx, room.counters),
    originsOf(ctx, room),
  ]).then(([booked, finished, clerks, origins]) => ({ booked, finished, clerks, origins }))
  rooms.set(room, { at: performance.now(), shared: reading })
  reading.catch(() => rooms.delete(room))
  return reading
}

const finishedIn = (ctx: Ctx, office: string): Promise<Visit[]> =>
  finishedSince(ctx, office, ctx.clock.now().subtract({ minutes: RESUME_MINUTES }))

type Booked = Pick<Desk, 'expected' | 'names'>

/** Who has booked for today, of all teams; expected with a visit in person, and not here yet. */
async function bookedIn(ctx: Ctx, office: string): Promise<Booked> {
  const day = today(ctx.clock)
  const [booked, here] = await Promise.all([bookingsOfDay(ctx, office, day), bookingsArrived(ctx, office, day)])
  return {
    expected: booked.filter(
      ({ id, variant, attendedAt }) => variant === 'in-person' && attendedAt === null && !here.has(id),
    ),
    names: namesOf(booked),
  }
}

export const namesOf = (bookings: readonly Booking[]): Names =>
  new Map(bookings.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])))

export interface Seats {
  readonly office: Office
  readonly counters: readonly Counter[]
  readonly clerks: ReadonlyMap<string, string>
}

/** Where a clerk could sit. */
export async function seatsFor(ctx: Ctx): Promise<Seats[]> {
  const all = await countersOfTeams(ctx, [...(await ownTeams(ctx))])
  const clerks = await clerksAt(ctx, all)
  return (await officesFor(ctx, 'queue.call'))
    .map((office) => ({ office, counters: all.filter((counter) => counter.office === office.slug), clerks }))
    .filter(({ counters }) => counters.length > 0)
}

export async function clerksAt(ctx: Ctx, counters: readonly Counter[]): Promise<ReadonlyMap<string, string>> {
  const accounts = await accountsByIds(
    ctx,
    counters.flatMap(({ clerk }) => clerk ?? []),
  )
  return new Map([...accounts].map(([id, { name }]) => [id, name]))
}
