import type { Ctx } from '#platform/context.ts'
import { maybe, sql } from '#platform/db/db.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Visit } from '../domain/visit.ts'
import { VISIT } from './visits.ts'

export interface NewVisit {
  readonly id: string
  readonly office: string
  readonly team: string
  readonly day: Temporal.PlainDate
  readonly number: number
  readonly ticket: string
  readonly services: readonly string[]
  readonly people: number
  readonly booking: string | null
  readonly bookedAt: Temporal.Instant | null
  readonly arrivedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly codeHash: string
  readonly locale: Locale
}

/** Null where that booking is here already: the same code at two machines at once. */
export const insertVisit = (ctx: Pick<Ctx, 'db'>, visit: NewVisit): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`insert into queue_visit (id, office, team, day, number, ticket, services, people, booking, booked_at,
        state, arrived_at, due_at, code_hash, locale)
      values (${visit.id}, ${visit.office}, ${visit.team}, ${visit.day}, ${visit.number}, ${visit.ticket},
        ${[...visit.services]}, ${visit.people}, ${visit.booking}, ${visit.bookedAt}, 'waiting', ${visit.arrivedAt}, ${visit.dueAt},
        decode(${visit.codeHash}, 'hex'), ${visit.locale})
      on conflict (booking) where booking is not null do nothing
      returning ${VISIT}`,
  )

/** Somebody with an appointment was noted as here and is not; null for who was called, or came without one. */
export const deleteArrival = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`delete from queue_visit
      where id = ${id} and state = 'waiting' and called_at is null and booking is not null returning ${VISIT}`,
  )

/** Who was called and did not come is there after all. */
export const waitAgain = (ctx: Pick<Ctx, 'db'>, id: string, dueAt: Temporal.Instant): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`update queue_visit set state = 'waiting', due_at = ${dueAt}, finished_at = null, counter = null, clerk = null,
        given_up = false, calls = 0, priority = 'normal', push = false
      where id = ${id} and state = 'absent' returning ${VISIT}`,
  )
