import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { Closure } from '../domain/rule.ts'

export interface NamedClosure extends Closure {
  readonly id: string
  readonly reason: string
  readonly madeBy: string | null
}

const CLOSURE = sql`id, office, first_day as "firstDay", last_day as "lastDay", reason, made_by as "madeBy"`

/** Of these offices and those of all, from that day on. */
export const closuresFrom = (
  ctx: Pick<Ctx, 'db'>,
  day: Temporal.PlainDate,
  offices: readonly string[],
): Promise<NamedClosure[]> =>
  many(
    ctx.db,
    sql<NamedClosure>`select ${CLOSURE} from appointments_closure
      where last_day >= ${day} and (office is null or office = any(${[...offices]}::text[]))
      order by first_day, office nulls first, id`,
  )

export const closureById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<NamedClosure | null> =>
  maybe(ctx.db, sql<NamedClosure>`select ${CLOSURE} from appointments_closure where id::text = ${id}`)

export const deleteClosure = (ctx: Pick<Ctx, 'db'>, id: string): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_closure where id = ${id}::uuid`)
