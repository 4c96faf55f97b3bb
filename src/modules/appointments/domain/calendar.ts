import { abilitiesOf, type StaffedStretch } from './abilities.ts'
import { CELL_MINUTES, emptyCells, fill, has, hasAll, runStarts, type CellWords } from './cells.ts'
import { laneKey, type LaneId } from './lane.ts'
import { lanesOf, type Stretch } from './plan.ts'
import type { Audience, Opening } from './rule.ts'

/** A stretch of a lane that is taken: by a booking, by a hold, or by a cancelled one that is not given back yet. */
export interface Occupancy {
  /** Of the booking. */
  readonly id: string
  readonly lane: string
  readonly from: number
  readonly to: number
  /** From then on it counts no longer; null: it stays. */
  readonly until: Temporal.Instant | null
}

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
  /** The cell after the last one that is released so far; `first` where none is. */
  readonly releasedTo: (now: Temporal.Instant) => number
  readonly occupy: (taken: Occupancy) => void
  readonly release: (taken: Occupancy) => void
  /** Whether the team works all that time in that lane, taken or not. */
  readonly isOpen: (lane: string, from: number, to: number) => boolean
}

/** Answers kept between changes. People ask for some dozens of lengths; with limited services there are as many as anybody makes up. */
const MOST_KNOWN = 300

interface Lane {
  readonly id: LaneId
  readonly key: string
  /** Where the team works in it, released or not. */
  readonly open: CellWords
  /** Where somebody has it. */
  readonly busy: CellWords
  /** Open, released and not busy. */
  readonly free: CellWords
  /** Where appointments may begin. */
  readonly grid: CellWords
}

/**
 * @param span first cell of the calendar, and how many it has
 * @param taken what is taken already
 * @param blocks stretches of lanes that are not open, whatever the hours say
 * @param staffed who sits where
 */
export function teamCalendar(
  team: string,
  span: { readonly first: number; readonly cells: number },
  openings: readonly Opening[],
  taken: readonly Occupancy[] = [],
  blocks: readonly Stretch[] = [],
  staffed: readonly StaffedStretch[] = [],
): TeamCalendar {
  const { first, cells: size } = span
  const abilities = abilitiesOf(span, staffed)
  const lanes = new Map<string, Lane>()
  const released = emptyCells(size)
  /** Not released yet, the next one last. */
  const waiting = openings.toSorted((a, b) => Temporal.Instant.compare(b.releasedAt, a.releasedAt))
  /** Occupancies that end by themselves. */
  const passing = new Map<string, Occupancy & { readonly until: Temporal.Instant }>()
  let nextChange = -Infinity
  let releasedTo = first
  const known = new Map<string, CellWords>()
  let version = 0

  for (const opening of openings)
    for (const lane of ownLanes(opening)) fill(lane.open, opening.from - first, opening.to - first, true)
  for (const block of blocks) {
    const lane = lanes.get(block.lane)
    if (lane) fill(lane.open, block.from - first, block.to - first, false)
  }
  // Nothing is released yet, so that nothing has to be settled.
  for (const one of taken) {
    const lane = lanes.get(one.lane)
    if (lane) fill(lane.busy, one.from - first, one.to - first, true)
    if (one.until) passing.set(one.id, { ...one, until: one.until })
  }

  function ownLanes(opening: Opening): Lane[] {
    return lanesOf(opening).map((lane) => laneOf({ ...lane, team }))
  }

  function laneOf(id: LaneId): Lane {
    const key = laneKey(id)
    let lane = lanes.get(key)
    if (!lane) {
      lane = { id, key, open: emptyCells(size), busy: emptyCells(size), free: emptyCells(size), grid: emptyCells(size) }
      lanes.set(key, lane)
    }
    return lane
  }

  function changed(): void {
    version += 1
    known.clear()
  }

  /** What time alone has changed: days that were released, holds that ran out. */
  function catchUp(now: Temporal.Instant): void {
    const ms = now.epochMilliseconds
    if (ms < nextChange) return
    while (waiting.length > 0 && waiting.at(-1)!.releasedAt.epochMilliseconds <= ms) unlock(waiting.pop()!)
    nextChange = waiting.at(-1)?.releasedAt.epochMilliseconds ?? Infinity
    for (const one of passing.values())
      if (one.until.epochMilliseconds <= ms) release(one)
      else nextChange = Math.min(nextChange, one.until.epochMilliseconds)
    changed()
  }

  function unlock(opening: Opening): void {
    const [from, to] = [opening.from - first, opening.to - first]
    fill(released, from, to, true)
    releasedTo = Math.max(releasedTo, opening.to)
    const step = Math.max(1, Math.round(opening.rule.stepMinutes / CELL_MINUTES))
    for (const lane of ownLanes(opening)) {
      settle(lane, from, to)
      for (let cell = opening.anchor; cell < opening.to; cell += step)
        if (cell >= opening.from) fill(lane.grid, cell - first, cell - first + 1, true)
    }
  }

  /** Says anew what is free of a stretch. */
  function settle(lane: Lane, from: number, to: number): void {
    for (let bit = from; bit < to; bit += 1)
      fill(lane.free, bit, bit + 1, has(lane.open, bit) && has(released, bit) && !has(lane.busy, bit))
    changed()
  }

  function mark(one: Occupancy, isBusy: boolean): void {
    const lane = lanes.get(one.lane)
    if (!lane) return
    const [from, to] = [one.from - first, one.to - first]
    fill(lane.busy, from, to, isBusy)
    settle(lane, from, to)
  }

  function occupy(one: Occupancy): void {
    mark(one, true)
    const { until } = one
    if (!until) return void passing.delete(one.id)
    passing.set(one.id, { ...one, until })
    nextChange = Math.min(nextChange, until.epochMilliseconds)
  }

  function release(one: Occupancy): void {
    passing.delete(one.id)
    mark(one, false)
  }

  function starts(now: Temporal.Instant, cells: number, audience: Audience, services: readonly string[]): CellWords {
    catchUp(now)
    const limited = abilities?.limited(services) ?? ANYTHING
    const key = limited.length === 0 ? `${audience}/${cells}` : `${audience}/${cells}/${limited.join()}`
    let found = known.get(key)
    if (found) return found
    found = emptyCells(size)
    for (const lane of lanes.values()) {
      if (lane.id.audience !== audience) continue
      const free = limited.length === 0 ? lane.free : abilities!.freeFor(lane.key, lane.free, limited)
      const runs = runStarts(free, cells)
      for (let i = 0; i < found.length; i += 1) found[i]! |= runs[i]! & lane.grid[i]!
    }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, found)
    return found
  }

  return {
    version: (now) => {
      catchUp(now)
      return version
    },
    first,
    starts,
    occupy,
    release,
    releasedTo: (now) => {
      catchUp(now)
      return releasedTo
    },
    isOpen: (lane, from, to) => {
      const found = lanes.get(lane)
      return found !== undefined && hasAll(found.open, from - first, to - first)
    },
    offers: (now, { from, cells, audience, services }) => {
      catchUp(now)
      const bit = from - first
      return [...lanes.values()].some(
        ({ id, key, grid, open }) =>
          id.audience === audience &&
          has(grid, bit) &&
          hasAll(open, bit, bit + cells) &&
          (abilities?.areGiven(key, bit, bit + cells, services) ?? true),
      )
    },
    laneFor: (now, { from, cells, audience, services }, except) => {
      catchUp(now)
      let best: { lane: LaneId; gap: number; breadth: number } | null = null
      for (const { id, key, free, grid } of lanes.values()) {
        if (id.audience !== audience || except?.has(key)) continue
        const bit = from - first
        if (!has(grid, bit) || !hasAll(free, bit, bit + cells)) continue
        if (abilities && !abilities.areGiven(key, bit, bit + cells, services)) continue
        const gap = gapBefore(free, bit) + gapAfter(free, bit + cells)
        const breadth = abilities?.breadth(key, bit) ?? Infinity
        if (!best || gap < best.gap || (gap === best.gap && breadth < best.breadth)) best = { lane: id, gap, breadth }
      }
      return best?.lane ?? null
    },
  }
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
