import type { Audience } from './rule.ts'

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
