import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddressList } from './address-list.ts'
import { parseCsv } from './csv.ts'
import { formatHouseNumber, parseHouseNumber } from './house-number.ts'
import { streetKey } from './street-key.ts'
import { readTypedAddress } from './typed-address.ts'

describe('a street is found however it is spelt', () => {
  test.each([
    ['Lindenstraße', 'lindenstrasse'],
    ['Lindenstraße', 'Lindenstr.'],
    ['Lindenstraße', 'LINDEN STR'],
    ['Lindenstraße', 'Linden-Straße'],
    ['Lindenstraße', 'Lindenstra'],
    ['Lange Straße', 'lange str.'],
    ['Jean-Paul-Straße', 'jean paul strasse'],
    ['Münchner Straße', 'Muenchner Str.'],
    ['Münchner Straße', 'Munchner Strasse'],
    ['Straßburger Straße', 'Strassburger Str'],
    ['Straße der Einheit', 'Str. der Einheit'],
    ['Möwenweg', 'moewenweg'],
  ])('%s is meant by "%s"', (name, typed) => expect(streetKey(typed)).toBe(streetKey(name)))

  test.each([
    ['Lindenstraße', 'Lindenweg'],
    ['Rosenstraße', 'Dosenstraße'],
  ])('%s is not %s', (a, b) => expect(streetKey(a)).not.toBe(streetKey(b)))

  test('whatever is typed gives letters and digits only, and the same again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(streetKey(text)).toMatch(/^[a-z0-9]*$/)
      }),
    )
  })
})

describe('a house number', () => {
  test.each([
    ['12', 12, ''],
    [' 12 ', 12, ''],
    ['12a', 12, 'a'],
    ['12 A', 12, 'a'],
    ['12/1', 12, '/1'],
    ['12 1/2', 12, '1/2'],
    ['12 – 14', 12, '-14'],
    ['7b-9c', 7, 'b-9c'],
  ])('"%s" is read', (text, number, suffix) => expect(parseHouseNumber(text)).toEqual({ number, suffix }))

  test.each(['', 'a', '0', '12345', '12 rechts', '-3', '12ab', 'zwölf', '12\u0000'])('"%s" is refused', (text) =>
    expect(parseHouseNumber(text)).toBeNull(),
  )

  test('comes back the same after it was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('', 'a', 'z', '/1', '-14', 'b/2'),
        (number, suffix) => {
          expect(parseHouseNumber(formatHouseNumber({ number, suffix }))).toEqual({ number, suffix })
        },
      ),
    )
  })
})

describe('a typed line', () => {
  test.each([
    ['Lindenstr. 12 a, 73801 Musterstadt', 'Lindenstr.', '12 a', '73801'],
    ['Lindenstr', 'Lindenstr', '', null],
    ['Lindenstraße 1', 'Lindenstraße', '1', null],
    ['Straße des 17. Juni 135', 'Straße des 17. Juni', '135', null],
    ['Lindenstr.12', 'Lindenstr.', '12', null],
    ['', '', '', null],
  ])('"%s" is taken apart', (line, street, houseNumber, postcode) =>
    expect(readTypedAddress(line)).toEqual({ street, houseNumber, postcode }),
  )

  test('never makes the program fail', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readTypedAddress(text)))
  })
})

describe('an address list from outside', () => {
  test('is read from CSV with the columns that cities use, and says what it left out', () => {
    const list = readAddressList(
      '\uFEFFStraße;Hausnummer;Zusatz;PLZ;Ort;Stadtteil;Länge;Breite\r\nLindenstr.;12;a;73801;Musterstadt;Altstadt;9,25;48,8\r\n"Am ""Tor""";3;;73801;;;;\r\nRosenweg;zwölf;;73801;;;;\r\nRosenweg;1;;7380;;;;\r\n',
      'csv',
      'Musterstadt',
    )
    expect(list.rows).toEqual([
      {
        street: 'Lindenstraße',
        number: 12,
        suffix: 'a',
        postcode: '73801',
        place: 'Musterstadt',
        district: 'Altstadt',
        point: [9.25, 48.8],
      },
      {
        street: 'Am "Tor"',
        number: 3,
        suffix: '',
        postcode: '73801',
        place: 'Musterstadt',
        district: null,
        point: null,
      },
    ])
    expect(list.refused).toEqual([
      { at: 'line 4', reason: '"zwölf" is no house number' },
      { at: 'line 5', reason: '"7380" is no postcode of five digits' },
    ])
  })

  test('is read from GeoJSON, where features may be empty', () => {
    const list = readAddressList(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { 'addr:street': 'Rosenweg', 'addr:housenumber': '5', 'addr:postcode': '73801' },
            geometry: { type: 'Point', coordinates: [9.2, 48.7] },
          },
          { type: 'Feature', properties: null, geometry: null },
          null,
        ],
      }),
      'geojson',
      'Musterstadt',
    )
    expect(list.rows).toMatchObject([{ street: 'Rosenweg', number: 5, point: [9.2, 48.7], place: 'Musterstadt' }])
    expect(list.refused.map((row) => row.at)).toEqual(['feature 2', 'feature 3'])
  })

  test('that is no address list is refused with a reason', () => {
    expect(() => readAddressList('a;b\n1;2', 'csv', 'X')).toThrow(/no column for the street/)
    expect(() => readAddressList('{}', 'geojson', 'X')).toThrow(/FeatureCollection/)
  })

  test('keeps cells whole through quotes, separators and line breaks', () => {
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', ';', '\n', ' '), minLength: 1 })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 }), (rows) => {
        const text = ['h1,h2,h3', ...rows.map((row) => row.map(quote).join(','))].join('\n')
        expect([...parseCsv(text)].slice(1).map((row) => row.cells)).toEqual(rows)
      }),
    )
  })
})
