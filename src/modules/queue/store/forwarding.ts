import type { Ctx } from '#platform/context.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
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

export interface SentRow {
  readonly way: 'away' | 'here' | 'within'
  readonly ticket: string
  /** Of another office. */
  readonly next: string | null
  /** The other one. */
  readonly office: string
  readonly counter: string | null
  readonly at: Temporal.Instant
}

/** Who was sent on from an office or within it since then, and who came from another one and is not at a counter yet. */
export const sentOnIn = (
  ctx: Pick<Ctx, 'db'>,
  office: string,
  { day, since }: { readonly day: Temporal.PlainDate; readonly since: Temporal.Instant },
): Promise<SentRow[]> =>
  many(
    ctx.db,
    sql<SentRow>`select 'away' as way, was.ticket, next.ticket as next, next.office, null::uuid as counter, was.finished_at as at
      from queue_visit was join queue_visit next on next.id = was.forwarded_to
      where was.office = ${office} and was.state = 'forwarded' and was.finished_at > ${since}
      union all
      select 'here', was.ticket, next.ticket, was.office, null, next.arrived_at
      from queue_visit next join queue_visit was on was.forwarded_to = next.id
      where next.office = ${office} and next.day = ${day} and next.state in ('waiting', 'called')
        and next.forwarded_from is not null
      union all
      select 'within', ticket, null, office, wanted_counter, sent_on_at from queue_visit
      where office = ${office} and state = 'waiting' and calls = 0 and sent_on_at > ${since}`,
  )
