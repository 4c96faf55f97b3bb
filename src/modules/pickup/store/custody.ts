import { withEntries } from '#platform/audit/trail.ts'
import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { MANAGE } from '../domain/document.ts'

/** Who had a document when: an entry of its audit chain, to which entries are only ever added. */
export interface CustodyEntry {
  readonly document: string
  readonly title: string
  readonly office: string
  readonly at: Temporal.Instant
  /** Id of an account, `device:<id>`, or `system`. */
  readonly actor: string
  /** `pickup.deposited` */
  readonly action: string
  readonly data: {
    readonly device?: string
    readonly compartment?: number
    readonly proof?: string
    readonly by?: string
  } | null
}

const entries = sql`select d.id as document, d.title, d.office, e.at, e.actor, e.action, e.data
  from pickup_document d ${withEntries(sql`'pickup:' || d.id`)}`

export const custodyOf = (ctx: Ctx, document: string): Promise<CustodyEntry[]> =>
  many(ctx.db, sql<CustodyEntry>`${entries} where d.id = ${document} order by e.position`)

/** Of all documents of the account's units since then, the oldest entry first. */
export const custodyIn = (ctx: Ctx, since: Temporal.Instant, most: number): Promise<CustodyEntry[]> =>
  many(
    ctx.db,
    sql<CustodyEntry>`${entries} where ${permittedIn(ctx, MANAGE, 'd.unit')} and e.at >= ${since}
      order by e.at, d.id, e.position limit ${most}`,
  )
