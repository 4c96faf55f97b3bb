import { emptyCells, fill, next, type CellWords } from './cells.ts'
import type { Stretch } from './plan.ts'

/** A stretch of a lane in which somebody of the staff sits. */
export interface StaffedStretch extends Stretch {
  readonly id: string
  readonly team: string
  readonly account: string
  readonly can: Able
}

/** Services that somebody can give; null: all that their team does. None in the list: they give nothing. */
export type Able = readonly string[] | null

/** Whether whoever sits in that lane can give all of it; where nobody is planned, somebody who can will be there. */
export const isAble = (
  staffed: readonly StaffedStretch[],
  { lane, from, to }: Stretch,
  services: readonly string[],
): boolean =>
  staffed.every(
    (one) =>
      one.lane !== lane ||
      one.from >= to ||
      one.to <= from ||
      one.can === null ||
      services.every((service) => one.can!.includes(service)),
  )

/** Where in the lanes of a team who sits there cannot give everything. */
export interface Abilities {
  /** Those of the services that somebody cannot give at some time, in order. */
  readonly limited: (services: readonly string[]) => readonly string[]
  /** What of the free cells of a lane is free for these services. */
  readonly freeFor: (lane: string, free: CellWords, services: readonly string[]) => CellWords
  /** Whether all of them can be given there, from bit `from` up to (not with) `to`. */
  readonly areGiven: (lane: string, from: number, to: number, services: readonly string[]) => boolean
  /** How many services whoever sits there then can give. */
  readonly breadth: (lane: string, bit: number) => number
}

/** Null where everybody can do everything: cities that plan no duties pay nothing for them. */
export function abilitiesOf(
  { first, cells }: { readonly first: number; readonly cells: number },
  staffed: readonly StaffedStretch[],
): Abilities | null {
  const limits = staffed.filter(({ can }) => can !== null)
  if (limits.length === 0) return null
  const byLane = Map.groupBy(limits, ({ lane }) => lane)
  const known = new Map<string, ReadonlyMap<string, CellWords>>()

  /** By lane, the cells in which it cannot be given. A row for each service and not for each wish: of those there are many. */
  function shutTo(service: string): ReadonlyMap<string, CellWords> {
    let shut = known.get(service)
    if (!shut) known.set(service, (shut = rowsWithout(service)))
    return shut
  }

  function rowsWithout(service: string): ReadonlyMap<string, CellWords> {
    const rows = new Map<string, CellWords>()
    for (const { lane, from, to, can } of limits) {
      if (can!.includes(service)) continue
      if (!rows.has(lane)) rows.set(lane, emptyCells(cells))
      fill(rows.get(lane)!, from - first, to - first, true)
    }
    return rows
  }

  return {
    limited: (services) => [...new Set(services)].filter((service) => shutTo(service).size > 0).toSorted(),
    freeFor: (lane, free, services) => {
      const rows = services.flatMap((service) => shutTo(service).get(lane) ?? [])
      if (rows.length === 0) return free
      const left = free.slice()
      for (const row of rows) for (let i = 0; i < left.length; i += 1) left[i]! &= ~row[i]!
      return left
    },
    areGiven: (lane, from, to, services) =>
      services.every((service) => {
        const row = shutTo(service).get(lane)
        return !row || next(row, from, to) < 0
      }),
    breadth: (lane, bit) =>
      byLane.get(lane)?.find(({ from, to }) => from - first <= bit && bit < to - first)?.can!.length ?? Infinity,
  }
}
