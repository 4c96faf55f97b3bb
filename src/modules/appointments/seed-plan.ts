import type { Ctx } from '#platform/context.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import { today } from '#platform/time/clock.ts'
import { instantOf } from './domain/cells.ts'
import type { OpeningRule } from './domain/rule.ts'
import { insertBlock, occupyBlock } from './store/blocks.ts'
import { insertDisplaced, insertPlanChange, setOutcome } from './store/plan-changes.ts'
import type { NamedTeam } from './store/plan.ts'
import { insertVersion } from './store/rules.ts'
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
    from: null,
  })
  const written = hits.slice(0, 2)
  await insertDisplaced(
    ctx,
    change,
    hits.map(({ id, from }, i) => ({ id, startsAt: instantOf(from), choice: i < 2 ? 'write' : 'leave' })),
  )
  for (const { id } of written) await setOutcome(ctx, change, id, 'written')
}

const PLANNED_IN: Temporal.DurationLike = { weeks: 6 }

/** The last team opens half an hour earlier in six weeks: until then its first rule goes on as it is. */
export async function planEarlierHours(ctx: Ctx, rules: readonly OpeningRule[]): Promise<void> {
  const rule = rules.findLast(({ hours }) => hours[0]!.from.hour >= 7)
  if (!rule) return
  const hours = rule.hours.map((span, i) => (i === 0 ? { ...span, from: span.from.subtract({ minutes: 30 }) } : span))
  await insertVersion(ctx, { ...rule, hours }, 2, { from: today(ctx.clock).add(PLANNED_IN), keepsLater: true })
}
