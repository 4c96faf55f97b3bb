import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { lookAgain } from '../live.ts'
import { raiseVersion } from '../store/offices.ts'
import { handlingIn } from './room.ts'
import { tellSoon } from './soon.ts'

/** Changes an office in one transaction: whose turn it soon is gets told, and every screen shows it. */
export async function changing<T>(
  ctx: Ctx,
  office: string,
  work: (ctx: Ctx) => Promise<Result<T>>,
): Promise<Result<T>> {
  // Reading it may take a connection of its own: not while the office is locked, and others hold all that there are.
  const handling = await handlingIn(ctx, office)
  const result = await transaction(ctx, async (ctx) => {
    // First, since it locks the office: whoever changes it goes in turn, and no two wait for each other.
    await raiseVersion(ctx, office, today(ctx.clock))
    const result = await work(ctx)
    if (result.ok) await tellSoon(ctx, office, handling)
    return result
  })
  if (result.ok) lookAgain(ctx)
  return result
}
