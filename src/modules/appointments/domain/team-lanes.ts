import { CELL_MINUTES, emptyCells, fill, has, type CellWords } from './cells.ts'
import { laneKey, type LaneId } from './lane.ts'
import { lanesOf, type Stretch } from './plan.ts'
import type { Opening } from './rule.ts'

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

export interface Lane {
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

/** The lanes of one team, in memory: where it works, what is released so far, and what is taken. */
export interface TeamLanes {
  readonly byKey: ReadonlyMap<string, Lane>
  /** What time alone changes: days that are released, holds that run out. */
  readonly catchUp: (now: Temporal.Instant) => void
  /** Grows with whatever changes what is free. */
  readonly version: () => number
  /** The cell after the last one that is released so far; `span.first` where none is. */
  readonly releasedTo: () => number
  readonly occupy: (taken: Occupancy) => void
  readonly release: (taken: Occupancy) => void
}

export interface Span {
  /** First cell. */
  readonly first: number
  /** How many. */
  readonly cells: number
}

export function teamLanes(
  team: string,
  { first, cells: size }: Span,
  openings: readonly Opening[],
  taken: readonly Occupancy[],
  blocks: readonly Stretch[],
): TeamLanes {
  const lanes = openLanes(team, { first, cells: size }, openings, blocks)
  const released = emptyCells(size)
  /** Not released yet, the next one last. */
  const waiting = openings.toSorted((a, b) => Temporal.Instant.compare(b.releasedAt, a.releasedAt))
  /** Occupancies that end by themselves. */
  const passing = new Map<string, Occupancy & { readonly until: Temporal.Instant }>()
  let nextChange = -Infinity
  let releasedTo = first
  let version = 0

  // Nothing is released yet, so that nothing has to be settled.
  for (const one of taken) {
    const lane = lanes.get(one.lane)
    if (lane) fill(lane.busy, one.from - first, one.to - first, true)
    if (one.until) passing.set(one.id, { ...one, until: one.until })
  }

  function catchUp(now: Temporal.Instant): void {
    const ms = now.epochMilliseconds
    if (ms < nextChange) return
    while (waiting.length > 0 && waiting.at(-1)!.releasedAt.epochMilliseconds <= ms) unlock(waiting.pop()!)
    nextChange = waiting.at(-1)?.releasedAt.epochMilliseconds ?? Infinity
    for (const one of passing.values())
      if (one.until.epochMilliseconds <= ms) release(one)
      else nextChange = Math.min(nextChange, one.until.epochMilliseconds)
    version += 1
  }

  function unlock(opening: Opening): void {
    const [from, to] = [opening.from - first, opening.to - first]
    fill(released, from, to, true)
    releasedTo = Math.max(releasedTo, opening.to)
    const step = Math.max(1, Math.round(opening.rule.stepMinutes / CELL_MINUTES))
    for (const key of keysOf(team, opening)) {
      const lane = lanes.get(key)!
      settle(lane, from, to)
      for (let cell = opening.anchor; cell < opening.to; cell += step)
        if (cell >= opening.from) fill(lane.grid, cell - first, cell - first + 1, true)
    }
  }

  /** Says anew what is free of a stretch. */
  function settle(lane: Lane, from: number, to: number): void {
    for (let bit = from; bit < to; bit += 1)
      fill(lane.free, bit, bit + 1, has(lane.open, bit) && has(released, bit) && !has(lane.busy, bit))
    version += 1
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

  return { byKey: lanes, catchUp, version: () => version, releasedTo: () => releasedTo, occupy, release }
}

/** Where the team works, but for what is blocked. */
function openLanes(
  team: string,
  { first, cells }: Span,
  openings: readonly Opening[],
  blocks: readonly Stretch[],
): Map<string, Lane> {
  const lanes = new Map<string, Lane>()
  for (const opening of openings)
    for (const own of lanesOf(opening)) {
      const id = { ...own, team }
      const key = laneKey(id)
      if (!lanes.has(key)) lanes.set(key, closedLane(id, key, cells))
      fill(lanes.get(key)!.open, opening.from - first, opening.to - first, true)
    }
  for (const block of blocks) {
    const lane = lanes.get(block.lane)
    if (lane) fill(lane.open, block.from - first, block.to - first, false)
  }
  return lanes
}

const keysOf = (team: string, opening: Opening): string[] => lanesOf(opening).map((lane) => laneKey({ ...lane, team }))

const closedLane = (id: LaneId, key: string, cells: number): Lane => ({
  id,
  key,
  open: emptyCells(cells),
  busy: emptyCells(cells),
  free: emptyCells(cells),
  grid: emptyCells(cells),
})
