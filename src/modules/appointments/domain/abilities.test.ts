import { describe, expect, test } from 'vitest'
import { abilitiesOf, isAble, type Able, type StaffedStretch } from './abilities.ts'
import { emptyCells, fill, has } from './cells.ts'
import { teamCalendar } from './calendar.ts'
import type { Opening, OpeningRule } from './rule.ts'

const FIRST = 5_900_000
const NOW = Temporal.Instant.from('2026-03-01T00:00:00Z')
const span = { first: FIRST, cells: 288 }
const ANY = 't/public/1'
const sits = (from: number, to: number, can: Able, lane = ANY): StaffedStretch => ({
  id: `${lane} ${from}`,
  team: 't',
  account: can?.join() || 'somebody',
  lane,
  from: FIRST + from,
  to: FIRST + to,
  can,
})
const open = (seats: number): Opening => ({
  rule: { seats: { public: seats, centre: 0, 'walk-in': 0 }, stepMinutes: 5 } as unknown as OpeningRule,
  from: FIRST + 12,
  to: FIRST + 24,
  anchor: FIRST + 12,
  releasedAt: NOW,
})

describe('whoever sits at a counter', () => {
  test.each([
    ['can do what is noted', [sits(0, 12, ['passport'])], ['passport'], true],
    ['cannot do what is not noted', [sits(0, 12, ['passport'])], ['advice'], false],
    ['has to be able to do all of it', [sits(0, 12, ['passport'])], ['passport', 'advice'], false],
    ['can do everything where nothing is noted', [sits(0, 12, null)], ['advice'], true],
    ['can do nothing where none is noted', [sits(0, 12, [])], ['advice'], false],
    ['matters only while they are there', [sits(6, 12, ['passport'])], ['advice'], true],
    ['matters from the first minute on', [sits(5, 12, ['passport'])], ['advice'], false],
    ['matters at their own counter only', [sits(0, 12, ['passport'], 't/public/2')], ['advice'], true],
    ['hands over to somebody who can do it, too', [sits(0, 3, ['a', 'b']), sits(3, 9, ['b', 'c'])], ['b'], true],
    ['hands over to somebody who cannot', [sits(0, 3, ['a', 'b']), sits(3, 9, ['b', 'c'])], ['a'], false],
  ] as const)('%s', (_, staffed, services, expected) => {
    expect(isAble(staffed, { lane: ANY, from: FIRST, to: FIRST + 6 }, services)).toBe(expected)
    expect(abilitiesOf(span, staffed)?.areGiven(ANY, 0, 6, services) ?? true).toBe(expected)
    const free = emptyCells(span.cells)
    fill(free, 0, 6, true)
    const left = abilitiesOf(span, staffed)?.freeFor(ANY, free, services) ?? free
    expect(Array.from({ length: 6 }, (_, bit) => has(left, bit)).every(Boolean)).toBe(expected)
  })

  test('costs nothing where nobody is limited', () => {
    expect(abilitiesOf(span, [])).toBeNull()
    expect(abilitiesOf(span, [sits(0, 12, null)])).toBeNull()
  })
})

describe('the calendar of a team', () => {
  const calendar = (...staffed: StaffedStretch[]) => teamCalendar('t', span, [open(2)], [], [], staffed)
  const wanted = (...services: string[]) => ({ from: FIRST + 12, cells: 6, audience: 'public' as const, services })

  test('offers a wish only where it can be given', () => {
    const one = calendar(sits(12, 24, ['passport']), sits(12, 18, ['passport'], 't/public/2'))
    const free = (service: string) =>
      Array.from({ length: 288 }, (_, bit) => bit).filter((bit) => has(one.starts(NOW, 6, 'public', [service]), bit))
    expect(free('advice')).toEqual([18])
    expect(free('passport')).toEqual([12, 13, 14, 15, 16, 17, 18])
    expect(one.offers(NOW, wanted('advice'))).toBe(false)
    expect(one.laneFor(NOW, wanted('advice'))).toBeNull()
  })

  test('gives the lane of who can do the least, so that whoever can do more stays free', () => {
    const one = calendar(sits(12, 24, ['passport'], 't/public/2'))
    expect(one.laneFor(NOW, wanted('passport'))?.seat).toBe(2)
    expect(one.laneFor(NOW, wanted('advice'))?.seat).toBe(1)
    const both = calendar(sits(12, 24, ['advice', 'passport']), sits(12, 24, ['passport'], 't/public/2'))
    expect(both.laneFor(NOW, wanted('passport'))?.seat).toBe(2)
  })
})
