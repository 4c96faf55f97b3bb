import { join } from 'node:path'
import { loadServiceFolder } from '#modules/services/public.ts'
import { HOME } from './street.ts'

/** A service whose form uses every element of the form language. */
export const cafe = loadServiceFolder(join(import.meta.dirname, 'pavement-cafe'))

/** What a person types on each page. */
export const TYPED = {
  operator: {
    'operator/givenName': ' Ayşe ',
    'operator/familyName': 'O’Neill-Öztürk',
    'operator/birthDate.day': '29',
    'operator/birthDate.month': '2',
    'operator/birthDate.year': '1988',
    'home/street': 'Rue de la Paix',
    'home/houseNumber': '3',
    'home/postcode': '67000',
    'home/place': 'Straßburg',
    email: 'Ayse@Cafe.EXAMPLE',
    telephone: '0711 / 123 45 67',
  },
  place: {
    'cafe/street': 'lindenstr.',
    'cafe/houseNumber': '12 A',
    area: '12,5',
    seats: '24',
    season: 'days',
    weekdays: ['sat', 'fri'],
    'opens.day': '1',
    'opens.month': '6',
    'opens.year': '2030',
  },
  furniture: {
    'furniture/0/what': 'heater',
    'furniture/0/count': '2',
    'furniture/1/what': 'awning',
    'furniture/1/count': '1',
    'furniture/1/note': 'rot\r\nund weiß',
  },
  delivery: { plate: 's-ab1234', licence: 'AB1234' },
  money: {
    turnover: '1.234,50',
    'account/iban': 'de02 1203 0000 0000 2020 51',
    'account/mandate': 'yes',
  },
} as const

/** The same as JSON, as it is kept; files by their ids. */
export const answersOf = (plan: string): Record<string, unknown> => ({
  operator: { givenName: 'Ayşe', familyName: 'O’Neill-Öztürk', birthDate: '1988-02-29' },
  home: { street: 'Rue de la Paix', houseNumber: '3', postcode: '67000', place: 'Straßburg' },
  email: 'Ayse@cafe.example',
  telephone: '+497111234567',
  cafe: { ...HOME },
  area: 12.5,
  seats: 24,
  season: 'days',
  weekdays: ['fri', 'sat'],
  opens: '2030-06-01',
  furniture: [
    { what: 'heater', count: 2 },
    { what: 'awning', count: 1, note: 'rot\nund weiß' },
  ],
  plate: 'S-AB 1234',
  licence: 'AB1234',
  turnover: 123450,
  account: { iban: 'DE02120300000000202051', mandate: true },
  plan: [plan],
  truthful: true,
})

/** What the city works out from them. */
export const COMPUTED = {
  furniture: [
    { what: 'heater', count: 2, worth: 5000 },
    { what: 'awning', count: 1, note: 'rot\nund weiß', worth: 2500 },
  ],
  // 1881.25 cents, half up.
  fee: 1881,
  summary: '24 / 12.5',
  places: 24,
  until: '2031-06-01',
}
