import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { Booking } from '../domain/booking.ts'
import { BOOKING } from './bookings.ts'

/** What becomes of an appointment at whose time nobody works any more. */
export const CHOICES = ['reseat', 'move', 'write', 'leave'] as const
export type Choice = (typeof CHOICES)[number]

export type Outcome = 'reseated' | 'moved' | 'written' | 'left' | 'no-time' | 'call' | 'gone'
export type ChangeKind = 'rule' | 'closure' | 'block' | 'duty' | 'qualification'

export interface PlanChange {
  readonly id: string
  readonly kind: ChangeKind
  readonly subject: string
  readonly offices: readonly string[]
  readonly teams: readonly string[]
  /** For those that nobody chose for. */
  readonly choice: Choice
  /** The day from which new opening hours apply; null: at once. */
  readonly from: Temporal.PlainDate | null
  readonly madeBy: string | null
  readonly madeAt: Temporal.Instant
}

const CHANGE = sql`c.id, c.kind, c.subject, c.offices, c.teams, c.choice, c.from_day as "from",
  c.made_by as "madeBy", c.made_at as "madeAt"`

/** Until the transaction is over nobody else changes when these teams work; in one order, so that two never wait for each other. */
export const lockTeams = (ctx: Ctx, teams: readonly string[]): Promise<{ id: string }[]> =>
  many(
    ctx.db,
    sql<{ id: string }>`select id from appointments_team where id = any(${[...teams]}::text[]) order by id for update`,
  )

export async function insertPlanChange(ctx: Ctx, change: Omit<PlanChange, 'madeBy' | 'madeAt'>): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_plan_change (id, kind, subject, offices, teams, choice, from_day, made_by,
        made_at)
      values (${change.id}, ${change.kind}, ${change.subject}::uuid, ${[...change.offices]}::text[],
        ${[...change.teams]}::text[], ${change.choice}, ${change.from}::date, ${ctx.account?.id ?? null}::uuid, ${ctx.clock.now()})`,
  )
}

export const planChange = (ctx: Pick<Ctx, 'db'>, id: string): Promise<PlanChange | null> =>
  maybe(ctx.db, sql<PlanChange>`select ${CHANGE} from appointments_plan_change c where c.id::text = ${id}`)

export interface ListedChange extends PlanChange {
  readonly hits: number
  /** Those with which something is still to be done. */
  readonly open: number
}

/** Changes that hit appointments of one of these teams, the last one first. */
export const changesWithHits = (
  ctx: Pick<Ctx, 'db'>,
  teams: readonly string[],
  limit: number,
): Promise<ListedChange[]> =>
  many(
    ctx.db,
    sql<ListedChange>`select ${CHANGE}, count(*)::int as hits, (count(*) filter (where d.outcome is null))::int as open
      from appointments_plan_change c join appointments_displaced d on d.change = c.id
      where c.teams && ${[...teams]}::text[] group by c.id order by c.made_at desc, c.id limit ${limit}`,
  )

type Hit = Pick<Booking, 'id' | 'startsAt'> & { readonly choice: Choice }

/** What is left as it is needs nobody any more. */
export async function insertDisplaced(ctx: Ctx, change: string, hits: readonly Hit[]): Promise<void> {
  const rows = hits.map(({ id, startsAt, choice }) => ({ id, was: startsAt.toString(), choice }))
  await exec(
    ctx.db,
    sql`insert into appointments_displaced (change, booking, choice, was_at, outcome, done_at)
      select ${change}::uuid, id, choice, was, case when choice = 'leave' then 'left' end,
        case when choice = 'leave' then ${ctx.clock.now()}::timestamptz end
      from jsonb_to_recordset(${json(rows)}) as h (id uuid, was timestamptz, choice text)
      on conflict do nothing`,
  )
}

export interface Displaced {
  readonly booking: string
  readonly choice: Choice
  readonly wasAt: Temporal.Instant
  readonly outcome: Outcome | null
}

const DISPLACED = sql`d.booking, d.choice, d.was_at as "wasAt", d.outcome`

/** With which something is to be done, the next one first. */
export const openDisplaced = (ctx: Pick<Ctx, 'db'>, change: string): Promise<Displaced[]> =>
  many(
    ctx.db,
    sql<Displaced>`select ${DISPLACED} from appointments_displaced d
      where d.change = ${change}::uuid and d.outcome is null order by d.was_at, d.booking`,
  )

/** Null: somebody else has done it, or is about to. */
export const lockDisplaced = (ctx: Ctx, change: string, booking: string): Promise<Displaced | null> =>
  maybe(
    ctx.db,
    sql<Displaced>`select ${DISPLACED} from appointments_displaced d
      where d.change = ${change}::uuid and d.booking = ${booking}::uuid and d.outcome is null for update skip locked`,
  )

export async function setOutcome(ctx: Ctx, change: string, booking: string, outcome: Outcome): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_displaced set outcome = ${outcome}, done_at = ${ctx.clock.now()}
      where change = ${change}::uuid and booking = ${booking}::uuid`,
  )
}

/** With the appointment as it stands now; null where it is kept no longer. */
export async function displacedWithBookings(
  ctx: Pick<Ctx, 'db'>,
  change: string,
): Promise<(Displaced & { readonly now: Booking | null })[]> {
  const rows = await many(
    ctx.db,
    sql<Displaced>`select ${DISPLACED} from appointments_displaced d where d.change = ${change}::uuid
      order by d.was_at, d.booking`,
  )
  const bookings = await many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking
      where id in (select booking from appointments_displaced where change = ${change}::uuid)`,
  )
  const byId = new Map(bookings.map((booking) => [booking.id, booking]))
  return rows.map((row) => ({ ...row, now: byId.get(row.booking) ?? null }))
}

/**
 * Appointments to come of these teams, those included that are held or reserved just now.
 * @param since only what was made or changed from then on
 */
export const comingBookings = (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  teams: readonly string[],
  since: Temporal.Instant | null = null,
): Promise<Booking[]> =>
  many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking
      where team = any(${[...teams]}::text[]) and starts_at > ${ctx.clock.now()} and state <> 'cancelled'
        and (expires_at is null or expires_at > ${ctx.clock.now()})
        and (${since}::timestamptz is null or changed_at >= ${since}::timestamptz)
      order by starts_at, id`,
  )

/** Those of which no change says what becomes of them at the time that they have now. */
export async function untold(ctx: Pick<Ctx, 'db'>, bookings: readonly string[]): Promise<ReadonlySet<string>> {
  const told = await many(
    ctx.db,
    sql<{ id: string }>`select distinct d.booking as id from appointments_displaced d
      join appointments_booking b on b.id = d.booking and b.starts_at = d.was_at
      where d.booking = any(${[...bookings]}::uuid[])`,
  )
  const known = new Set(told.map(({ id }) => id))
  return new Set(bookings.filter((id) => !known.has(id)))
}

/** The last change that hit each of them at the time that it has, and what was done about it. */
export const lastHits = (
  ctx: Pick<Ctx, 'db'>,
  bookings: readonly string[],
): Promise<
  (Pick<PlanChange, 'id' | 'kind' | 'from'> & { readonly booking: string; readonly outcome: Outcome | null })[]
> =>
  many(
    ctx.db,
    sql`select distinct on (d.booking) d.booking, d.outcome, c.id, c.kind, c.from_day as "from"
      from appointments_displaced d join appointments_plan_change c on c.id = d.change
      join appointments_booking b on b.id = d.booking and b.starts_at = d.was_at
      where d.booking = any(${[...bookings]}::uuid[]) order by d.booking, c.made_at desc`,
  )

export const forgetPlanChanges = (ctx: Pick<Ctx, 'db'>, before: Temporal.Instant): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_plan_change where made_at < ${before}`)
