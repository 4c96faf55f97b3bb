import { AUDIENCES, type Audience } from './rule.ts'

/**
 * A lane is one seat of a team: what happens in it happens one after the other. The database lets no two bookings of a
 * lane overlap, and so capacity is never passed.
 */
export interface LaneId {
  readonly team: string
  readonly audience: Audience
  /** From 1. */
  readonly seat: number
}

export const laneKey = ({ team, audience, seat }: LaneId): string => `${team}/${audience}/${seat}`

/** The other way; null for what is no lane. */
export function laneOfKey(key: string): LaneId | null {
  const [team = '', audience = '', seat = '', ...more] = key.split('/')
  const known = AUDIENCES.find((one) => one === audience)
  return known && team !== '' && /^[1-9]\d{0,2}$/.test(seat) && more.length === 0
    ? { team, audience: known, seat: Number(seat) }
    : null
}

const ALL = '/*'

/** What stands for all lanes of a team, where some of them can be chosen. */
export const allLanesOf = (team: string): string => `${team}${ALL}`

/** The lanes that somebody has chosen: one, or all of a team; none for what is neither. */
export const chosenLanes = (key: string, lanes: readonly string[]): string[] =>
  lanes.filter((lane) => lane === key || allLanesOf(laneOfKey(lane)?.team ?? '') === key)

/** Whose lane it is, or whose lanes; null for what is none. */
export const teamOfKey = (key: string): string | null =>
  key.endsWith(ALL) ? key.slice(0, -ALL.length) : (laneOfKey(key)?.team ?? null)
