import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import type { Visit } from '../domain/visit.ts'
import { VISIT } from './visits.ts'

type Db = Pick<Ctx, 'db'>

/** Codes of one visit that show it: for whoever came along, and for one more look. Demo value. */
const MOST_GLANCES = 5

/** Another one in place of the oldest: each scan gives one, and nobody piles them up. */
export async function insertGlance(ctx: Db, visit: string, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`with older as (
        select nr from queue_glance where visit = ${visit}::uuid order by nr desc offset ${MOST_GLANCES - 1}
      ), gone as (delete from queue_glance using older where queue_glance.nr = older.nr)
      insert into queue_glance (code_hash, visit) values (decode(${codeHash}, 'hex'), ${visit}::uuid)`,
  )
}

/** Only of that day, as the ticket itself. */
export const visitAtGlance = (ctx: Db, codeHash: string, day: Temporal.PlainDate): Promise<Visit | null> =>
  maybe(
    ctx.db,
    sql<Visit>`select ${VISIT} from queue_visit
      where day = ${day} and id = (select visit from queue_glance where code_hash = decode(${codeHash}, 'hex'))`,
  )

/** They show the visit with which it goes on. */
export async function moveGlances(ctx: Db, from: string, to: string): Promise<void> {
  await exec(ctx.db, sql`update queue_glance set visit = ${to}::uuid where visit = ${from}::uuid`)
}
