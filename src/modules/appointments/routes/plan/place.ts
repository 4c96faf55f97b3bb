import { units } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { laneKey } from '../../domain/lane.ts'
import { lanesOf } from '../../domain/plan.ts'
import { offerOf } from '../../offer.ts'
import { blocksIn } from '../../store/blocks.ts'
import { dutiesIn } from '../../store/duties.ts'
import type { NamedTeam, Plan } from '../../store/plan.ts'
import { colleaguesOf } from '../../use-cases/plan/abilities.ts'
import { plannedTeams } from './one-team.ts'

/** Duties are shown so far ahead. */
const SHOWN: Temporal.DurationLike = { hours: 370 * 24 }

/**
 * An office for which the account plans, with its teams, all lanes that their rules give them, and what each of their units
 * offers in all its houses; '' is the first.
 */
export async function placeOf(ctx: Ctx, slug: string) {
  const { offices, plan, teams } = await plannedTeams(ctx)
  const withTeams = offices.filter((one) => teams.some((team) => team.office === one.slug))
  const office = withTeams.find((one) => one.slug === slug) ?? (slug === '' ? withTeams[0] : undefined)
  if (!office) return null
  const own = teams.filter((team) => team.office === office.slug)
  const servicesIn = new Map(own.map(({ unit }) => [unit, offeredBy(unit, teams)]))
  return { office, offices: withTeams, teams: own, lanes: lanesIn(plan, own), servicesIn }
}

/** All lanes that the rules of these teams give them. */
export function lanesIn({ rules }: Pick<Plan, 'rules'>, teams: readonly Pick<NamedTeam, 'id'>[]): string[] {
  const own = rules.filter(({ team }) => teams.some(({ id }) => id === team))
  return [...new Set(own.flatMap((rule) => lanesOf({ rule }).map(laneKey)))]
}

/** What a unit offers in all its houses. */
export const offeredBy = (unit: string, teams: readonly NamedTeam[]): string[] => [
  ...new Set(teams.filter((team) => team.unit === unit).flatMap(({ services }) => services)),
]

/** Who sits where from now on; null where the account plans for no such office. */
export async function peopleOf(ctx: Ctx, slug: string) {
  const place = await placeOf(ctx, slug)
  if (!place) return null
  const now = ctx.clock.now()
  const span = { from: now, to: now.add(SHOWN) }
  const ids = place.teams.map(({ id }) => id)
  const [duties, blocks] = [await dutiesIn(ctx, ids, span), await blocksIn(ctx, ids, span)]
  const names = new Map((await units(ctx)).map(({ id, name }) => [id, name[ctx.locale]]))
  return { ...place, people: await colleaguesOf(ctx, place.teams), names, duties, blocks, offer: await offerOf(ctx) }
}
