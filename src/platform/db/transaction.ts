import type { Ctx } from '../context.ts'
import { CompiledQuery } from 'kysely'

/**
 * Runs `work` in one transaction, with a context whose `db` is that transaction; joins one that is open already.
 * Throwing rolls back. A value is committed, a failure value too: throw where nothing may stay.
 */
export async function transaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }))
}

/** Runs `work`; what it changed is undone if it throws, the transaction around it goes on. */
export async function savepoint<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  await ctx.db.executeQuery(CompiledQuery.raw('savepoint inner_work'))
  try {
    const value = await work()
    await ctx.db.executeQuery(CompiledQuery.raw('release savepoint inner_work'))
    return value
  } catch (error) {
    // PostgreSQL keeps the savepoint after that, and one around this has the same name.
    await ctx.db.executeQuery(CompiledQuery.raw('rollback to savepoint inner_work'))
    await ctx.db.executeQuery(CompiledQuery.raw('release savepoint inner_work'))
    throw error
  }
}
