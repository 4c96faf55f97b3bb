import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellOf, has } from './cells.ts'
import { teamCalendar } from './calendar.ts'
import type { Occupancy } from './team-lanes.ts'
import { laneKey } from './lane.ts'
import type { Opening, OpeningRule } from './rule.ts'

const FIRST = cellOf(Temporal.Instant.from('2026-03-28T23:00:00Z'))
const SIZE = 600
const NOW = Temporal.Instant.from('2026-03-01T00:00:00Z')
const LATER = NOW.add({ hours: 1 })

const opening = (
  from: number,
  to: number,
  seats: number,
  more: { step?: number; releasedAt?: Temporal.Instant } = {},
): Opening => ({
  rule: { seats: { public: seats, centre: 0, 'walk-in': 0 }, stepMinutes: more.step ?? 5 } as unknown as OpeningRule,
  from: FIRST + from,
  to: FIRST + to,
  anchor: FIRST + from,
  releasedAt: more.releasedAt ?? NOW,
})
const lane = (seat: number) => laneKey({ team: 't', audience: 'public', seat })
const taken = (
  id: string,
  seat: number,
  from: number,
  to: number,
  until: Temporal.Instant | null = null,
): Occupancy => ({
  id,
  lane: lane(seat),
  from: FIRST + from,
  to: FIRST + to,
  until,
})
const calendar = (...openings: Opening[]) => teamCalendar('t', { first: FIRST, cells: SIZE }, openings)
const startsOf = (one: ReturnType<typeof calendar>, cells: number, now = LATER) => {
  const words = one.starts(now, cells, 'public', [])
  return Array.from({ length: SIZE }, (_, bit) => bit).filter((bit) => has(words, bit))
}

describe('the calendar of a team', () => {
  test('offers steps from the beginning of the hours on, as long as the appointment still fits', () => {
    expect(startsOf(calendar(opening(12, 24, 1, { step: 15 })), 4)).toEqual([12, 15, 18])
  })

  test('offers nothing before it is released', () => {
    const one = calendar(opening(12, 24, 1, { releasedAt: LATER }))
    expect(startsOf(one, 12, NOW)).toEqual([])
    expect(startsOf(one, 12, LATER)).toEqual([12])
  })

  test('what is booked before it is released is not free afterwards', () => {
    const one = calendar(opening(12, 24, 1, { releasedAt: LATER }))
    one.occupy(taken('a', 1, 12, 18))
    expect(startsOf(one, 6, LATER)).toEqual([18])
    one.release(taken('a', 1, 12, 18))
    expect(startsOf(one, 6, LATER)).toEqual([12, 13, 14, 15, 16, 17, 18])
  })

  test('a hold is free again the moment that it has run out', () => {
    const one = calendar(opening(12, 24, 1))
    one.occupy(taken('a', 1, 12, 24, LATER))
    expect(startsOf(one, 12, LATER.subtract({ nanoseconds: 1_000_000 }))).toEqual([])
    expect(startsOf(one, 12, LATER)).toEqual([12])
  })

  test('an appointment goes where it leaves the smallest gap', () => {
    const one = calendar(opening(12, 60, 2))
    one.occupy(taken('a', 2, 12, 24))
    expect(one.laneFor(LATER, { from: FIRST + 24, cells: 6, audience: 'public', services: [] })?.seat).toBe(2)
  })

  test('a team works whether its time is taken or not, and released or not', () => {
    const one = calendar(opening(12, 24, 1), opening(36, 42, 1, { releasedAt: LATER.add({ hours: 1 }) }))
    one.occupy(taken('a', 1, 12, 24))
    expect(startsOf(one, 6)).toEqual([])
    const works = one.works(6, 'public')
    expect(Array.from({ length: SIZE }, (_, i) => i).filter((bit) => has(works, bit))).toEqual([
      12, 13, 14, 15, 16, 17, 18, 36,
    ])
    expect(has(one.works(6, 'centre'), 12)).toBe(false)
  })

  test('a lane that is closed by now does not become free', () => {
    const one = calendar(opening(12, 24, 1))
    one.occupy(taken('a', 3, 12, 24))
    one.release(taken('a', 3, 12, 24))
    expect(startsOf(one, 12)).toEqual([12])
    expect(one.isOpen(lane(3), FIRST + 12, FIRST + 24)).toBe(false)
  })
})

/** One thing that happens: somebody books a free time, cancels, lets a hold run out, or time goes by. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('book' as const), pick: fc.nat(), cells: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('hold' as const), pick: fc.nat(), cells: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 15 }) }),
)
const someOpenings = fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 2, maxLength: 8 }).chain((edges) => {
  const sorted = edges.toSorted((a, b) => a - b)
  const spans = sorted.slice(1).map((to, i) => [sorted[i]!, to] as const)
  return fc.tuple(
    ...spans.map(([from, to]) =>
      fc.record({
        from: fc.constant(from),
        to: fc.constant(to),
        seats: fc.integer({ min: 0, max: 3 }),
        step: fc.constantFrom(5, 10, 15, 20),
        releasedIn: fc.integer({ min: 0, max: 60 }),
      }),
    ),
  )
})

test('what is shown as free can be booked, what is booked was free, and capacity is never passed', () => {
  fc.assert(
    fc.property(someOpenings, fc.array(happening, { maxLength: 60 }), (spans, happenings) => {
      const openings = spans.map(({ from, to, seats, step, releasedIn }) =>
        opening(from, to, seats, { step, releasedAt: NOW.add({ minutes: releasedIn }) }),
      )
      const one = calendar(...openings)
      let now = NOW
      const alive: { id: string; lane: string; from: number; to: number; until: Temporal.Instant | null }[] = []
      const living = () => alive.filter(({ until }) => !until || Temporal.Instant.compare(until, now) > 0)
      /** Capacity of a cell now, by counting seats. */
      const seatsAt = (bit: number) =>
        spans
          .filter(
            ({ from, to, releasedIn }) =>
              bit >= from && bit < to && Temporal.Instant.compare(NOW.add({ minutes: releasedIn }), now) <= 0,
          )
          .reduce((sum, { seats }) => sum + seats, 0)
      let next = 0
      for (const what of happenings) {
        if (what.kind === 'wait') now = now.add({ minutes: what.minutes })
        else if (what.kind === 'cancel') {
          const gone = living()[what.pick % Math.max(1, living().length)]
          if (!gone) continue
          alive.splice(alive.indexOf(gone), 1)
          one.release({ ...gone, from: FIRST + gone.from, to: FIRST + gone.to })
        } else {
          const free = startsOf(one, what.cells, now)
          if (free.length === 0) continue
          const from = free[what.pick % free.length]!
          const found = one.laneFor(now, { from: FIRST + from, cells: what.cells, audience: 'public', services: [] })
          expect(found, 'what is shown as free has a lane').not.toBeNull()
          const key = laneKey(found!)
          const rivals = living().filter(
            (other) => other.lane === key && other.from < from + what.cells && from < other.to,
          )
          expect(rivals, 'what is booked was free').toEqual([])
          const until = what.kind === 'hold' ? now.add({ minutes: 10 }) : null
          const id = String((next += 1))
          alive.push({ id, lane: key, from, to: from + what.cells, until })
          one.occupy({ id, lane: key, from: FIRST + from, to: FIRST + from + what.cells, until })
        }
        for (let bit = 0; bit < SIZE; bit += 1) {
          const there = living().filter(({ from, to }) => bit >= from && bit < to).length
          expect(there, `capacity of cell ${bit}`).toBeLessThanOrEqual(seatsAt(bit))
        }
      }
    }),
    { numRuns: 60 },
  )
})
