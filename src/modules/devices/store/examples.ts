import type { Ctx } from '#platform/context.ts'
import { maybe, sql } from '#platform/db/db.ts'

/** A device for the tests that visit every page. */
export async function someDevice(ctx: Ctx): Promise<string | null> {
  const row = await maybe(ctx.db, sql<{ id: string }>`select id from devices_device order by id limit 1`)
  return row?.id ?? null
}
