import type { Ctx } from '#platform/context.ts'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Booking, BookingState, Reminder } from '../domain/booking.ts'
import { BOOKING } from './bookings.ts'
import { countedFrom, mailbox, mailboxHash, senderHash, type MailLimits } from './confirmations.ts'

export interface Person {
  readonly name: string
  readonly email: string
  readonly telephone: string | null
  /** By mail and SMS where nothing is said. */
  readonly reminder?: Reminder
}

/** A name for a held time. One of the hashes or the account has to open it. */
export interface WantedName extends Person {
  readonly id: string
  readonly codeHash: string | null
  readonly keyAccount: string | null
  /** Booked appointments to come that the mailbox may have besides; null: any number. */
  readonly most: number | null
  /** From which address it is booked and how often such mails may go out, where a mail asks to confirm it; null: none does. */
  readonly confirmation: { readonly ip: string; readonly most: MailLimits } | null
  readonly state: BookingState
  readonly expiresAt: Temporal.Instant | null
  readonly mailCodeHash: string | null
  /** Whether it is reminded of by mail alone. */
  readonly noSms: boolean
  /** Whose booking it becomes, where it is nobody's yet. */
  readonly account: string | null
  readonly locale: Locale
}

/** What `nameHolds` found, and whether it did what it was asked. */
export interface Naming {
  /** As it was before. */
  readonly booking: Booking
  /**
   * Appointments to come of that mailbox, this one left out, those booked in the same statement counted in. What is only
   * reserved counts against the account alone that reserved it: anybody can type anybody's address.
   */
  readonly others: number
  /** Whether too many mails to confirm have gone to that mailbox, counted in the same way. */
  readonly isMailedTooOften: boolean
  /** Until when it is kept where it has to be confirmed: as asked for, but not longer than until it begins. */
  readonly until: Temporal.Instant | null
  /** False where nothing was done: it had a name already, is one by telephone without a number, there are too many others or mails, it has begun, or somebody else has the time now. */
  readonly isDone: boolean
}

/** One program at a time: how many appointments an address has is counted before one is added. In a transaction. */
export async function lockNaming(ctx: Pick<Ctx, 'db' | 'tenant'>): Promise<void> {
  await exec(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenant.id}:appointments.naming`}, 0))`)
}

/** Booked appointments to come of a mailbox; nobody else confirms one of it until the transaction is over. */
export async function lockBookedOfMail(ctx: Pick<Ctx, 'db' | 'tenant' | 'clock'>, email: string): Promise<number> {
  const lock = `${ctx.tenant.id}:appointments.mailbox:`
  await exec(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${lock} || ${mailbox(sql`${email}::text`)}, 0))`)
  const { count } = await one(
    ctx.db,
    sql<{ count: number }>`select count(*)::int as count from appointments_booking o
      where ${mailbox(sql`o.email`)} = ${mailbox(sql`${email}::text`)} and o.starts_at > ${ctx.clock.now()} and o.state = 'booked'`,
  )
  return count
}

/** Another address, and another code that confirms it. */
export async function correctMail(ctx: Ctx, id: string, email: string, mailCodeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_booking set email = ${email}, mail_code_hash = decode(${mailCodeHash}, 'hex'),
      sequence = sequence + 1, changed_at = ${ctx.clock.now()} where id = ${id}::uuid`,
  )
}

/**
 * Gives holds their names, in one statement for all: who rushes for a time stands in line for the database, where each round
 * trip counts. Each id once. By id; one that is missing has no such hold.
 */
export async function nameHolds(ctx: Ctx, by: string, wanted: readonly WantedName[]): Promise<Map<string, Naming>> {
  const now = ctx.clock.now()
  const rows = wanted.map(({ confirmation, ...one }, place) => ({
    ...one,
    place,
    ip: confirmation?.ip ?? null,
    mostOfSender: confirmation?.most.ofSender ?? null,
    mostOfMailbox: confirmation?.most.ofMailbox ?? null,
    expiresAt: one.expiresAt?.toString() ?? null,
    reminder: one.reminder ?? 'mail-and-sms',
  }))
  const found = await many(
    ctx.db,
    sql<Booking & Omit<Naming, 'booking'>>`
      with wanted as materialized (
        select w.id, w."codeHash", w."keyAccount", w.most, w.ip, w."mostOfSender", w."mostOfMailbox", w.state as "newState",
          ${mailbox(sql`w.email`)} as mailbox, w."expiresAt" as "until",
          w."mailCodeHash", w.account as "newAccount", w.locale as "newLocale", w.name as "newName",
          w.email as "newEmail", w.telephone as "newTelephone", w."noSms", w.reminder as "newReminder", w.place
        from jsonb_to_recordset(${json(rows)}) as w (id uuid, "codeHash" text, "keyAccount" uuid, most int, ip text, "mostOfSender" int, "mostOfMailbox" int, state text,
          "expiresAt" timestamptz, "mailCodeHash" text, account uuid, locale text, name text, email text, telephone text,
          "noSms" boolean, reminder text, place int)
      ), found as materialized (
        select ${BOOKING} from appointments_booking b
        where id in (select id from wanted) and exists (select from wanted w where w.id = b.id
          and (decode(w."codeHash", 'hex') in (b.code_hash, b.mail_code_hash) or w."keyAccount" = b.account))
        order by id for update
      ), counted as materialized (
        select found.id, found.team, found.state, found."startsAt" <= ${now} as "hasBegun", w.most, found.variant = 'telephone' and w."newTelephone" is null as "hasNoNumber",
          -- Nobody confirms after the appointment has begun.
          case when w.until is not null then least(w.until, found."startsAt") end as until,
          (count(*) filter (where found.state = 'held' and w."newState" = 'booked') over earlier)::int + o.others as others,
          w.ip is not null and (
            count(w.ip) filter (where found.state = 'held') over earlier + c."ofMailbox" >= w."mostOfMailbox"
            or count(w.ip) filter (where found.state = 'held') over "earlierBySender" + c."ofSender" >= w."mostOfSender"
          ) as "isMailedTooOften"
        from found join wanted w on w.id = found.id cross join lateral (
          select count(*)::int as others
          from appointments_booking o
          where (${mailbox(sql`o.email`)} = w.mailbox or o.account = w."newAccount")
            and o.id <> found.id and o.starts_at > ${now}
            and (o.state = 'booked' or (o.state = 'reserved' and o.account = w."newAccount" and o.expires_at > ${now}))
        ) o cross join lateral (
          select count(*)::int as "ofMailbox",
            (count(*) filter (where c.sender = ${senderHash(sql`w."newEmail"`, sql`w.ip`)}))::int as "ofSender"
          from appointments_confirmation c
          where w.ip is not null and c.mailbox = ${mailboxHash(sql`w."newEmail"`)} and c.sent_at > ${countedFrom(now)}) c
        -- Those of this statement that may get a name: whoever names times that are not theirs keeps nobody from booking.
        window earlier as (partition by w.mailbox order by w.place rows between unbounded preceding and 1 preceding),
          "earlierBySender" as (partition by w.mailbox, w.ip order by w.place rows between unbounded preceding and 1 preceding)
      ), kept as (
        update appointments_occupancy o set until = c.until from counted c
        where o.booking = c.id and c.state = 'held' and not c."hasBegun" and not c."hasNoNumber" and (c.most is null or c.others < c.most)
          and not c."isMailedTooOften"
        returning o.booking, c.until
      ), named as (
        update appointments_booking b set state = w."newState", expires_at = kept.until, name = w."newName",
          email = w."newEmail", telephone = w."newTelephone", no_sms = w."noSms", reminder = w."newReminder", mail_code_hash = decode(w."mailCodeHash", 'hex'),
          account = coalesce(b.account, w."newAccount"), locale = w."newLocale", changed_at = ${now}
        from kept, wanted w where b.id = kept.booking and w.id = b.id
        returning b.id
      ), asked as (
        insert into appointments_confirmation (code_hash, mailbox, sender, sent_at)
        select decode(w."mailCodeHash", 'hex'), ${mailboxHash(sql`w."newEmail"`)}, ${senderHash(sql`w."newEmail"`, sql`w.ip`)}, ${now}::timestamptz
        from wanted w join named on named.id = w.id where w.ip is not null
      ), told as (
        insert into appointments_change (team, by, at)
        select distinct team, ${by}::uuid, ${now}::timestamptz from counted where id in (select booking from kept)
      )
      select found.*, counted.others, counted."isMailedTooOften", counted.until, named.id is not null as "isDone"
      from found join counted on counted.id = found.id left join named on named.id = found.id`,
  )
  return new Map(
    found.map(({ others, isMailedTooOften, until, isDone, ...booking }) => [
      booking.id,
      { booking, others, isMailedTooOften, until, isDone },
    ]),
  )
}
