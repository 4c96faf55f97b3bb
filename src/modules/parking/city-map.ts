import { districts, type District } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { MultiPolygon, Polygon } from 'geojson'
import type { ParkingArea } from './domain/parking-area.ts'
import type { Zone } from './domain/zone.ts'
import { boxAround, type Box } from './domain/map.ts'
import { allZones, backdrop } from './store/zones.ts'

/** What a map of the city draws, and the part of the city that it shows. */
export interface CityMap {
  readonly box: Box
  readonly zones: readonly Zone[]
  readonly districts: readonly District[]
  readonly water: readonly (Polygon | MultiPolygon)[]
  readonly areas: readonly ParkingArea[]
}

/** All zones with what lies around them; null where no zone has an area. */
export async function overviewMap(ctx: Ctx): Promise<CityMap | null> {
  const zones = await allZones(ctx)
  return mapAround(
    ctx,
    boxAround(
      zones.flatMap((zone) => zone.area ?? []),
      0.12,
    ),
    zones,
    [],
  )
}

/** One zone with its bays. */
export async function zoneMap(ctx: Ctx, zone: Zone, areas: readonly ParkingArea[]): Promise<CityMap | null> {
  const shapes = [...(zone.area ? [zone.area] : []), ...areas.map((area) => area.area)]
  return mapAround(ctx, boxAround(shapes), [zone], areas)
}

async function mapAround(
  ctx: Ctx,
  box: Box | null,
  zones: readonly Zone[],
  areas: readonly ParkingArea[],
): Promise<CityMap | null> {
  return box && { box, zones, districts: await districts(ctx), water: await backdrop(ctx), areas }
}
