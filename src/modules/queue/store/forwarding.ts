import type { Ctx } from '#platform/context.ts'
import { maybe, sql } from '#platform/db/db.ts'
import type { Visit } from '../domain/visit.ts'
import type { NewVisit } from './arrivals.ts'
import { handled } from './calls.ts'
import { VISIT } from './visits.ts'

export interface NextVisit extends Pick<
  NewVisit,
  'id' | 'office' | 'team' | 'day' | 'number' | 'ticket' | 'services' | 'dueAt'
> {
  readonly note: string | null
  readonly now: Temporal.Instant
}

/**
 * Ends the visit of who is at a counter as forwarded, and begins the one in the other office. What names, reaches or opens it
 * goes along: the code on the ticket shows the new number from now on. The appointment stays with the visit that was booked.
 */
export const sendOn = (ctx: Pick<Ctx, 'db'>, id: string, next: NextVisit): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`with was as (
        select * from queue_visit where id = ${id} and state in ('called', 'serving') for update
      ), gone as (
        update queue_visit set state = 'forwarded', forwarded_to = ${next.id}::uuid, finished_at = ${next.now},
          handled_seconds = ${handled(next.now)}, serving_at = coalesce(serving_at, announced_at),
          code_hash = null, email = null, telephone = null, priority_reason = null, note = null, push = false
        where id in (select id from was) returning id
      )
      insert into queue_visit (id, office, team, day, number, ticket, services, people, state, priority, priority_reason,
        arrived_at, due_at, code_hash, telephone, email, push, locale, forwarded_from, note)
      select ${next.id}::uuid, ${next.office}, ${next.team}, ${next.day}::date, ${next.number}::int, ${next.ticket},
        ${[...next.services]}::text[], was.people, 'waiting', was.priority, was.priority_reason, ${next.now}::timestamptz,
        ${next.dueAt}::timestamptz, was.code_hash, was.telephone, was.email, was.push, was.locale, was.office, ${next.note}
      from was join gone using (id)
      returning ${VISIT}`,
  )
