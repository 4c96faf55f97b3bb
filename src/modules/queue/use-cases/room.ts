import { bookableServices } from '#modules/appointments/public.ts'
import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { perCity } from '#platform/per-city.ts'
import { today } from '#platform/time/clock.ts'
import { UNKNOWN_MINUTES, type Handling } from '../domain/estimate.ts'
import { PACE_MINUTES, type Room } from '../domain/room.ts'
import { SENT_ON_MINUTES, type SentOn } from '../domain/sent-on.ts'
import { officeAndCounters } from '../store/counters.ts'
import { sentOnIn } from '../store/forwarding.ts'
import { measuredMinutes } from '../store/handling.ts'
import { callsSince, visitsOfDay } from '../store/visits.ts'

/** How far back measured times count, in days, and for how long they are kept in memory, in milliseconds. */
const DAYS_MEASURED = 28
const KEPT_MS = 10 * 60_000

/** An office as it is now; with the handling times that the caller has read, if it has. */
export async function readRoom(ctx: Ctx, office: string, known?: Handling): Promise<Room> {
  // First: what is read afterwards is then at least as new as the version says.
  const day = today(ctx.clock)
  const { version, isFull, counters } = await officeAndCounters(ctx, office, day)
  const visits = await visitsOfDay(ctx, office, day)
  const calls = await callsSince(ctx, office, day, ctx.clock.now().subtract({ minutes: PACE_MINUTES }))
  return {
    office,
    version,
    isFull,
    counters,
    visits,
    calls,
    sentOn: await sentOn(ctx, office),
    handling: known ?? (await handlingIn(ctx, office)),
  }
}

async function sentOn(ctx: Ctx, office: string): Promise<SentOn[]> {
  const since = ctx.clock.now().subtract({ minutes: SENT_ON_MINUTES })
  const rows = await sentOnIn(ctx, office, { day: today(ctx.clock), since })
  return Promise.all(
    rows.map(async ({ way, ticket, at, next, counter, ...row }): Promise<SentOn> => {
      if (way === 'within' || next === null) return { way: 'within', ticket, at, counter }
      const name = (await officeBySlug(ctx, row.office))?.name ?? { de: row.office, en: row.office }
      return { way, ticket, at, next, office: name }
    }),
  )
}

type Measured = Handling['measured']
/** By office. */
const kept = perCity(() => new Map<string, { readonly at: number; readonly measured: Promise<Measured> }>())

/** Not within a transaction that others wait for: it may take a second connection. */
export async function handlingIn(ctx: Ctx, office: string): Promise<Handling> {
  const services = await bookableServices(ctx)
  const planned = (slug: string, people: number) => {
    const service = services.get(slug)
    return service ? service.baseMinutes + service.personMinutes * people : UNKNOWN_MINUTES
  }
  return { measured: await measured(ctx, office), planned }
}

function measured(ctx: Ctx, office: string): Promise<Measured> {
  const offices = kept(ctx)
  const found = offices.get(office)
  if (found && performance.now() - found.at < KEPT_MS) return found.measured
  // Outside of the caller's transaction, which may be over before others read it.
  const outside = { db: ctx.app.tenants.db(ctx.tenant) }
  const reading = measuredMinutes(outside, office, ctx.clock.now().subtract({ hours: 24 * DAYS_MEASURED }))
  offices.set(office, { at: performance.now(), measured: reading })
  reading.catch(() => offices.delete(office))
  return reading
}
