import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Waiting, WaitingState } from '../domain/waiting.ts'
import { withId } from './bookings.ts'

/** As it is kept, with whom to tell. */
export interface WaitingRow extends Waiting {
  readonly account: string | null
  readonly email: string
  readonly locale: Locale
  readonly expiresAt: Temporal.Instant
}

const WAITING = sql`id, state, services, people, variant, offices, from_day::text as "fromDay",
  last_day::text as "lastDay", weekdays, before, account,
  email, locale, made_at as "madeAt", told_at as "toldAt", expires_at as "expiresAt"`

export type NewWaiting = Omit<WaitingRow, 'madeAt' | 'toldAt'>

export async function insertWaiting(ctx: Pick<Ctx, 'db' | 'clock'>, row: NewWaiting, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_waiting (id, state, services, people, variant, offices, from_day, last_day, weekdays,
        before, account, email, locale, code_hash, made_at, expires_at)
      values (${row.id}, ${row.state}, ${[...row.services]}::text[], ${row.people}, ${row.variant}, ${[...row.offices]}::text[],
        ${row.fromDay}::date, ${row.lastDay}::date, ${[...row.weekdays]}::int[], ${row.before}, ${row.account}::uuid, ${row.email}, ${row.locale},
        decode(${codeHash}, 'hex'), ${ctx.clock.now()}, ${row.expiresAt})`,
  )
}

/** One at a time for a mail address: its wishes are counted before one is added. In a transaction. */
export async function lockMailOfWaiting(ctx: Pick<Ctx, 'db' | 'tenant'>, email: string): Promise<void> {
  const key = sql`${`${ctx.tenant.id}:appointments.waiting:`} || lower(${email})`
  await exec(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}

/** So long the link of a mail can be followed that nobody has followed yet. */
const TO_CONFIRM: Temporal.DurationLike = { hours: 24 }

/**
 * Wishes under a mail address: those that are open, and those of a day that nobody has confirmed, whenever they end: each
 * of them was a mail to somebody who may not want it.
 */
export const countWaiting = (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  email: string,
): Promise<{ open: number; unconfirmed: number }> =>
  one(
    ctx.db,
    sql<{ open: number; unconfirmed: number }>`select
        (count(*) filter (where state <> 'unconfirmed' and expires_at > ${ctx.clock.now()}))::int as open,
        (count(*) filter (where state = 'unconfirmed' and made_at > ${ctx.clock.now().subtract(TO_CONFIRM)}))::int as unconfirmed
      from appointments_waiting where lower(email) = lower(${email})`,
  )

/** For who holds a code of it; null where there is none, and where its time is over. */
export const waitingWithCode = (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  id: string,
  codeHash: string,
): Promise<WaitingRow | null> =>
  maybe(
    ctx.db,
    sql<WaitingRow>`select ${WAITING} from appointments_waiting
      where ${withId(id)} and decode(${codeHash}, 'hex') in (code_hash, later_code_hash)
        and expires_at > ${ctx.clock.now()}`,
  )

export const waitingOfAccount = (ctx: Pick<Ctx, 'db' | 'clock'>, account: string): Promise<WaitingRow[]> =>
  many(
    ctx.db,
    sql<WaitingRow>`select ${WAITING} from appointments_waiting
      where account = ${account}::uuid and expires_at > ${ctx.clock.now()} order by made_at`,
  )

/** Everybody who waits or was told since then. */
export const waitingSince = (ctx: Pick<Ctx, 'db' | 'clock'>, toldSince: Temporal.Instant): Promise<WaitingRow[]> =>
  many(ctx.db, sinceThen(ctx, toldSince))

/** The same, locked, so that no two programs tell the same person. */
export const lockWaiting = (ctx: Pick<Ctx, 'db' | 'clock'>, toldSince: Temporal.Instant): Promise<WaitingRow[]> =>
  many(ctx.db, sql<WaitingRow>`${sinceThen(ctx, toldSince)} for update`)

const sinceThen = (ctx: Pick<Ctx, 'clock'>, toldSince: Temporal.Instant) => sql<WaitingRow>`
  select ${WAITING} from appointments_waiting
  where expires_at > ${ctx.clock.now()} and (state = 'waiting' or (state = 'told' and told_at > ${toldSince}))
  order by made_at`

export async function setWaitingState(ctx: Pick<Ctx, 'db'>, id: string, state: WaitingState): Promise<void> {
  await exec(ctx.db, sql`update appointments_waiting set state = ${state} where id = ${id}`)
}

/** With the code that the mail carries. */
export async function setTold(ctx: Pick<Ctx, 'db' | 'clock'>, id: string, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_waiting set state = 'told', told_at = ${ctx.clock.now()},
      later_code_hash = decode(${codeHash}, 'hex') where id = ${id}`,
  )
}

export async function deleteWaiting(ctx: Pick<Ctx, 'db'>, id: string): Promise<void> {
  await exec(ctx.db, sql`delete from appointments_waiting where id = ${id}`)
}

export const deleteWaitingOfAccount = (ctx: Pick<Ctx, 'db'>, account: string): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_waiting where account = ${account}::uuid`)

/** Those whose time is over, and those that nobody has confirmed within a day. */
export const deleteOldWaiting = (ctx: Pick<Ctx, 'db' | 'clock'>): Promise<number> =>
  exec(
    ctx.db,
    sql`delete from appointments_waiting where case when state = 'unconfirmed'
      then made_at < ${ctx.clock.now().subtract(TO_CONFIRM)} else expires_at < ${ctx.clock.now()} end`,
  )
