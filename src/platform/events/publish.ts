import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { exec, maybe } from '../db/db.ts'
import { newId } from '../db/id.ts'
import { jobCall } from '../jobs/enqueue.ts'
import { job, jobType, type Job } from '../jobs/jobs.ts'
import type { EventType } from './events.ts'

const deliverEvent = jobType<{ eventId: string; subscriber: string }>('platform.deliver-event')

/** Days that events are kept; they are the outbox, not an archive. */
const KEPT_DAYS = 30

/** Tells other modules what happened: written in the caller's transaction, delivered after it as one job a subscriber. */
export async function publish<T extends object>(ctx: Ctx, type: EventType<T>, payload: T): Promise<void> {
  await eventStatement(ctx, type, payload).execute(ctx.db)
}

/** The same as one statement. */
export function eventStatement<T extends object>(ctx: Ctx, type: EventType<T>, payload: T) {
  const { insert, calls } = eventParts(ctx, type, payload)
  if (calls.length === 0) return insert
  return sql`with event as (${insert}) select ${sql.join(calls.map((call) => sql`(${call}).id`))} from event`
}

/** Its parts, for a hot path that puts them into a statement of its own: PostgreSQL allows no writing `with` inside another. */
export function eventParts<T extends object>(ctx: Ctx, type: EventType<T>, payload: T) {
  const id = newId()
  const insert = sql`insert into event_entry (id, type, payload, at)
    values (${id}, ${type.name}, ${JSON.stringify(payload)}::jsonb, ${ctx.clock.now()}) returning id`
  const calls = subscribers(ctx, type.name).map((subscriber) =>
    jobCall(ctx, deliverEvent, { eventId: id, subscriber }, { key: `${id}:${subscriber}` }),
  )
  return { insert, calls }
}

function subscribers(ctx: Ctx, type: string): string[] {
  return ctx.app.modules.filter((m) => m.subscriptions?.some((s) => s.event === type)).map((m) => m.name)
}

export const eventJobs: readonly Job[] = [
  job(deliverEvent, async (ctx, { eventId, subscriber }) => {
    const event = await maybe(
      ctx.db,
      sql<{ id: string; type: string; payload: object; at: Temporal.Instant }>`
        select id, type, payload, at from event_entry where id = ${eventId}`,
    )
    if (!event) return
    const module = ctx.app.modules.find((m) => m.name === subscriber)
    for (const subscription of module?.subscriptions ?? [])
      if (subscription.event === event.type)
        await subscription.handle(ctx, event.payload as never, { id: event.id, at: event.at })
  }),
  job(
    jobType('platform.forget-events'),
    async (ctx) => {
      const before = ctx.clock.now().subtract({ hours: 24 * KEPT_DAYS })
      await exec(ctx.db, sql`delete from event_entry where at < ${before}`)
    },
    { schedule: '17 2 * * *' },
  ),
]
