import { abilitiesOf, type Abilities, type StaffedStretch } from './abilities.ts'
import { emptyCells, has, hasAll, runStarts, type CellWords } from './cells.ts'
import type { LaneId } from './lane.ts'
import type { Stretch } from './plan.ts'
import type { Audience, Opening } from './rule.ts'
import { teamLanes, type Lane, type Occupancy, type Span } from './team-lanes.ts'

/** A stretch that somebody wants, and what for. */
export interface WantedStretch {
  readonly from: number
  readonly cells: number
  readonly audience: Audience
  readonly services: readonly string[]
}

/** What one team has free, in memory. What it says is free the database may still refuse, never the other way round. */
export interface TeamCalendar {
  /** Grows with whatever changes what is free, the passing of time included. */
  readonly version: (now: Temporal.Instant) => number
  /** First cells of every free stretch of `cells` at which an appointment for these services may begin; bit `i` is cell `first + i`. */
  readonly starts: (now: Temporal.Instant, cells: number, audience: Audience, services: readonly string[]) => CellWords
  readonly first: number
  /**
   * A lane with that stretch free, the one where it leaves the least behind, of several the one of who can do the least:
   * whoever can do more stays free for it. Null where there is none.
   * @param except lanes that are known to be taken
   */
  readonly laneFor: (now: Temporal.Instant, at: WantedStretch, except?: ReadonlySet<string>) => LaneId | null
  /** Whether such an appointment may begin there at all, free or not. */
  readonly offers: (now: Temporal.Instant, at: WantedStretch) => boolean
  /** First cells of every stretch of `cells` in which the team works, free and released or not; bits as in `starts`. */
  readonly works: (cells: number, audience: Audience) => CellWords
  /** The cell after the last one that is released so far; `first` where none is. */
  readonly releasedTo: (now: Temporal.Instant) => number
  readonly occupy: (taken: Occupancy) => void
  readonly release: (taken: Occupancy) => void
  /** Whether the team works all that time in that lane, taken or not. */
  readonly isOpen: (lane: string, from: number, to: number) => boolean
}

/** Answers kept between changes. People ask for some dozens of lengths; with limited services there are as many as anybody makes up. */
const MOST_KNOWN = 300

/**
 * @param span first cell of the calendar, and how many it has
 * @param taken what is taken already
 * @param blocks stretches of lanes that are not open, whatever the hours say
 * @param staffed who sits where
 */
export function teamCalendar(
  team: string,
  span: Span,
  openings: readonly Opening[],
  taken: readonly Occupancy[] = [],
  blocks: readonly Stretch[] = [],
  staffed: readonly StaffedStretch[] = [],
): TeamCalendar {
  const { first, cells: size } = span
  const abilities = abilitiesOf(span, staffed)
  const lanes = teamLanes(team, span, openings, taken, blocks)
  const known = new Map<string, CellWords>()
  let knownAt = -1

  function starts(now: Temporal.Instant, cells: number, audience: Audience, services: readonly string[]): CellWords {
    forgetChanged(now)
    const limited = abilities?.limited(services) ?? ANYTHING
    const key = limited.length === 0 ? `${audience}/${cells}` : `${audience}/${cells}/${limited.join()}`
    let found = known.get(key)
    if (found) return found
    found = emptyCells(size)
    for (const lane of lanes.byKey.values()) {
      if (lane.id.audience !== audience) continue
      const free = limited.length === 0 ? lane.free : abilities!.freeFor(lane.key, lane.free, limited)
      const runs = runStarts(free, cells)
      for (let i = 0; i < found.length; i += 1) found[i]! |= runs[i]! & lane.grid[i]!
    }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, found)
    return found
  }

  function forgetChanged(now: Temporal.Instant): void {
    lanes.catchUp(now)
    if (knownAt === lanes.version()) return
    known.clear()
    knownAt = lanes.version()
  }

  return {
    version: (now) => {
      lanes.catchUp(now)
      return lanes.version()
    },
    first,
    starts,
    occupy: lanes.occupy,
    release: lanes.release,
    releasedTo: (now) => {
      lanes.catchUp(now)
      return lanes.releasedTo()
    },
    isOpen: (key, from, to) => {
      const lane = lanes.byKey.get(key)
      return lane !== undefined && hasAll(lane.open, from - first, to - first)
    },
    offers: (now, { from, cells, audience, services }) => {
      lanes.catchUp(now)
      const bit = from - first
      return [...lanes.byKey.values()].some(
        ({ id, key, grid, open }) =>
          id.audience === audience &&
          has(grid, bit) &&
          hasAll(open, bit, bit + cells) &&
          (abilities?.areGiven(key, bit, bit + cells, services) ?? true),
      )
    },
    works: (cells, audience) => {
      const found = emptyCells(size)
      for (const lane of lanes.byKey.values()) {
        if (lane.id.audience !== audience) continue
        const runs = runStarts(lane.open, cells)
        for (let i = 0; i < found.length; i += 1) found[i]! |= runs[i]!
      }
      return found
    },
    laneFor: (now, at, except) => {
      lanes.catchUp(now)
      return bestLane(lanes.byKey.values(), abilities, first, at, except)
    },
  }
}

function bestLane(
  lanes: Iterable<Lane>,
  abilities: Abilities | null,
  first: number,
  { from, cells, audience, services }: WantedStretch,
  except: ReadonlySet<string> | undefined,
): LaneId | null {
  const [bit, end] = [from - first, from - first + cells]
  let best: { lane: LaneId; gap: number; breadth: number } | null = null
  for (const { id, key, free, grid } of lanes) {
    if (id.audience !== audience || except?.has(key)) continue
    if (!has(grid, bit) || !hasAll(free, bit, end)) continue
    if (abilities && !abilities.areGiven(key, bit, end, services)) continue
    const gap = gapBefore(free, bit) + gapAfter(free, end)
    const breadth = abilities?.breadth(key, bit) ?? Infinity
    if (!best || gap < best.gap || (gap === best.gap && breadth < best.breadth)) best = { lane: id, gap, breadth }
  }
  return best?.lane ?? null
}

const ANYTHING: readonly string[] = []

/** More than that is no small gap any more: the whole day is free. */
const LOOK_CELLS = 48

function gapBefore(free: CellWords, bit: number): number {
  let gap = 0
  while (gap < LOOK_CELLS && has(free, bit - 1 - gap)) gap += 1
  return gap
}

function gapAfter(free: CellWords, bit: number): number {
  let gap = 0
  while (gap < LOOK_CELLS && has(free, bit + gap)) gap += 1
  return gap
}
