import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import type { Counter } from '../domain/counter.ts'

const COUNTER = sql`id, office, team, name, way, is_open as "isOpen", clerk, since`

/** In the order in which they stand. */
export const countersOf = (ctx: Pick<Ctx, 'db'>, office: string): Promise<Counter[]> =>
  many(ctx.db, sql<Counter>`select ${COUNTER} from queue_counter where office = ${office} order by position`)
