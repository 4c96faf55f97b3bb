import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Counter } from '../domain/counter.ts'
import type { Priority, Visit, VisitState } from '../domain/visit.ts'
import { VISIT } from './visits.ts'

type Db = Pick<Ctx, 'db'>

export interface Desk {
  readonly counter: string
  readonly clerk: string
  readonly now: Temporal.Instant
}

/**
 * Calls the first of them who still waits. Two who call at once get two people: whom one is just taking the other skips.
 * @param ids in the order in which they are to be called
 */
export const callFirst = (ctx: Db, ids: readonly string[], { counter, clerk, now }: Desk): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`with next as (
        select id from queue_visit where id = any(${[...ids]}::uuid[]) and state = 'waiting'
        order by array_position(${[...ids]}::uuid[], id) limit 1 for update skip locked
      )
      update queue_visit set state = 'called', counter = ${counter}::uuid, clerk = ${clerk}::uuid,
        called_at = coalesce(called_at, ${now}), announced_at = ${now}, calls = calls + 1
      where id = (select id from next) returning ${VISIT}`,
  )

export const announceAgain = (ctx: Db, id: string, now: Temporal.Instant): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set announced_at = ${now}, calls = calls + 1 where id = ${id} and state = 'called'
      returning ${VISIT}`,
  )

/** Parked until now: they sit in the hall, and are called like anybody there, as often as at first. */
export const callBack = (ctx: Db, id: string, { counter, clerk, now }: Desk): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'called', counter = ${counter}::uuid, clerk = ${clerk}::uuid,
        called_at = coalesce(called_at, ${now}), announced_at = ${now}, calls = 1
      where id = ${id} and state = 'parked' returning ${VISIT}`,
  )

/** At the counter from now on. */
export const serve = (ctx: Db, id: string, now: Temporal.Instant): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'serving', serving_at = ${now}
      where id = ${id} and state = 'called' returning ${VISIT}`,
  )

/** Time at the counter until now; who was sent on without "is here" was there since the call. */
export const handled = (now: Temporal.Instant) => sql`handled_seconds + case when state in ('called', 'serving')
  then greatest(0, extract(epoch from ${now}::timestamptz - coalesce(serving_at, announced_at)))::int else 0 end`

/** Over. What names or reaches a person goes at once. */
export const endVisit = (
  ctx: Db,
  id: string,
  {
    state,
    from,
    now,
    gaveUp = false,
  }: { state: 'done' | 'absent'; from: readonly VisitState[]; now: Temporal.Instant; gaveUp?: boolean },
): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = ${state}, given_up = ${gaveUp}, finished_at = ${now},
        handled_seconds = ${state === 'done' ? handled(now) : sql`handled_seconds`},
        email = null, telephone = null, priority_reason = null, note = null
      where id = ${id} and state = any(${[...from]}::text[]) returning ${VISIT}`,
  )

/** Whoever was finished with by mistake is at the counter as if they had been all the time. */
export const reopenVisit = (ctx: Db, id: string): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'serving', finished_at = null, priority = 'normal',
        handled_seconds = greatest(0, handled_seconds - extract(epoch from finished_at - serving_at)::int)
      where id = ${id} and state = 'done' returning ${VISIT}`,
  )

/** Called by mistake: waits where they were, as if nobody had called. */
export const uncall = (ctx: Db, id: string): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'waiting', counter = null, clerk = null, calls = greatest(0, calls - 1),
        called_at = case when called_at < announced_at then called_at end, announced_at = null
      where id = ${id} and state = 'called' returning ${VISIT}`,
  )

/** Called and not there: again at that moment. */
export const callLater = (ctx: Db, id: string, dueAt: Temporal.Instant): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'waiting', due_at = ${dueAt}, counter = null, clerk = null
      where id = ${id} and state = 'called' returning ${VISIT}`,
  )

export const park = (ctx: Db, id: string, now: Temporal.Instant): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'parked', handled_seconds = ${handled(now)}, serving_at = null
      where id = ${id} and state in ('called', 'serving') returning ${VISIT}`,
  )

/** Waits for another team, or for one counter of it. When they came still counts; whoever was at a counter is told again. */
export const forward = (
  ctx: Db,
  id: string,
  { team, counter, now }: { readonly team: string; readonly counter: string | null; readonly now: Temporal.Instant },
): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'waiting', team = ${team}, wanted_counter = ${counter}::uuid,
        handled_seconds = ${handled(now)}, serving_at = null, counter = null, clerk = null, calls = 0,
        told_at = case when state = 'waiting' then told_at end, sent_on_at = ${now}
      where id = ${id} and state in ('called', 'serving', 'parked', 'waiting') returning ${VISIT}`,
  )

/**
 * Nobody sits any more at the counter that alone was to call them: whoever of its team is free first does. Also those who
 * may wait again later: who is parked or called elsewhere, and who was called in vain.
 */
export const openToTeam = async (
  ctx: Db,
  { id, office }: Pick<Counter, 'id' | 'office'>,
  today: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> =>
  void (await exec(
    ctx.db,
    sql`update queue_visit set wanted_counter = null,
        sent_on_at = case when state = 'waiting' then ${now} else sent_on_at end
      where office = ${office} and day = ${today} and wanted_counter = ${id}::uuid`,
  ))

export const setPriority = (ctx: Db, id: string, priority: Priority, reason: string | null): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set priority = ${priority}, priority_reason = ${reason}
      where id = ${id} and state in ('waiting', 'parked') returning ${VISIT}`,
  )

/** How somebody wants to be told; both null: not at all. */
export const setContact = (
  ctx: Db,
  id: string,
  { email, telephone }: { readonly email: string | null; readonly telephone: string | null },
): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set email = ${email}, telephone = ${telephone}, told_at = null
      where id = ${id} and state = 'waiting' returning ${VISIT}`,
  )

/** Whether browsers hear of it, from now on in that language. */
export const setPush = async (
  ctx: Db,
  id: string,
  { push, locale }: { readonly push: boolean; readonly locale: Locale },
): Promise<void> =>
  void (await exec(ctx.db, sql`update queue_visit set push = ${push}, locale = ${locale} where id = ${id}`))

/** Whoever is told is told once; what reached them stays until the visit ends, since they may be sent on. */
export const markTold = async (ctx: Db, id: string, now: Temporal.Instant): Promise<boolean> =>
  (await exec(
    ctx.db,
    sql`update queue_visit set told_at = ${now}
      where id = ${id} and state = 'waiting' and told_at is null`,
  )) > 0

/** Ends the visits of who was still there when an earlier day ended. */
export const endEarlierDays = (
  ctx: Db,
  office: string,
  today: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<number> =>
  exec(
    ctx.db,
    sql`update queue_visit set state = case when state = 'serving' then 'done' else 'absent' end,
        finished_at = ${now}, email = null, telephone = null, priority_reason = null, note = null
      where office = ${office} and state in ('waiting', 'called', 'serving', 'parked') and day < ${today}`,
  )
