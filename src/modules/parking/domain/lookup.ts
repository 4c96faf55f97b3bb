import { lastDay, standingOf, type Permit, type Standing } from './permit.ts'

/** What an officer reads in the largest letters. */
export const LOOKUP_RESULTS = ['valid', 'other-zone', 'upcoming', 'expired', 'ended', 'none'] as const
/** `ended`: given back, replaced or reported lost before its time; the printed one may still lie in the car. */
export type LookupResult = (typeof LOOKUP_RESULTS)[number]

/** Hours until the plate of a check is forgotten: the length of a long shift. */
export const PLATE_KEPT_HOURS = 12

export interface Verdict {
  readonly result: LookupResult
  /** The permit that decided, without its holder. */
  readonly permit: {
    readonly id: string
    readonly zone: string
    readonly zoneName: string
    readonly plate: string
    readonly from: Temporal.PlainDate
    readonly lastDay: Temporal.PlainDate
  } | null
}

type Seen = Pick<Permit, 'id' | 'zone' | 'zoneName' | 'plate' | 'state' | 'from' | 'until'>

/** Whether a car may park here now. `zone` is where the officer stands; null: any zone will do. */
export function verdictOn(permits: readonly Seen[], zone: string | null, today: Temporal.PlainDate): Verdict {
  const valid = permits.filter((permit) => standingOf(permit, today) === 'valid')
  const here = valid.find((permit) => zone === null || permit.zone === zone)
  if (here) return verdict('valid', here)
  if (valid[0]) return verdict('other-zone', valid[0])
  const newest = permits.toSorted((a, b) => Temporal.PlainDate.compare(b.until, a.until))
  for (const [result, standings] of NOT_VALID) {
    const found = newest.find((permit) => standings.includes(standingOf(permit, today)))
    if (found) return verdict(result, found)
  }
  return { result: 'none', permit: null }
}

/** In the order in which it helps an officer to know. */
const NOT_VALID: readonly (readonly [LookupResult, readonly Standing[]])[] = [
  ['upcoming', ['upcoming']],
  ['expired', ['expired']],
  ['ended', ['returned', 'replaced', 'lost']],
]

function verdict(result: LookupResult, permit: Seen): Verdict {
  const { id, zone, zoneName, plate, from } = permit
  return { result, permit: { id, zone, zoneName, plate, from, lastDay: lastDay(permit) } }
}
