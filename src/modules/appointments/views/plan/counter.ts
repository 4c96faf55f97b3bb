import type { Ctx } from '#platform/context.ts'
import { laneOfKey } from '../../domain/lane.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'

/**
 * "Schalter 3", "Servicecenter 1", "Ohne Termin 2": what staff call a lane.
 * @param among teams whose counters stand beside each other: of several, each counter says whose it is
 */
export function counterName(ctx: Pick<Ctx, 'locale'>, lane: string, among: readonly NamedTeam[] = []): string {
  const id = laneOfKey(lane)
  if (!id) return lane
  const name = texts(ctx).plan.counters[id.audience](id.seat)
  const team = among.length > 1 ? among.find((one) => one.id === id.team) : undefined
  return team ? `${name}, ${team.name[ctx.locale]}` : name
}
