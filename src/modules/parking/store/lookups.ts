import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { LookupResult } from '../domain/lookup.ts'

/** A check of a plate, as its officer sees it again. */
export interface Lookup {
  readonly id: string
  readonly at: Temporal.Instant
  /** null once it is forgotten. */
  readonly plate: string | null
  readonly zone: string | null
  readonly result: LookupResult
  readonly permitId: string | null
}

const LOOKUP = sql`id, at, plate, zone, result, permit_id as "permitId"`

export async function insertLookup(ctx: Ctx, officer: string, lookup: Lookup): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into parking_lookup (id, at, officer, plate, zone, result, permit_id)
      values (${lookup.id}, ${lookup.at}, ${officer}, ${lookup.plate}, ${lookup.zone}, ${lookup.result}, ${lookup.permitId})`,
  )
}

/** Only the officer's own. */
export async function ownLookup(ctx: Ctx, officer: string, id: string): Promise<Lookup | null> {
  return maybe(
    ctx.db,
    sql<Lookup>`select ${LOOKUP} from parking_lookup where id::text = ${id} and officer = ${officer}::uuid and plate is not null`,
  )
}

export async function lastLookups(
  ctx: Ctx,
  officer: string,
  since: Temporal.Instant,
  limit: number,
): Promise<Lookup[]> {
  return many(
    ctx.db,
    sql<Lookup>`select ${LOOKUP} from parking_lookup where officer = ${officer}::uuid and at >= ${since} and plate is not null
      order by at desc, id desc limit ${limit}`,
  )
}

/** Takes plate and permit out of checks made before; what stays is that a check was made. */
export async function forgetPlates(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  return exec(
    ctx.db,
    sql`update parking_lookup set plate = null, permit_id = null where at < ${before} and plate is not null`,
  )
}

export async function deleteLookups(ctx: Ctx, before: Temporal.Instant): Promise<number> {
  return exec(ctx.db, sql`delete from parking_lookup where at < ${before}`)
}
