import { randomUUID } from 'node:crypto'
import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import { jobContext } from '#platform/job-context.ts'
import { perCity } from '#platform/per-city.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { cellOf } from './domain/cells.ts'
import { teamCalendar, type TeamCalendar } from './domain/calendar.ts'
import { keptCalendar, type KeptCalendar, type Reading } from './domain/kept-calendar.ts'
import { openingsByDay } from './domain/plan.ts'
import type { BookableService } from './domain/work.ts'
import { changesOfOthers } from './store/changes.ts'
import { staffedStretches } from './store/duties.ts'
import { occupancies } from './store/occupancies.ts'
import { readPlan, type NamedTeam, type Plan } from './store/plan.ts'

/** What a city has free, in the memory of this process. */
export interface CityCalendar {
  readonly services: ReadonlyMap<string, BookableService>
  readonly teams: readonly { readonly team: NamedTeam; readonly calendar: KeptCalendar }[]
  readonly days: readonly CalendarDay[]
}

export interface CalendarDay {
  /** ISO date in Europe/Berlin. */
  readonly day: string
  /** Its first cell, and that of the next day. */
  readonly from: number
  readonly to: number
}

interface Kept {
  city: CityCalendar
  /** When its first day is over, in milliseconds since 1970. */
  readonly endsAt: number
  /** When what others did was last asked for and read, `performance.now()`. */
  lookedAt: number
  /** Under way. */
  looking: Promise<void> | null
  /** When somebody last wanted to know, `performance.now()`. */
  wantedAt: number
  /** The next look that nobody waits for. */
  next: NodeJS.Timeout | null
  since: Temporal.Instant
  readonly seen: Set<number>
}

const names = new WeakMap<App, string>()

/** Of this program among those that share the database. */
export function selfOf({ app }: Pick<Ctx, 'app'>): string {
  let name = names.get(app)
  if (!name) names.set(app, (name = randomUUID()))
  return name
}

/** How often what other processes do is asked for, in milliseconds. */
const LOOK_AGAIN_MS = 250
/** For how long that goes on after the last question. */
const LOOK_ON_MS = 60_000
/** How old an answer may be with respect to it, where a look takes long or a process is too busy for one. */
const OLDEST_MS = 5_000
/** Changes become visible when they are committed, which may be that much after they were written. */
const LATE: Temporal.DurationLike = { seconds: 30 }
/** However far ahead offices plan. */
const MOST_DAYS = 370

const calendars = perCity((): { reading: Promise<Kept> | null } => ({ reading: null }))
/** By team. They outlive readings: whoever has one in hand goes on with what was read meanwhile. */
const keptTeams = perCity(() => new Map<string, KeptCalendar>())

/**
 * Read once, then kept up to date with what this process books at once, and four times a second with what others do. Of
 * ten thousand who come at one moment all would wait for the same look, each with its request in memory: so memory is
 * looked after while people ask, and only the first of them waits.
 */
export async function cityCalendar(ctx: Ctx): Promise<CityCalendar> {
  const kept = await keptOf(ctx)
  kept.wantedAt = performance.now()
  kept.next ??= lookSoon(ctx, kept)
  const age = kept.wantedAt - kept.lookedAt
  if (age > OLDEST_MS || (age > LOOK_AGAIN_MS && !kept.looking)) await (kept.looking ??= catchUpWithOthers(ctx, kept))
  return kept.city
}

/** Whoever finds first that there is none, or that its day is over, begins to read for all who ask at that moment. */
async function keptOf(ctx: Ctx): Promise<Kept> {
  const own = calendars(ctx)
  const drop = (reading: Promise<Kept>) => {
    if (own.reading === reading) own.reading = null
  }
  for (;;) {
    const reading = (own.reading ??= read(ctx))
    try {
      const kept = await reading
      if (ctx.clock.now().epochMilliseconds < kept.endsAt) return kept
      drop(reading)
    } catch (error) {
      drop(reading)
      throw error
    }
  }
}

/** After a change of rules, teams or services: everything is read anew at the next question. */
export const forgetCalendar = (ctx: Ctx): void => void (calendars(ctx).reading = null)

async function read(ctx: Ctx): Promise<Kept> {
  const since = ctx.clock.now()
  const known = keptTeams(ctx)
  const readings = new Map([...known].map(([id, calendar]) => [id, calendar.beginReading()]))
  try {
    const plan = await readPlan(outside(ctx))
    const first = today(ctx.clock)
    const days = daysFrom(first, daysAhead(plan))
    const fresh = await mapInTurn(plan.teams, async (team) => ({ team, read: await calendarOf(ctx, plan, team, days) }))
    const services = new Map(plan.services.map((service) => [service.slug, service]))
    // All at one moment: calendars of an office begin with the same day.
    const teams = fresh.map(({ team, read }) => ({
      team,
      calendar: placed(known, readings.get(team.id), team.id, read),
    }))
    const endsAt = startOf(first.add({ days: 1 })).epochMilliseconds
    const city = { services, teams, days }
    const at = performance.now()
    return {
      city,
      endsAt,
      lookedAt: at,
      looking: null,
      wantedAt: at,
      next: null,
      since: since.subtract(LATE),
      seen: new Set(),
    }
  } finally {
    for (const reading of readings.values()) reading.abandon()
  }
}

function placed(
  known: Map<string, KeptCalendar>,
  reading: Reading | undefined,
  team: string,
  fresh: TeamCalendar,
): KeptCalendar {
  let kept = known.get(team)
  if (kept && reading) reading.place(fresh)
  else known.set(team, (kept = keptCalendar(fresh)))
  return kept
}

/** Never within the caller's transaction: what it has not committed is nobody's business yet. */
const outside = (ctx: Ctx): Ctx => ({ ...ctx, db: ctx.app.tenants.db(ctx.tenant) })

/** One after the other: a large city is read in pieces, and requests are answered between them. */
async function mapInTurn<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const mapped: R[] = []
  for (const item of items) mapped.push(await map(item))
  return mapped
}

async function calendarOf(ctx: Ctx, plan: Plan, team: NamedTeam, days: readonly CalendarDay[]): Promise<TeamCalendar> {
  const openings = openingsByDay(plan, team)
  const [first, last] = [days[0]!.from, days.at(-1)!.to]
  const taken = await occupancies(outside(ctx), team.id, first)
  return teamCalendar(
    team.id,
    { first, cells: last - first },
    days.flatMap(({ day }) => openings(Temporal.PlainDate.from(day))),
    taken,
    plan.blocks.filter((block) => block.team === team.id),
    await staffedStretches(outside(ctx), [team.id]),
  )
}

/** A day more than the longest release reaches, so that the next one is there when its time comes. */
const daysAhead = ({ rules }: Plan) =>
  Math.min(MOST_DAYS, 2 + 7 * Math.max(0, ...rules.map(({ release }) => release.weeksAhead)))

const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: CITY_TIME_ZONE }).toInstant()

function daysFrom(first: Temporal.PlainDate, count: number): CalendarDay[] {
  const starts = Array.from({ length: count + 1 }, (_, i) => first.add({ days: i }))
  const cells = starts.map((day) => cellOf(startOf(day)))
  return starts.slice(0, -1).map((day, i) => ({ day: day.toString(), from: cells[i]!, to: cells[i + 1]! }))
}

/** Where it fails, the next question looks again, and says why. */
function lookSoon({ app, tenant }: Ctx, kept: Kept): NodeJS.Timeout {
  const own = jobContext(app, tenant)
  const look = async () => {
    try {
      // Unless a question has just done so.
      if (performance.now() - kept.lookedAt > LOOK_AGAIN_MS) await (kept.looking ??= catchUpWithOthers(own, kept))
      const isInUse = (await calendars(own).reading) === kept && performance.now() - kept.wantedAt < LOOK_ON_MS
      kept.next = isInUse ? lookSoon(own, kept) : null
    } catch {
      kept.next = null
    }
  }
  return setTimeout(() => void look(), LOOK_AGAIN_MS).unref()
}

async function catchUpWithOthers(ctx: Ctx, kept: Kept): Promise<void> {
  const asked = performance.now()
  try {
    await readChangesOfOthers(ctx, kept)
    kept.lookedAt = asked
  } finally {
    kept.looking = null
  }
}

async function readChangesOfOthers(ctx: Ctx, kept: Kept): Promise<void> {
  const now = ctx.clock.now()
  const changes = (await changesOfOthers(outside(ctx), selfOf(ctx), kept.since)).filter(({ id }) => !kept.seen.has(id))
  const teams = new Set(changes.map(({ team }) => team))
  if (teams.has(null)) kept.city = (await read(ctx)).city
  else for (const team of teams) await readTeamAnew(ctx, team!)
  for (const { id } of changes) kept.seen.add(id)
  kept.since = now.subtract(LATE)
}

const underWay = new WeakMap<KeptCalendar, Promise<void>>()
const wantedAgain = new WeakSet<KeptCalendar>()

/**
 * After something was found out about a team that memory does not know: others have changed it, or the database has
 * refused what looked free. However many find out at once, it is read once more after the last of them.
 */
export async function readTeamAnew(ctx: Ctx, id: string): Promise<void> {
  const kept = await calendars(ctx).reading
  const calendar = keptTeams(ctx).get(id)
  if (!kept || !calendar) return forgetCalendar(ctx)
  const running = underWay.get(calendar)
  if (running) {
    wantedAgain.add(calendar)
    return running
  }
  const reading = (async () => {
    do {
      wantedAgain.delete(calendar)
      await readTeam(ctx, kept, id, calendar)
    } while (wantedAgain.has(calendar))
  })().finally(() => underWay.delete(calendar))
  underWay.set(calendar, reading)
  return reading
}

async function readTeam(ctx: Ctx, kept: Kept, id: string, calendar: KeptCalendar): Promise<void> {
  const reading = calendar.beginReading()
  try {
    const plan = await readPlan(outside(ctx))
    const { days, teams } = kept.city
    const team = plan.teams.find((one) => one.id === id)
    // Whoever releases further ahead needs more days, and all calendars have the same.
    if (!team || daysAhead(plan) > days.length) return forgetCalendar(ctx)
    reading.place(await calendarOf(ctx, plan, team, days))
    kept.city = { ...kept.city, teams: teams.map((one) => (one.team.id === id ? { team, calendar } : one)) }
  } finally {
    reading.abandon()
  }
}
