import type { Ctx } from '../context.ts'

/** Something that happened, told to other modules after the transaction that made it true. */
export interface EventType<T> {
  /** `module.happened`: `payments.paid` */
  readonly name: string
  readonly __payload?: T
}

export const eventType = <T>(name: string): EventType<T> => ({ name })

export interface Subscription {
  readonly event: string
  readonly handle: (ctx: Ctx, payload: never, meta: EventMeta) => Promise<void>
}

export interface EventMeta {
  readonly id: string
  readonly at: Temporal.Instant
}

/** Delivered as a job, at least once: a handler must bear being called twice with the same `meta.id`. */
export function on<T>(
  event: EventType<T>,
  handle: (ctx: Ctx, payload: T, meta: EventMeta) => Promise<void>,
): Subscription {
  return { event: event.name, handle: handle as Subscription['handle'] }
}
