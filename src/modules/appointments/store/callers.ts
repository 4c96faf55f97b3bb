import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import type { Booking } from '../domain/booking.ts'
import type { Caller } from '../typed-caller.ts'
import { BOOKING, withId } from './bookings.ts'

/** Among 700,000 bookings "li wu" took 6.6 s anywhere in a name, and takes 16 ms at the beginning of its words. */
const SHORT = 3
const startOf = (word: string) => (word.length < SHORT ? ' ' : '')
const likeSafe = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

interface Span {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** As in the index of names: counted from 1970, each from a Thursday. */
const WEEK_SECONDS = 604_800
const WEEK = sql`floor(extract(epoch from starts_at at time zone 'UTC') / 604800)::int`
const weekOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000 / WEEK_SECONDS)
const weeksOf = ({ from, to }: Span) =>
  Array.from({ length: weekOf(to) - weekOf(from) + 1 }, (_, i) => String(weekOf(from) + i))

function matches(caller: Caller, span: Span | null) {
  switch (caller.by) {
    case 'mail':
      // Whole where it may be whole, for the index.
      return caller.email.includes('.', caller.email.indexOf('@'))
        ? sql`lower(email) = ${caller.email}`
        : sql`lower(email) like ${`${likeSafe(caller.email)}%`}`
    case 'number':
      return withId(caller.id)
    case 'telephone':
      return sql`(plain_telephone like ${`${caller.digits}%`} or arrival_code = ${caller.arrivalCode})`
    case 'name': {
      const words = caller.words.map((word) => sql`(' ' || plain_name) like ${`%${startOf(word)}${likeSafe(word)}%`}`)
      const within = span ? sql`${WEEK} = any(${weeksOf(span)}::int[])` : sql`true`
      return sql`((${sql.join(words, sql` and `)} and ${within}) or arrival_code = ${caller.arrivalCode})`
    }
  }
}

/**
 * What is to come in that time is looked up first. Among 700,000 bookings a name that 41,000 have took 237 ms, and 2.1 s at
 * load 8, for each of them was looked up; in this and the next week it has 3,800, and takes 19 ms. Where the time does not fill
 * the page the name is rare, or the unit small, and all of it is looked up as before.
 */
const SOON: Temporal.DurationLike = { hours: 7 * 24 }

/**
 * Appointments of the units in which the account has the permission: those to come first, the next one first, then those
 * that are over. Booked, cancelled, or still to be confirmed; who is typing just now is nobody's business.
 */
export async function bookingsOfCaller(
  ctx: Pick<Ctx, 'db' | 'clock' | 'account'>,
  permission: string,
  caller: Caller,
  { day, limit }: { readonly day: Temporal.PlainDate | null; readonly limit: number },
): Promise<Booking[]> {
  const now = ctx.clock.now()
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(CITY_TIME_ZONE).toInstant()
  const found = (span: Span | null) =>
    many(
      ctx.db,
      sql<Booking>`select ${BOOKING} from appointments_booking
        where name is not null and ${matches(caller, span)}
          and ${span ? sql`starts_at >= ${span.from} and starts_at < ${span.to}` : sql`true`}
          and (state in ('booked', 'cancelled') or (state = 'reserved' and expires_at > ${now}))
          and team in (select t.id from appointments_team t where ${permittedIn(ctx, permission, 't.unit')})
        order by starts_at < ${now}, abs(extract(epoch from starts_at - ${now}::timestamptz)), id limit ${limit}`,
    )
  if (day) return found({ from: startOf(day), to: startOf(day.add({ days: 1 })) })
  if (caller.by !== 'name') return found(null)
  // Nothing that is to come later, or is over, stands before these.
  const soon = await found({ from: now, to: now.add(SOON) })
  return soon.length === limit ? soon : found(null)
}

/**
 * Another address or number of the person. The codes of earlier mails open it no longer where the address is another one:
 * they may lie in a stranger's inbox.
 * @param mailCodeHash of the code in the mail that follows; null: the address is the same
 */
export async function setContact(
  ctx: Ctx,
  id: string,
  contact: { readonly email: string | null; readonly telephone: string | null },
  mailCodeHash: string | null,
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set email = ${contact.email}, telephone = ${contact.telephone},
      sequence = sequence + 1, changed_at = ${ctx.clock.now()} where id = ${id}::uuid`,
  )
  if (mailCodeHash === null) return
  await replaceMailCodes(ctx, id, mailCodeHash)
  // Mails of what staff booked, or of what was moved on the device that booked it, hold the code of the hold.
  await exec(
    ctx.db,
    sql`update appointments_booking set code_hash = mail_code_hash where id = ${id}::uuid and state = 'booked'`,
  )
}

/** From now on this one, and none of those that were mailed before. */
export async function replaceMailCodes(ctx: Ctx, id: string, mailCodeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set mail_code_hash = decode(${mailCodeHash}, 'hex') where id = ${id}::uuid`,
  )
  await exec(ctx.db, sql`delete from appointments_code where booking = ${id}::uuid`)
}
