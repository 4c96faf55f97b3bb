import type { Ctx } from '#platform/context.ts'
import { laneOfKey } from '../../domain/lane.ts'
import { texts } from '../../texts/index.ts'

/** "Schalter 3", "Servicecenter 1", "Ohne Termin 2": what staff call a lane. */
export function counterName(ctx: Pick<Ctx, 'locale'>, lane: string): string {
  const id = laneOfKey(lane)
  return id ? texts(ctx).plan.counters[id.audience](id.seat) : lane
}
