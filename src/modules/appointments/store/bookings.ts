import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { Booking, BookingState } from '../domain/booking.ts'
import { REMINDED_FROM } from '../domain/reminding.ts'

export const BOOKING = sql`id, state, office, team, lane, starts_at as "startsAt", ends_at as "endsAt", services, people, variant,
  audience, account, name, email, telephone, locale, reminder, search, sequence, expires_at as "expiresAt",
  arrival_code as "arrivalCode", attended_at as "attendedAt", told_displaced as "isToldDisplaced",
  calendar_changes as "calendarChanges"`

/** What opens a booking: a code of it, the code of its mail alone, the account that it belongs to, or work in its team. */
export type Key =
  | { readonly codeHash: string }
  | { readonly mailCodeHash: string }
  | { readonly account: string }
  | { readonly teams: readonly string[] }

/** What whoever made a booking has: a code of it, or their account. */
export type HolderKey = Extract<Key, { readonly codeHash: string } | { readonly account: string }>

function opens(key: Key) {
  if ('account' in key) return sql`account = ${key.account}::uuid`
  if ('mailCodeHash' in key) return sql`mail_code_hash = decode(${key.mailCodeHash}, 'hex')`
  if ('teams' in key) return sql`team = any(${[...key.teams]}::text[])`
  return sql`(decode(${key.codeHash}, 'hex') in (code_hash, mail_code_hash) or exists (
    select from appointments_code c where c.booking = id and c.code_hash = decode(${key.codeHash}, 'hex')))`
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What is no id belongs to no booking. */
export const withId = (id: string) => (UUID.test(id) ? sql`id = ${id}::uuid` : sql`false`)

/** For who holds its key, and until the transaction is over for nobody else to change. */
export const lockBooking = (ctx: Ctx, id: string, key: Key): Promise<Booking | null> =>
  maybe(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking where ${withId(id)} and ${opens(key)} for update`,
  )

export const bookingWithKey = (ctx: Ctx, id: string, key: Key): Promise<Booking | null> =>
  maybe(ctx.db, sql<Booking>`select ${BOOKING} from appointments_booking where ${withId(id)} and ${opens(key)}`)

/** The booking that took over the time of that hold last, for who had the code of the hold, too, where they came with one. */
export const bookingMovedWith = (
  ctx: Ctx,
  id: string,
  key: Key,
  { hold, holdKey }: { readonly hold: string; readonly holdKey: Key },
): Promise<Booking | null> =>
  maybe(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking where ${withId(id)} and ${opens(key)} and moved_with::text = ${hold}
      and ${'codeHash' in holdKey ? sql`moved_with_code = decode(${holdKey.codeHash}, 'hex')` : opens(holdKey)}`,
  )

/** Whether there is one, whoever may open it. */
export const isThere = async (ctx: Pick<Ctx, 'db'>, id: string): Promise<boolean> =>
  (await maybe(ctx.db, sql`select from appointments_booking where ${withId(id)}`)) !== null

/** For whom another right than a key was found. */
export const bookedWithId = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Booking | null> =>
  maybe(ctx.db, sql<Booking>`select ${BOOKING} from appointments_booking where ${withId(id)} and state = 'booked'`)

/** Booked without an account under exactly that address, what follows a plus included, and to come: the next one first. */
export const bookedOfAddress = (ctx: Pick<Ctx, 'db' | 'clock'>, email: string): Promise<Booking[]> =>
  many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking where lower(email) = lower(${email}) and account is null
      and state = 'booked' and starts_at > ${ctx.clock.now()} order by starts_at limit 20`,
  )

/** All that the city keeps of an account, the next one first. */
export const bookingsOfAccount = (ctx: Ctx, account: string): Promise<Booking[]> =>
  many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking where account = ${account}::uuid order by starts_at`,
  )

/** By which search it was found; nothing that anybody is told of. */
export async function keepSearch(ctx: Pick<Ctx, 'db'>, id: string, search: string): Promise<void> {
  await exec(ctx.db, sql`update appointments_booking set search = ${search} where id = ${id}::uuid`)
}

/** Another code, for a mail that the city sends of its own accord. */
export async function addCode(ctx: Pick<Ctx, 'db'>, id: string, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_code (booking, code_hash) values (${id}::uuid, decode(${codeHash}, 'hex'))`,
  )
}

/** Another state; a change that calendars are told of. */
export async function setBookingState(ctx: Ctx, id: string, state: BookingState): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set state = ${state}, expires_at = null, sequence = sequence + 1,
      changed_at = ${ctx.clock.now()} where id = ${id}`,
  )
}

/** Another counter at the same time: no change that anybody is told of. */
export async function setLane(ctx: Ctx, id: string, lane: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set lane = ${lane}, changed_at = ${ctx.clock.now()} where id = ${id}::uuid`,
  )
}

/** Puts a booking where the hold is, which is gone with that. Whoever moves it to a near day is not reminded of it. */
export async function moveBookingTo(ctx: Ctx, id: string, hold: string): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`update appointments_booking b set office = h.office, team = h.team, lane = h.lane, starts_at = h.starts_at,
        ends_at = h.ends_at, sequence = b.sequence + 1, told_displaced = false, moved_with = h.id,
        reminded_at = case when h.starts_at <= ${now.add(REMINDED_FROM)} then ${now}::timestamptz end,
        moved_with_code = h.code_hash, changed_at = ${now}
      from appointments_booking h where b.id = ${id} and h.id = ${hold}`,
  )
  await exec(ctx.db, sql`delete from appointments_booking where id = ${hold}`)
}
