import { staffIn } from '#modules/accounts/public.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import type { StaffedStretch } from './domain/abilities.ts'
import { instantOf } from './domain/cells.ts'
import { laneKey } from './domain/lane.ts'
import { openingsByDay } from './domain/plan.ts'
import type { OpeningRule } from './domain/rule.ts'
import { FIRST_VERSION, putAbility } from './store/abilities.ts'
import { insertDuties } from './store/duties.ts'
import type { NamedTeam } from './store/plan.ts'
import { WORK } from './use-cases/plan/offices.ts'

const DAYS_AHEAD = 7
/** Where they sit, and what they can do of what their team does: the last one all of it. */
const PEOPLE = [
  { seat: 3, can: (services: readonly string[]) => services.slice(0, 3) },
  { seat: 4, can: (services: readonly string[]) => services.slice(2) },
  { seat: 5, can: () => null },
]

/** Three of a team are on duty for a week: one is new and does a few services, one does all but the first two. */
export async function dutiesOf(
  ctx: Ctx,
  team: NamedTeam,
  rules: readonly OpeningRule[],
  dice: Random,
): Promise<StaffedStretch[]> {
  const openings = openingsByDay({ rules, closures: [] }, team)
  const days = Array.from({ length: DAYS_AHEAD }, (_, i) => today(ctx.clock).add({ days: i + 1 }))
  const everywhere = new Set((await staffIn(ctx, ['rathaus'], WORK)).map(({ id }) => id))
  const people = (await staffIn(ctx, [team.unit], WORK)).filter(({ id }) => !everywhere.has(id))
  return people.slice(0, PEOPLE.length).flatMap(({ id: account }, i) => {
    const { seat, can } = PEOPLE[i]!
    const lane = laneKey({ team: team.id, audience: 'public', seat })
    return days
      .flatMap(openings)
      .filter(({ rule }) => rule.seats.public >= seat)
      .map(({ from, to }) => ({
        id: dice.uuid(),
        account,
        team: team.id,
        lane,
        from,
        to,
        can: can(team.services),
      }))
  })
}

export async function putOnDuty(ctx: Ctx, team: NamedTeam, staffed: readonly StaffedStretch[]): Promise<void> {
  const abilities = new Map(staffed.map(({ account, can }) => [account, can]))
  for (const [account, can] of abilities)
    if (can) await putAbility(ctx, { account, unit: team.unit, can, seen: FIRST_VERSION })
  await insertDuties(
    ctx,
    staffed.map(({ from, to, ...duty }) => ({ ...duty, startsAt: instantOf(from), endsAt: instantOf(to) })),
  )
}
