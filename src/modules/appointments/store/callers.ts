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

function matches(caller: Caller) {
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
      return sql`((${sql.join(words, sql` and `)}) or arrival_code = ${caller.arrivalCode})`
    }
  }
}

/**
 * Appointments of the units in which the account has the permission: those to come first, the next one first, then those
 * that are over. Booked, cancelled, or still to be confirmed; who is typing just now is nobody's business.
 */
export const bookingsOfCaller = (
  ctx: Pick<Ctx, 'db' | 'clock' | 'account'>,
  permission: string,
  caller: Caller,
  { day, limit }: { readonly day: Temporal.PlainDate | null; readonly limit: number },
): Promise<Booking[]> => {
  const now = ctx.clock.now()
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(CITY_TIME_ZONE).toInstant()
  const onDay = day ? sql`starts_at >= ${startOf(day)} and starts_at < ${startOf(day.add({ days: 1 }))}` : sql`true`
  return many(
    ctx.db,
    sql<Booking>`select ${BOOKING} from appointments_booking
      where name is not null and ${matches(caller)} and ${onDay}
        and (state in ('booked', 'cancelled') or (state = 'reserved' and expires_at > ${now}))
        and team in (select t.id from appointments_team t where ${permittedIn(ctx, permission, 't.unit')})
      order by starts_at < ${now}, abs(extract(epoch from starts_at - ${now}::timestamptz)), id limit ${limit}`,
  )
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
