import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import type { Answer, CityHandle } from '#src/testing/handle.ts'
import { forgetCalendar } from '../calendars.ts'
import type { OpeningRule } from '../domain/rule.ts'
import { insertRules, readPlan, type NamedTeam } from '../store/plan.ts'
import { bookedAt } from './booked.ts'
import { mornings } from './plan.ts'
import { hiddenOn } from './visitor.ts'

/** A clerk of the citizens' office, and one of another unit. */
export const LAURA = 'laura.oeztuerk@musterstadt.example'
export const BIRGIT = 'birgit.geiger@musterstadt.example'

export type Typed = Record<string, string | string[]>

/** What a form sends when nothing is changed in it; of two forms with a field of the same name the first. */
export function fieldsOn({ body }: Pick<Answer, 'body'>): Typed {
  const fields: Typed = { ...hiddenOn({ body }) }
  for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
    const [name, value, type] = ['name', 'value', 'type'].map((key) => new RegExp(` ${key}="([^"]*)"`).exec(tag)?.[1])
    if (!name || type === 'hidden') continue
    if (type === 'checkbox' || type === 'radio') {
      if (!/ checked/.test(tag)) continue
      fields[name] = type === 'radio' ? value! : [...[fields[name] ?? []].flat(), value!]
    } else fields[name] ??= value ?? ''
  }
  for (const [, name, options] of body.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name!] = /value="([^"]*)" selected/.exec(options!)?.[1] ?? ''
  return fields
}

export const at = (day: Temporal.PlainDate, time: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime: time }).toInstant()

export interface Desk {
  readonly team: NamedTeam
  readonly service: string
  readonly rule: OpeningRule
  /** The next ones on which there is work. */
  readonly mondays: readonly Temporal.PlainDate[]
  readonly book: (start: Temporal.Instant, email: string) => Promise<string>
}

/** The first team of the citizens' office, as if it began today: one counter on weekdays from 8 to 12, and nobody has booked. */
export async function freshDesk(city: CityHandle, more: Partial<OpeningRule> = {}): Promise<Desk> {
  const ctx = await city.ctx()
  const { db } = ctx
  const team = (await readPlan(ctx)).teams.find(({ id }) => id.endsWith('-buergeramt'))!
  await exec(db, sql`delete from appointments_occupancy where team = ${team.id}`)
  await exec(db, sql`delete from appointments_booking where team = ${team.id} and starts_at > ${ctx.clock.now()}`)
  for (const table of ['rule', 'block', 'duty'])
    await exec(db, sql`delete from ${sql.table(`appointments_${table}`)} where team = ${team.id}`)
  await exec(db, sql`delete from appointments_closure`)
  await exec(db, sql`delete from appointments_ability where unit = ${team.unit}`)
  const now = today(ctx.clock)
  const rule = mornings(team.id, 1, { firstDay: now.subtract({ weeks: 1 }), ...more })
  await insertRules(ctx, [rule])
  forgetCalendar(ctx)
  const first = now.add({ days: 8 - now.dayOfWeek })
  const mondays = Array.from({ length: 11 }, (_, week) => first.add({ weeks: week })).filter((day) => !holidayOn(day))
  const service = team.services[0]!
  const book = (start: Temporal.Instant, email: string) =>
    bookedAt(city, { office: team.office, start, services: [service] }, email)
  return { team, service, rule, mondays, book }
}

/** What became of those whom a change hit, in the order of their times. */
export const outcomesOf = async (city: CityHandle, change: string) =>
  many(
    (await city.ctx()).db,
    sql<{ booking: string; outcome: string | null }>`select booking, outcome from appointments_displaced
      where change = ${change}::uuid order by was_at`,
  )

/** When an appointment begins, as it stands in the database. */
export async function startOf(city: CityHandle, booking: string): Promise<string> {
  const [row] = await many(
    (await city.ctx()).db,
    sql<{ at: Temporal.Instant }>`select starts_at as at from appointments_booking where id = ${booking}::uuid`,
  )
  return row!.at.toString()
}
