import { lastDay, standingOf, type Permit } from './permit.ts'

/** What an officer reads in the largest letters. */
export type LookupResult = 'valid' | 'other-zone' | 'expired' | 'none'

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
  const expired = permits
    .filter((permit) => standingOf(permit, today) === 'expired')
    .toSorted((a, b) => Temporal.PlainDate.compare(b.until, a.until))
  return expired[0] ? verdict('expired', expired[0]) : { result: 'none', permit: null }
}

function verdict(result: LookupResult, permit: Seen): Verdict {
  const { id, zone, zoneName, plate } = permit
  return { result, permit: { id, zone, zoneName, plate, lastDay: lastDay(permit) } }
}
