import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeDuplicates } from './duplicate.ts'
import { verdictOn } from './lookup.ts'
import { boxAround, project } from './map.ts'
import { areaOf, WrongFile, readParkingAreas } from './parking-area.ts'
import { monthsOf, periodOf, refundCents, remainingMonths } from './period.ts'
import { canChange, canRenew, lastDay, standingOf } from './permit.ts'
import { permitNumber, readPermitNumber } from './permit-number.ts'
import { looksLikePlate, plateKey } from './plate-key.ts'
import { streetsOf } from './zone-streets.ts'
import { readPermitText } from './zones-of-text.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('a plate is found however an officer types it', () => {
  test.each(['MU-AB 123', 'mu ab 123', 'MUAB123', 'mu-ab-123', ' mu.ab.123 ', 'MU AB 123 E', 'mu-ab 123h'])(
    '%s',
    (typed) => expect(plateKey(typed)).toBe('MUAB123'),
  )
  test('umlauts stay, another plate is another', () => {
    expect(plateKey('mü-ab 1')).toBe('MÜAB1')
    expect(plateKey('MU-AB 1234')).not.toBe(plateKey('MU-AB 123'))
    expect(plateKey('MU-HE 1')).toBe('MUHE1')
  })
  test.each(['', 'MU', '123', '💥', "'; drop table", 'ABCDEFGHIJKLM1'])('"%s" is no plate', (typed) =>
    expect(looksLikePlate(typed)).toBe(false),
  )
})

describe('the number of a permit', () => {
  test('has no signs that are mistaken for others, and is read however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
        const number = permitNumber(2026, bytes)
        expect(number).toMatch(/^BP-2026-[34679ACDEFGHJKLMNPQRTWXY]{6}$/)
        expect(readPermitNumber(number.toLowerCase().replaceAll('-', ' '))).toBe(number)
      }),
    )
    expect(readPermitNumber('MU-AB 123')).toBeNull()
  })
})

describe('the time of a permit', () => {
  test.each([
    ['2026-12-01', 12, '2027-12-01', '2027-11-30'],
    ['2026-05-31', 6, '2026-12-01', '2026-11-30'],
    ['2026-11-30', 3, '2027-03-01', '2027-02-28'],
    ['2024-02-29', 12, '2025-03-01', '2025-02-28'],
  ])('from %s for %i months ends before %s', (from, months, until, last) => {
    const period = periodOf(day(from), months)
    expect(period.until.toString()).toBe(until)
    expect(lastDay(period).toString()).toBe(last)
  })

  test.each([0, -1, 25, 1.5, Number.NaN])('%d months are refused', (months) =>
    expect(() => periodOf(day('2026-01-01'), months)).toThrow(RangeError),
  )

  test.each([
    // fee, from, months, returned on, refund: whole months left of all months, rounded down
    [3070, '2026-01-01', 12, '2026-01-01', 3070],
    [3070, '2026-01-01', 12, '2026-01-02', 2814],
    [3070, '2026-01-01', 12, '2026-07-01', 1535],
    [3070, '2026-01-01', 12, '2026-12-01', 255],
    [3070, '2026-01-01', 12, '2026-12-02', 0],
    [3070, '2026-01-01', 12, '2027-06-01', 0],
    [1540, '2026-06-15', 6, '2026-03-01', 1540],
    [0, '2026-01-01', 12, '2026-02-01', 0],
  ])('of %i cents for %s and %i months, %s gives back %i', (fee, from, months, on, refund) =>
    expect(refundCents(fee, periodOf(day(from), months), day(on))).toBe(refund),
  )

  test('a refund is never more than the fee, never negative, and never grows with time', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.integer({ min: 1, max: 24 }),
        fc.nat(900),
        fc.nat(60),
        (fee, months, after, more) => {
          const period = periodOf(day('2026-01-31'), months)
          const on = period.from.add({ days: after })
          const refund = refundCents(fee, period, on)
          expect(refund).toBeGreaterThanOrEqual(0)
          expect(refund).toBeLessThanOrEqual(fee)
          expect(refundCents(fee, period, on.add({ days: more }))).toBeLessThanOrEqual(refund)
          expect(remainingMonths(period, on)).toBeLessThanOrEqual(monthsOf(period))
        },
      ),
    )
  })
})

describe('how a permit stands', () => {
  const period = periodOf(day('2026-03-01'), 6)
  test.each([
    ['valid', '2026-02-28', 'upcoming', true],
    ['valid', '2026-03-01', 'valid', true],
    ['valid', '2026-08-31', 'valid', true],
    ['valid', '2026-09-01', 'expired', false],
    ['reserved', '2026-04-01', 'reserved', false],
    ['returned', '2026-04-01', 'returned', false],
    ['lost', '2026-04-01', 'lost', false],
  ] as const)('%s on %s: %s', (state, today, standing, changeable) => {
    expect(standingOf({ ...period, state }, day(today))).toBe(standing)
    expect(canChange({ ...period, state }, day(today))).toBe(changeable)
  })
})

test.each([
  ['2026-06-01', false, 'long to go'],
  ['2026-10-15', true, 'within the three months that the form looks ahead'],
  ['2027-01-15', true, 'over'],
])('a permit of 2026 can be renewed on %s: %s (%s)', (on, can) => {
  const period = periodOf(day('2026-01-01'), 12)
  expect(canRenew({ ...period, state: 'valid' }, day(on))).toBe(can)
  expect(canRenew({ ...period, state: 'returned' }, day(on))).toBe(false)
})

describe('what an officer is told', () => {
  const permit = (zone: string, state: 'valid' | 'returned' | 'reserved', from: string) => ({
    id: zone + from,
    zone,
    zoneName: `Zone ${zone}`,
    plate: 'MU-AB 1',
    state,
    ...periodOf(day(from), 12),
  })
  const today = day('2026-11-21')
  test.each([
    ['a permit of this zone', [permit('A', 'valid', '2026-06-01')], 'A', 'valid'],
    ['a permit, wherever the officer stands', [permit('A', 'valid', '2026-06-01')], null, 'valid'],
    ['a permit of another zone', [permit('B', 'valid', '2026-06-01')], 'A', 'other-zone'],
    [
      'one of this zone beside one of another',
      [permit('B', 'valid', '2026-06-01'), permit('A', 'valid', '2026-06-01')],
      'A',
      'valid',
    ],
    ['one that has ended', [permit('A', 'valid', '2025-06-01')], 'A', 'expired'],
    ['one that begins next week', [permit('A', 'valid', '2026-11-28')], 'A', 'upcoming'],
    ['one that was given back', [permit('A', 'returned', '2026-06-01')], 'A', 'ended'],
    [
      'one that took the place of another',
      [permit('A', 'returned', '2026-06-01'), permit('A', 'valid', '2026-06-02')],
      'A',
      'valid',
    ],
    ['an application alone', [permit('A', 'reserved', '2026-06-01')], 'A', 'none'],
    ['nothing', [], 'A', 'none'],
  ] as const)('%s', (_, permits, zone, result) => expect(verdictOn(permits, zone, today).result).toBe(result))
})

describe('duplicates', () => {
  const wish = { plate: 'MU-AB 1', zone: 'A', ...periodOf(day('2026-12-01'), 12) }
  const other = (plate: string, zone: string, from: string) => ({
    plate,
    zone,
    number: `BP-${from}`,
    ...periodOf(day(from), 12),
  })
  const rules = { samePlate: 'refuse', samePerson: 'show' } as const
  test.each([
    ['nobody else', [], [], 'ok'],
    ['the same car, zone and time', [other('MU-AB 1', 'A', '2026-06-01')], [], 'no'],
    ['the same car in another zone', [other('MU-AB 1', 'B', '2026-06-01')], [], 'unclear'],
    ['the permit that ends the day before', [other('MU-AB 1', 'A', '2025-12-01')], [], 'ok'],
    ['the permit that ends that day', [other('MU-AB 1', 'A', '2025-12-02')], [], 'no'],
    ['the same person with another car', [], [other('MU-CD 2', 'A', '2026-06-01')], 'unclear'],
    ['both', [other('MU-AB 1', 'A', '2026-06-01')], [other('MU-CD 2', 'A', '2026-06-01')], 'no'],
  ] as const)('%s', (_, plates, persons, outcome) =>
    expect(judgeDuplicates(wish, plates, persons, rules).outcome).toBe(outcome),
  )

  test('are shown or allowed where the service says so', () => {
    const same = [other('MU-AB 1', 'A', '2026-06-01')]
    expect(judgeDuplicates(wish, same, [], { ...rules, samePlate: 'show' }).outcome).toBe('unclear')
    expect(judgeDuplicates(wish, [], same, { ...rules, samePerson: 'allow' })).toEqual({
      outcome: 'ok',
      same: [],
      numbers: [],
    })
    expect(judgeDuplicates(wish, same, same, rules).numbers).toEqual(['BP-2026-06-01'])
  })
})

describe('the words of a sign', () => {
  test.each([
    ['A', ['A'], null],
    ['M und D', ['M', 'D'], null],
    ['A, B', ['A', 'B'], null],
    ['A/B', ['A', 'B'], null],
    ['A, B und C werktags 18-8 Uhr', ['A', 'B', 'C'], 'werktags 18-8 Uhr'],
    ['A Mo-Sa 19-8 Uhr und So', ['A'], 'Mo-Sa 19-8 Uhr und So'],
    ['C Mo-Fr 18-8 Uhr sowie Sa und So', ['C'], 'Mo-Fr 18-8 Uhr sowie Sa und So'],
    ['B2', ['B2'], null],
    ['SO', [], 'SO'],
    ['nach Anordnung', [], 'nach Anordnung'],
    ['', [], null],
    ['A, A', ['A'], null],
  ])('"%s"', (text, zones, times) => expect(readPermitText(text)).toEqual({ zones, times }))

  test('never make the program fail', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPermitText(text)))
  })
})

describe('a file of parking areas', () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [9, 48],
        [9.1, 48],
        [9.1, 48.1],
        [9, 48],
      ],
    ],
  }
  const file = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })

  test('may have holes: they are named, the others are taken', () => {
    const read = readParkingAreas(
      file(
        {
          properties: {
            fid: 1,
            'Parkplatz-Typ': 'Bewohner-Parkplatz',
            'Frei für Parkausweis-Nr': 'A',
            'Anzahl der Stellplätze': 3,
          },
          geometry: square,
        },
        { properties: null, geometry: null },
        { properties: { fid: 3 }, geometry: square },
        null,
        { properties: { fid: 1, 'Parkplatz-Typ': 'x' }, geometry: square },
        { properties: { fid: 6, 'Parkplatz-Typ': 'x' }, geometry: { type: 'Polygon', coordinates: [[['9', 48]]] } },
      ),
    )
    expect(read.areas).toMatchObject([
      { number: '1', zones: ['A'], kind: 'Bewohner-Parkplatz', bays: 3, permitTimes: null },
    ])
    expect(read.refused).toEqual([
      { at: 2, reason: 'no-area', value: '' },
      { at: 3, reason: 'no-kind', value: '' },
      { at: 4, reason: 'no-area', value: '' },
      { at: 5, reason: 'twice', value: '1' },
      { at: 6, reason: 'no-area', value: '' },
    ])
  })

  test.each(['', 'x', 'null', '[]', '{"type":"Feature"}'])('"%s" is none', (text) =>
    expect(() => readParkingAreas(text)).toThrow(WrongFile),
  )

  test('odd figures and dates are left out, not taken over', () => {
    const [area] = readParkingAreas(
      file({ properties: { kind: 'x', bays: -3, checkedOn: '2026-02-30' }, geometry: square }),
    ).areas
    expect(area).toMatchObject({ bays: null, checkedOn: null })
  })

  test('shapes in metres or without corners are no areas', () => {
    expect(
      areaOf({
        type: 'Polygon',
        coordinates: [
          [
            [3500000, 5400000],
            [1, 1],
            [2, 2],
            [3500000, 5400000],
          ],
        ],
      }),
    ).toBeNull()
    expect(areaOf({ type: 'Point', coordinates: [1, 2] })).toBeNull()
    expect(areaOf({ type: 'MultiPolygon', coordinates: [] })).toBeNull()
  })
})

describe('the map', () => {
  test('keeps everything within the drawing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 9, max: 9.5, noNaN: true }),
        fc.double({ min: 48.5, max: 49, noNaN: true }),
        (lon, lat) => {
          const projection = project([9, 48.5, 9.5, 49], 1000)
          const [x, y] = projection.point([lon, lat])
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(1000)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(projection.height + 1)
        },
      ),
    )
  })

  test('has north on top, and no box without areas', () => {
    const projection = project([9, 48, 10, 49], 1000)
    expect(projection.point([9, 49])).toEqual([0, 0])
    expect(boxAround([])).toBeNull()
  })
})

describe('the streets of a zone', () => {
  test('are put together from their houses, odd and even', () => {
    const houses = ['1', '3a', '7', '2', '10'].map((houseNumber) => ({ street: 'Ulmer Straße', houseNumber }))
    expect(streetsOf([...houses, { street: 'Äußere Gasse', houseNumber: '4' }])).toEqual([
      { street: 'Äußere Gasse', numbers: '4' },
      { street: 'Ulmer Straße', numbers: '1–7, 2–10' },
    ])
  })
})
