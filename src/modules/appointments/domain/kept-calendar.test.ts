import { describe, expect, test } from 'vitest'
import { cellOf, has } from './cells.ts'
import { teamCalendar } from './calendar.ts'
import type { Occupancy } from './team-lanes.ts'
import { keptCalendar } from './kept-calendar.ts'
import { laneKey } from './lane.ts'
import type { Opening, OpeningRule } from './rule.ts'

const FIRST = cellOf(Temporal.Instant.from('2026-03-28T23:00:00Z'))
const NOW = Temporal.Instant.from('2026-03-01T00:00:00Z')
const hours: Opening = {
  rule: { seats: { public: 1, centre: 0, 'walk-in': 0 }, stepMinutes: 30 } as unknown as OpeningRule,
  from: FIRST + 12,
  to: FIRST + 36,
  anchor: FIRST + 12,
  releasedAt: NOW,
}
const stretch = (id: string, from: number): Occupancy => ({
  id,
  lane: laneKey({ team: 't', audience: 'public', seat: 1 }),
  from: FIRST + from,
  to: FIRST + from + 6,
  until: null,
})
/** As the database tells it. */
const read = (...taken: Occupancy[]) => teamCalendar('t', { first: FIRST, cells: 60 }, [hours], taken)
const free = (one: ReturnType<typeof read>) => {
  const words = one.starts(NOW, 6, 'public', [])
  return Array.from({ length: 60 }, (_, bit) => bit).filter((bit) => has(words, bit))
}

describe('while a calendar is read anew', () => {
  test('what is booked meanwhile stays taken, though the reading began before', () => {
    const kept = keptCalendar(read())
    const reading = kept.beginReading()
    kept.occupy(stretch('a', 12))
    reading.place(read(stretch('of-others', 30)))
    expect(free(kept)).toEqual([18, 24])
  })

  test('what was asked of the database before, and answered after, stays taken', () => {
    const kept = keptCalendar(read())
    kept.claim(stretch('a', 12))
    const reading = kept.beginReading()
    kept.settle('a')
    reading.place(read())
    expect(free(kept)).toEqual([18, 24, 30])
  })

  test('what the database refused stays taken until it is read again, and then only if somebody has it', () => {
    const kept = keptCalendar(read())
    kept.claim(stretch('refused', 12))
    kept.settle('refused')
    expect(free(kept)).toEqual([18, 24, 30])
    kept.beginReading().place(read())
    expect(free(kept)).toEqual([12, 18, 24, 30])
  })

  test('what is given back meanwhile is free', () => {
    const kept = keptCalendar(read(stretch('a', 12)))
    const reading = kept.beginReading()
    kept.release(stretch('a', 12))
    reading.place(read(stretch('a', 12)))
    expect(free(kept)).toEqual([12, 18, 24, 30])
  })

  test('a reading that took longer than the one after it changes nothing', () => {
    const kept = keptCalendar(read())
    const [slow, quick] = [kept.beginReading(), kept.beginReading()]
    quick.place(read(stretch('new', 24)))
    slow.place(read())
    expect(free(kept)).toEqual([12, 18, 30])
  })

  test('a reading of which nothing came is forgotten', () => {
    const kept = keptCalendar(read())
    kept.beginReading().abandon()
    kept.beginReading().place(read(stretch('new', 24)))
    expect(free(kept)).toEqual([12, 18, 30])
  })
})

test('answers of before are not taken for those of now', () => {
  const kept = keptCalendar(read())
  const before = kept.version(NOW)
  kept.beginReading().place(read())
  expect(kept.version(NOW)).toBeGreaterThan(before)
})
