import { minutesOf, minutesToWait, minutesUntilFree, type Handling, type Pace, type Serving } from './estimate.ts'
import type { Counter } from './counter.ts'
import { inOrder } from './order.ts'
import type { SentOn } from './sent-on.ts'
import type { Visit } from './visit.ts'

/** An office as it is at one moment: who is there, and who calls. */
export interface Room {
  readonly office: string
  /** Grows with each change. */
  readonly version: number
  /** Whoever comes without an appointment gets no number today. */
  readonly isFull: boolean
  readonly counters: readonly Counter[]
  /** All who came today and are still there, or were called and did not come. */
  readonly visits: readonly Visit[]
  readonly handling: Handling
  /** Of late; see `PACE_MINUTES`. */
  readonly calls: readonly Call[]
  /** Of late, and who is on the way here. */
  readonly sentOn: readonly SentOn[]
}

/** Somebody was called, for the first time. */
export interface Call {
  readonly team: string
  readonly at: Temporal.Instant
}

/** How far back it counts how fast people are called. */
export const PACE_MINUTES = 30

/** Calls that a screen shows. */
const CALLS_SHOWN = 6

/** Who waits, in the order in which they are called; of one team, or of all. */
export const waitingIn = (room: Room, now: Temporal.Instant, team?: string): Visit[] =>
  inOrder(
    room.visits.filter((visit) => visit.state === 'waiting' && (team === undefined || visit.team === team)),
    now,
  )

/** Whether a counter calls them in turn: those of its team, unless another counter is to, and those meant for it. */
export const isFor = (
  { team, wantedCounter }: Pick<Visit, 'team' | 'wantedCounter'>,
  counter: Pick<Counter, 'id' | 'team'>,
): boolean => (wantedCounter === null ? team === counter.team : wantedCounter === counter.id)

/** What a clerk sees of it: who came to their own teams, and whom others sent to their counter. */
export const roomFor = (room: Room, teams: ReadonlySet<string>, counter: Pick<Counter, 'id'> | null = null): Room => ({
  ...room,
  visits: room.visits.filter(
    ({ team, state, wantedCounter }) =>
      teams.has(team) ||
      // At a desk: whom it is to call, and who is called, as the screen in the hall shows it.
      (counter !== null && (wantedCounter === counter.id || state === 'called' || state === 'serving')),
  ),
})

/** Who was called, the last one first. */
export const callsIn = (room: Room): Visit[] =>
  room.visits
    .filter(({ state, announcedAt }) => announcedAt !== null && (state === 'called' || state === 'serving'))
    .toSorted((a, b) => b.announcedAt!.epochMilliseconds - a.announcedAt!.epochMilliseconds)
    .slice(0, CALLS_SHOWN)

/** Whom a counter has yet to do with: who is there or parked by it, and who is meant for it alone. */
export const visitsNaming = (visits: readonly Visit[], counter: string): Visit[] =>
  visits.filter(
    (visit) =>
      (visit.counter === counter && ['called', 'serving', 'parked'].includes(visit.state)) ||
      (visit.wantedCounter === counter && visit.state === 'waiting'),
  )

export const counterOf = (room: Room, id: string | null): Counter | null =>
  room.counters.find((counter) => counter.id === id) ?? null

/** Who is at a counter, or on the way there. */
export const visitAt = (room: Room, counter: string): Visit | null =>
  room.visits.find((visit) => visit.counter === counter && (visit.state === 'called' || visit.state === 'serving')) ??
  null

const openCounters = (room: Room, team: string): Counter[] =>
  room.counters.filter((counter) => counter.team === team && counter.isOpen)

/**
 * Minutes for which somebody of a team has waited whose time has come, while counters were there for them.
 * @returns 0 where nobody waits
 */
function minutesWanted(room: Room, team: string, now: Temporal.Instant): number {
  const minutesSince = (since: Temporal.Instant) => Math.max(0, since.until(now).total('minutes'))
  const waited = room.visits
    .filter((visit) => visit.state === 'waiting' && visit.team === team && visit.wantedCounter === null)
    .map(({ arrivedAt, dueAt }) => Math.min(minutesSince(arrivedAt), minutesSince(dueAt)))
  const open = openCounters(room, team).map(({ openSince }) => (openSince === null ? 0 : minutesSince(openSince)))
  return Math.min(PACE_MINUTES, Math.max(0, ...waited), Math.max(0, ...open))
}

function paceOf(room: Room, team: string, now: Temporal.Instant): Pace {
  const minutes = minutesWanted(room, team, now)
  const calls = room.calls.filter((call) => call.team === team && call.at.until(now).total('minutes') <= minutes)
  return { minutes, calls: calls.length }
}

/** The open counters of a team, and who is there. */
function servingIn(room: Room, team: string, now: Temporal.Instant): Serving[] {
  const ago = room.calls.filter((call) => call.team === team).map(({ at }) => at.until(now).total('minutes'))
  const idle = Math.max(0, Math.min(minutesWanted(room, team, now), ...ago))
  return openCounters(room, team).map((counter): Serving => {
    const visit = visitAt(room, counter.id)
    if (!visit) return { usual: null, elapsed: idle }
    // Who was called and is not noted as here may have sat down long ago.
    const since = visit.servingAt ?? visit.announcedAt
    return { usual: minutesOf(visit, room.handling), elapsed: since?.until(now).total('minutes') ?? 0 }
  })
}

export interface Place {
  /** 1: the next one. */
  readonly position: number
  /** null where nobody calls at the moment. */
  readonly minutes: number | null
}

/** How somebody stands who waits; null for who does not. */
export function placeOf(room: Room, id: string, now: Temporal.Instant): Place | null {
  const visit = room.visits.find((one) => one.id === id)
  if (visit?.state !== 'waiting') return null
  const before = waitingIn(room, now, visit.team)
  const position = before.findIndex((one) => one.id === id)
  const minutes = minutesAfter(room, visit.team, before.slice(0, position), now)
  // Nobody is called before the time that they booked, or can be here, just because a counter is free.
  const isPromised = visit.booking !== null || visit.forwardedFrom !== null
  const untilDue = isPromised ? now.until(visit.dueAt).total('minutes') : 0
  return { position: position + 1, minutes: minutes === null ? null : Math.max(minutes, untilDue) }
}

/** Whether it is the time that they booked for which they wait, and not those before them, or a counter. */
export const waitsForTime = ({ bookedAt }: Visit, { minutes }: Place, now: Temporal.Instant): boolean => {
  const ahead = bookedAt === null ? 0 : now.until(bookedAt).total('minutes')
  return ahead > 0 && (minutes === null || minutes <= ahead)
}

/** Minutes that somebody waits who comes now without an appointment; null where nobody calls. */
export function minutesForNew(room: Room, team: string, now: Temporal.Instant): number | null {
  const newcomer = { id: '', priority: 'normal', booking: null, dueAt: now, calls: 0, forwardedFrom: null } as const
  const waiting = room.visits.filter((visit) => visit.state === 'waiting' && visit.team === team)
  const order = inOrder<Visit | typeof newcomer>([...waiting, newcomer], now)
  const before = order.slice(0, order.indexOf(newcomer)) as Visit[]
  return minutesAfter(room, team, before, now)
}

const minutesAfter = (room: Room, team: string, before: readonly Visit[], now: Temporal.Instant) =>
  minutesToWait(
    before.map((visit) => minutesOf(visit, room.handling)),
    minutesUntilFree(servingIn(room, team, now)),
    paceOf(room, team, now),
  )
