import type { Ctx } from '#platform/context.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import { instantOf } from './domain/cells.ts'
import { insertBlock, occupyBlock } from './store/blocks.ts'
import { insertDisplaced, insertPlanChange, setOutcome } from './store/plan-changes.ts'
import type { NamedTeam } from './store/plan.ts'
import type { SeededBooking } from './store/seed.ts'

/** Somebody of the first team is ill on a day to come: two were written to, the others are left to the clerk. */
export async function blockForIllness(
  ctx: Ctx,
  teams: readonly NamedTeam[],
  bookings: readonly SeededBooking[],
  dice: Random,
): Promise<void> {
  const soon = ctx.clock.now().add({ hours: 4 * 24 })
  const lane = `${teams[0]!.id}/public/2`
  const coming = bookings.filter((one) => one.lane === lane && Temporal.Instant.compare(instantOf(one.from), soon) > 0)
  const first = coming[0]
  if (!first) return
  const hits = coming.filter(({ from }) => from < first.from + 24)
  const [startsAt, endsAt] = [instantOf(first.from), instantOf(hits.at(-1)!.to)]
  const block = { id: dice.uuid(), team: first.team, lane, startsAt, endsAt, reason: 'sick' as const }
  const change = dice.uuid()
  await insertBlock(ctx, block)
  await occupyBlock(ctx, block)
  await insertPlanChange(ctx, {
    id: change,
    kind: 'block',
    subject: block.id,
    offices: [first.office],
    teams: [first.team],
    choice: 'leave',
  })
  const written = hits.slice(0, 2)
  await insertDisplaced(
    ctx,
    change,
    hits.map(({ id, from }, i) => ({ id, startsAt: instantOf(from), choice: i < 2 ? 'write' : 'leave' })),
  )
  for (const { id } of written) await setOutcome(ctx, change, id, 'written')
}
