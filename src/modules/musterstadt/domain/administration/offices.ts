import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { DemoAddress, DemoOffice, OpeningHours } from '../types.ts'
import { UNITS } from './units.ts'

type Days = readonly OpeningHours['day'][]
const open = (days: Days, from: string, to: string): OpeningHours[] => days.map((day) => ({ day, from, to }))

const LONG = [...open([1, 2, 3, 5], '08:00', '13:00'), ...open([4], '08:00', '18:00'), ...open([2], '14:00', '16:00')]
const SHORT = [...open([1, 2, 3, 4, 5], '08:30', '12:00'), ...open([4], '14:00', '17:30')]
const LOCAL = [...open([1, 3, 5], '08:30', '12:00'), ...open([2, 4], '14:00', '18:00')]

interface Place {
  readonly id: string
  readonly unit: string
  readonly name: LocalizedText
  readonly district: string
  readonly hours: readonly OpeningHours[]
  readonly access: LocalizedText
}

const stepless = (stop: string, english: string): LocalizedText => ({
  de: `Stufenloser Eingang, Aufzug, Toilette für Menschen mit Rollstuhl. Haltestelle ${stop}.`,
  en: `Step-free entrance, lift, wheelchair-accessible toilet. Stop: ${english}.`,
})

const PLACES: readonly Place[] = [
  {
    id: 'rathaus',
    unit: 'rathaus',
    name: { de: 'Rathaus am Markt', en: 'City hall at the market square' },
    district: 'altstadt',
    hours: SHORT,
    access: stepless('Markt (Linien 1, 2, 5)', 'Markt (lines 1, 2, 5)'),
  },
  {
    id: 'buergerbuero-mitte',
    unit: 'buergeramt',
    name: { de: 'Bürgerbüro Mitte', en: "Central citizens' office" },
    district: 'altstadt',
    hours: [...LONG, ...open([6], '09:00', '12:00')],
    access: stepless('Markt (Linien 1, 2, 5)', 'Markt (lines 1, 2, 5)'),
  },
  {
    id: 'buergerbuero-sued',
    unit: 'buergeramt',
    name: { de: 'Bürgerbüro Süd', en: "South citizens' office" },
    district: 'suedstadt',
    hours: LOCAL,
    access: stepless('Südstadtplatz (Linie 2)', 'Südstadtplatz (line 2)'),
  },
  {
    id: 'buergerbuero-ost',
    unit: 'buergeramt',
    name: { de: 'Bürgerbüro Ost', en: "East citizens' office" },
    district: 'oststadt',
    hours: LOCAL,
    access: {
      de: 'Zwei Stufen am Eingang, Rampe nach Klingeln. Haltestelle Ostbahnhof (S-Bahn, Linie 4).',
      en: 'Two steps at the entrance: please ring the bell for the ramp. Stop: Ostbahnhof (suburban railway, line 4).',
    },
  },
  {
    id: 'verkehr',
    unit: 'strassenverkehr',
    name: { de: 'Straßenverkehrsbehörde', en: 'Road traffic authority' },
    district: 'bahnhofsviertel',
    hours: LONG,
    access: stepless('Hauptbahnhof (alle Linien)', 'Hauptbahnhof (all lines)'),
  },
  {
    id: 'ordnungsamt',
    unit: 'ordnungsamt',
    name: { de: 'Ordnungsamt', en: 'Public order office' },
    district: 'bahnhofsviertel',
    hours: SHORT,
    access: stepless('Hauptbahnhof (alle Linien)', 'Hauptbahnhof (all lines)'),
  },
  {
    id: 'finanzen',
    unit: 'stadtkasse',
    name: { de: 'Stadtkasse und Steueramt', en: 'City treasury and tax office' },
    district: 'weststadt',
    hours: SHORT,
    access: stepless('Westtor (Linie 5)', 'Westtor (line 5)'),
  },
  {
    id: 'technisches-rathaus',
    unit: 'bauamt',
    name: { de: 'Technisches Rathaus', en: 'Planning and building centre' },
    district: 'hochschulviertel',
    hours: SHORT,
    access: stepless('Hochschule (Linie 1)', 'Hochschule (line 1)'),
  },
  {
    id: 'standesamt',
    unit: 'standesamt',
    name: { de: 'Standesamt im Kelterhof', en: 'Registry office at Kelterhof' },
    district: 'weinberg',
    hours: SHORT,
    access: {
      de: 'Historisches Gebäude: ebenerdiger Zugang über den Hof, kein Aufzug. Haltestelle Kelter (Linie 7).',
      en: 'Historic building: level access through the courtyard, no lift. Stop: Kelter (line 7).',
    },
  },
  {
    id: 'soziales',
    unit: 'sozialamt',
    name: { de: 'Haus für Soziales und Schule', en: 'Social services and schools' },
    district: 'nordstadt',
    hours: LONG,
    access: stepless('Nordstadt Mitte (Linie 1)', 'Nordstadt Mitte (line 1)'),
  },
]

/** Ten offices, each in a house of its district. */
export function planOffices(addresses: readonly DemoAddress[]): DemoOffice[] {
  const taken = new Set<string>()
  return PLACES.map(({ district, ...office }) => {
    const house = addresses.find((address) => address.districtId === district && !taken.has(address.street))!
    taken.add(house.street)
    const unit = UNITS.find((candidate) => candidate.id === office.unit)!
    const { street, houseNumber, postcode, place, point } = house
    return { ...office, street, houseNumber, postcode, place, point, telephone: unit.telephone, email: unit.email }
  })
}
