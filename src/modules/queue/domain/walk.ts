interface Place {
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  /** Longitude and latitude, WGS84; null where nobody measured it. */
  readonly point: readonly [number, number] | null
}

/** Metres that people walk in a minute with children or a stick, and what streets add to the straight line; demo values. */
const METRES_A_MINUTE = 60
const DETOUR = 1.3
/** Where nobody measured where a house stands; demo value. */
const UNKNOWN_MINUTES = 10
/** Whoever is that far takes a bus, or another day; demo value. */
const MOST_MINUTES = 45

/** Whole minutes on foot from one office to another; 0 within a house. */
export function walkMinutes(from: Place, to: Place): number {
  const isOneHouse = from.street === to.street && from.houseNumber === to.houseNumber && from.postcode === to.postcode
  if (isOneHouse) return 0
  if (!from.point || !to.point) return UNKNOWN_MINUTES
  return Math.min(MOST_MINUTES, Math.ceil((metres(from.point, to.point) * DETOUR) / METRES_A_MINUTE))
}

/** On a plane, which a city is. */
function metres([x, y]: readonly [number, number], [toX, toY]: readonly [number, number]): number {
  const degree = 111_195
  const east = (toX - x) * degree * Math.cos((((y + toY) / 2) * Math.PI) / 180)
  return Math.hypot(east, (toY - y) * degree)
}
