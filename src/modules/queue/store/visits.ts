import type { Ctx } from '#platform/context.ts'
import { many, maybe, one, sql } from '#platform/db/db.ts'
import { isId } from '#platform/http/query.ts'
import type { Call } from '../domain/room.ts'
import type { Visit } from '../domain/visit.ts'

type Db = Pick<Ctx, 'db'>

export const VISIT = sql`id, office, team, ticket, services, people, booking, state, priority,
  priority_reason as "priorityReason", booked_at as "bookedAt", arrived_at as "arrivedAt", due_at as "dueAt", called_at as "calledAt",
  announced_at as "announcedAt", calls, serving_at as "servingAt", handled_seconds as "handledSeconds",
  finished_at as "finishedAt", counter, clerk, wanted_counter as "wantedCounter", locale, push,
  forwarded_to as "forwardedTo", forwarded_from as "forwardedFrom", note, given_up as "gaveUp",
  case when told_at is not null then 'told' when email is not null or telephone is not null then 'wanted' else 'no' end
    as telling`

/** Who came to an office on that day and is there, or was called and did not come. */
export const visitsOfDay = (ctx: Db, office: string, day: Temporal.PlainDate): Promise<Visit[]> =>
  many(
    ctx.db,
    sql<Visit>`select ${VISIT} from queue_visit where office = ${office} and day = ${day} and state <> 'done'
      order by number`,
  )

/** Whose visit a counter of the office has ended since then, the last one first. */
export const finishedSince = (ctx: Db, office: string, since: Temporal.Instant): Promise<Visit[]> =>
  many(
    ctx.db,
    sql<Visit>`select ${VISIT} from queue_visit where office = ${office} and state = 'done' and finished_at > ${since}
      order by finished_at desc`,
  )

/** Who was called for the first time since then, on that day; also those who are done. */
export const callsSince = (
  ctx: Db,
  office: string,
  day: Temporal.PlainDate,
  since: Temporal.Instant,
): Promise<Call[]> =>
  many(
    ctx.db,
    sql<Call>`select team, called_at as at from queue_visit
      where office = ${office} and day = ${day} and called_at >= ${since}`,
  )

/** Only of that day: a ticket ends with the day. */
export const visitWithCode = (ctx: Db, codeHash: string, day: Temporal.PlainDate): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`select ${VISIT} from queue_visit where code_hash = decode(${codeHash}, 'hex') and day = ${day}`,
  )

export const visitOfBooking = (ctx: Db, booking: string): Promise<Visit | null> =>
  maybe(ctx.db, sql<Visit>`select ${VISIT} from queue_visit where booking = ${booking}::uuid`)

/** Which bookings have arrived in an office on that day. */
export async function bookingsArrived(ctx: Db, office: string, day: Temporal.PlainDate): Promise<ReadonlySet<string>> {
  const rows = await many(
    ctx.db,
    sql<{ booking: string }>`select booking from queue_visit
      where office = ${office} and day = ${day} and booking is not null`,
  )
  return new Set(rows.map(({ booking }) => booking))
}

/** For nobody else to change until the transaction is over. */
export const lockVisit = async (ctx: Db, id: string): Promise<Visit | null> =>
  isId(id) ? maybe(ctx.db, sql<Visit>`select ${VISIT} from queue_visit where id = ${id} for update`) : null

/** Who is at a counter or on the way there, of whatever day. */
export const visitAtCounter = (ctx: Db, counter: string): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`select ${VISIT} from queue_visit where counter = ${counter}::uuid and state in ('called', 'serving')
      for update`,
  )

export interface Contact {
  readonly id: string
  readonly email: string | null
  readonly telephone: string | null
  readonly push: boolean
}

/** Who waits in an office and wants to be told when it is soon their turn. */
export const contactsToTell = (ctx: Db, office: string, day: Temporal.PlainDate): Promise<Contact[]> =>
  many(
    ctx.db,
    sql<Contact>`select id, email, telephone, push from queue_visit
      where office = ${office} and day = ${day} and state = 'waiting' and told_at is null
        and (email is not null or telephone is not null or push)`,
  )

/** How somebody who waits can be reached, told already or not. */
export const contactOf = (ctx: Db, id: string): Promise<Contact> =>
  one(ctx.db, sql<Contact>`select id, email, telephone, push from queue_visit where id = ${id}::uuid`)

export const visitById = (ctx: Db, id: string): Promise<Visit | null> =>
  maybe(ctx.db, sql<Visit>`select ${VISIT} from queue_visit where id = ${id}`)

/** One of that day. */
export const visitOfDay = async (ctx: Db, id: string, day: Temporal.PlainDate): Promise<Visit | null> =>
  isId(id) ? maybe(ctx.db, sql<Visit>`select ${VISIT} from queue_visit where id = ${id} and day = ${day}`) : null
