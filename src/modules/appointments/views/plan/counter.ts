import type { Ctx } from '#platform/context.ts'
import { laneOfKey, teamOfKey } from '../../domain/lane.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'

/**
 * "Schalter 3", "Servicecenter 1", "Ohne Termin 2", "Alle Schalter": what staff call a lane, or all of a team.
 * @param among teams whose counters stand beside each other: of several, each counter says whose it is
 */
export function counterName(ctx: Pick<Ctx, 'locale'>, lane: string, among: readonly NamedTeam[] = []): string {
  const id = laneOfKey(lane)
  const owner = teamOfKey(lane)
  if (owner === null) return lane
  const t = texts(ctx).plan
  const name = id ? t.counters[id.audience](id.seat) : t.allCounters
  const team = among.length > 1 ? among.find((one) => one.id === owner) : undefined
  return team ? `${name}, ${team.name[ctx.locale]}` : name
}
