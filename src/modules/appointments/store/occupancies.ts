import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { json } from '#platform/db/json.ts'
import type { Occupancy } from '../domain/team-lanes.ts'
import { CELL_MS, instantOf } from '../domain/cells.ts'

/** What is taken of one team from that cell on. Cells are made in the database: there may be hundreds of thousands. */
export const occupancies = (ctx: Pick<Ctx, 'db' | 'clock'>, team: string, from: number): Promise<Occupancy[]> =>
  many(
    ctx.db,
    sql<Occupancy>`select booking as id, lane, (extract(epoch from lower(during)) * 1000 / ${CELL_MS})::int as "from",
        (extract(epoch from upper(during)) * 1000 / ${CELL_MS})::int as "to", until
      from appointments_occupancy where team = ${team} and upper(during) > ${instantOf(from)}
        and (until is null or until > ${ctx.clock.now()})`,
  )

/** Somebody's wish for one stretch of one lane, before there is a name to it. */
export interface WantedHold {
  readonly id: string
  readonly office: string
  readonly team: string
  readonly lane: string
  readonly from: number
  readonly to: number
  readonly services: readonly string[]
  readonly people: number
  readonly variant: string
  readonly audience: string
  readonly codeHash: string
  readonly account: string | null
  readonly locale: string
  readonly expiresAt: Temporal.Instant
  readonly arrivalCode: string
}

/**
 * Takes each wanted stretch that is free, in one statement for all: those that ran out go first, and where somebody else
 * has the stretch the database refuses it. Returns the ids of those that were taken. One statement of a city after the other:
 * two that want the same stretches in another order would each wait for what the other has.
 */
export async function takeHolds(ctx: Ctx, by: string, wanted: readonly WantedHold[]): Promise<string[]> {
  const now = ctx.clock.now()
  const rows = wanted.map(({ from, to, expiresAt, ...hold }) => ({
    ...hold,
    startsAt: instantOf(from).toString(),
    endsAt: instantOf(to).toString(),
    expiresAt: expiresAt.toString(),
  }))
  const taken = await many(
    ctx.db,
    sql<{ id: string }>`
      with turn as materialized (
        select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenant.id}:appointments.holds`}, 0))
      ), wanted as materialized (
        select w.* from turn, jsonb_to_recordset(${json(rows)}) as w (id uuid, office text, team text, lane text,
          "startsAt" timestamptz, "endsAt" timestamptz, services jsonb, people int, variant text, audience text,
          "codeHash" text, account uuid, locale text, "expiresAt" timestamptz, "arrivalCode" text)
      ), lapsed as (
        delete from appointments_occupancy o using wanted w
        where o.lane = w.lane and o.during && tstzrange(w."startsAt", w."endsAt") and o.until <= ${now}
        returning 1
      ), taken as (
        insert into appointments_occupancy (booking, team, lane, during, until)
        select id, team, lane, tstzrange("startsAt", "endsAt"), "expiresAt" from wanted
        where (select count(*) from lapsed) >= 0
        on conflict do nothing returning booking
      ), kept as (
        insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
          audience, code_hash, account, locale, expires_at, arrival_code, made_at, changed_at)
        select id, 'held', office, team, lane, "startsAt", "endsAt", array(select jsonb_array_elements_text(services)),
          people, variant, audience, decode("codeHash", 'hex'), account, locale, "expiresAt",
          "arrivalCode", ${now}, ${now}
        from wanted where id in (select booking from taken)
      ), told as (
        insert into appointments_change (team, by, at)
        select distinct team, ${by}::uuid, ${now}::timestamptz from wanted where id in (select booking from taken)
      )
      select booking as id from taken`,
  )
  return taken.map(({ id }) => id)
}

/** Until when a booking keeps its stretch; null: for good. False where somebody else has taken it over. */
export async function keepUntil(ctx: Ctx, booking: string, until: Temporal.Instant | null): Promise<boolean> {
  const touched = await exec(ctx.db, sql`update appointments_occupancy set until = ${until} where booking = ${booking}`)
  return touched === 1
}

/** What a booking had becomes nobody's until `until`, and what a hold has becomes the booking's. */
export async function exchange(
  ctx: Ctx,
  { booking, hold, nobody, until }: { booking: string; hold: string; nobody: string; until: Temporal.Instant },
): Promise<boolean> {
  await exec(
    ctx.db,
    sql`update appointments_occupancy set booking = ${nobody}, until = ${until} where booking = ${booking}`,
  )
  const touched = await exec(
    ctx.db,
    sql`update appointments_occupancy set booking = ${booking}, until = null where booking = ${hold}`,
  )
  return touched === 1
}

/** The same stretch of another lane. False where somebody has it. */
export async function changeLane(ctx: Ctx, booking: string, lane: string): Promise<boolean> {
  await exec(
    ctx.db,
    sql`delete from appointments_occupancy o using appointments_occupancy own
      where own.booking = ${booking}::uuid and o.lane = ${lane} and o.during && own.during
        and o.until <= ${ctx.clock.now()}`,
  )
  const taken = newId()
  const touched = await exec(
    ctx.db,
    sql`insert into appointments_occupancy (booking, team, lane, during)
      select ${taken}::uuid, team, ${lane}, during from appointments_occupancy where booking = ${booking}::uuid
      on conflict do nothing`,
  )
  if (touched === 0) return false
  await exec(ctx.db, sql`delete from appointments_occupancy where booking = ${booking}::uuid`)
  await exec(ctx.db, sql`update appointments_occupancy set booking = ${booking}::uuid where booking = ${taken}::uuid`)
  return true
}

/** What nobody has confirmed: a hold or a reservation. */
export async function deleteHold(ctx: Ctx, id: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_occupancy where booking = ${id}`)
  await exec(ctx.db, sql`delete from appointments_booking where id = ${id} and state in ('held', 'reserved')`)
}
