import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { lookAgain } from '../live.ts'
import type { Handling } from '../domain/estimate.ts'
import { raiseVersion } from '../store/offices.ts'
import { handlingIn } from './room.ts'
import { tellSoon } from './soon.ts'

/** Changes an office, or several, in one transaction: whose turn it soon is gets told, and every screen shows it. */
export async function changing<T>(
  ctx: Ctx,
  office: string | readonly string[],
  work: (ctx: Ctx) => Promise<Result<T>>,
): Promise<Result<T>> {
  // Reading it may take a connection of its own: not while the office is locked, and others hold all that there are.
  const handlings = new Map<string, Handling>()
  for (const one of [office].flat()) handlings.set(one, await handlingIn(ctx, one))
  const result = await transaction(ctx, async (ctx) => {
    // First, since it locks the offices, in one order: whoever changes them goes in turn, and no two wait for each other.
    for (const one of [...handlings.keys()].toSorted()) await raiseVersion(ctx, one, today(ctx.clock))
    const result = await work(ctx)
    if (result.ok) for (const [one, handling] of handlings) await tellSoon(ctx, one, handling)
    return result
  })
  if (result.ok) lookAgain(ctx)
  return result
}
