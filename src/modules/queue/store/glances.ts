import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import type { Visit } from '../domain/visit.ts'
import { VISIT } from './visits.ts'

type Db = Pick<Ctx, 'db'>

export async function insertGlance(ctx: Db, visit: string, codeHash: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into queue_glance (code_hash, visit) values (decode(${codeHash}, 'hex'), ${visit}::uuid)`,
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
