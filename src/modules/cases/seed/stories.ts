import type { Random } from '#modules/musterstadt/public.ts'

/** A step of a case's life: which transition, how many hours after the one before, and what was filled in. */
export interface Chapter {
  readonly transition: string
  readonly hours: readonly [from: number, to: number]
  readonly input?: Readonly<Record<string, string>>
}

/** How cases of a service go, and how many of a hundred go so. `open`: the last state is one in which they wait now. */
export interface Story {
  readonly of100: number
  readonly open: boolean
  /** For open ones: hours for which they have been in their last state at most. */
  readonly waits?: readonly [from: number, to: number]
  readonly chapters: readonly Chapter[]
  readonly finding?: 'resident' | 'silent' | 'zone' | 'duplicate'
}

const MINUTES: readonly [number, number] = [0.02, 0.1]
const DAYS: readonly [number, number] = [20, 150]
const WEEKS: readonly [number, number] = [100, 330]

const reviewed = (reason: string): Chapter => ({ transition: reason, hours: MINUTES })

const PARKING: readonly Story[] = [
  {
    of100: 57,
    open: false,
    chapters: [
      { transition: 'ask-for-money', hours: MINUTES },
      { transition: 'paid', hours: DAYS },
    ],
  },
  {
    of100: 9,
    open: false,
    finding: 'resident',
    chapters: [reviewed('check-resident'), { transition: 'grant', hours: DAYS }, { transition: 'paid', hours: DAYS }],
  },
  {
    of100: 4,
    open: false,
    chapters: [
      reviewed('check-keeper'),
      { transition: 'grant', hours: DAYS, input: { conditions: 'Gilt nur, solange Sie das Fahrzeug dauernd nutzen.' } },
      { transition: 'paid', hours: DAYS },
    ],
  },
  {
    of100: 3,
    open: false,
    finding: 'zone',
    chapters: [
      reviewed('check-zone'),
      { transition: 'refuse', hours: DAYS, input: { grounds: 'Ihre Wohnung liegt in keiner Bewohnerparkzone.' } },
    ],
  },
  { of100: 3, open: false, finding: 'duplicate', chapters: [{ transition: 'refuse-duplicate', hours: MINUTES }] },
  {
    of100: 4,
    open: false,
    chapters: [
      { transition: 'ask-for-money', hours: MINUTES },
      { transition: 'not-paid', hours: [337, 345] },
    ],
  },
  {
    of100: 3,
    open: false,
    chapters: [
      { transition: 'ask-for-money', hours: MINUTES },
      { transition: 'withdraw', hours: DAYS },
    ],
  },
  { of100: 5, open: true, waits: [1, 300], chapters: [{ transition: 'ask-for-money', hours: MINUTES }] },
  { of100: 5, open: true, waits: [1, 80], finding: 'resident', chapters: [reviewed('check-resident')] },
  { of100: 3, open: true, waits: [1, 250], finding: 'duplicate', chapters: [reviewed('check-duplicate')] },
  { of100: 2, open: true, waits: [1, 200], chapters: [reviewed('check-keeper')] },
  {
    of100: 0.5,
    open: true,
    waits: [1, 90],
    chapters: [
      { transition: 'ask-for-money', hours: MINUTES },
      { transition: 'paid-but-taken', hours: DAYS },
    ],
  },
  // Beyond the ten working days: overdue.
  { of100: 0.6, open: true, waits: [345, 430], finding: 'silent', chapters: [reviewed('check-by-hand')] },
  {
    of100: 2,
    open: true,
    waits: [1, 400],
    chapters: [
      reviewed('check-keeper'),
      {
        transition: 'ask-for-documents',
        hours: DAYS,
        input: { missing: 'Eine Erlaubnis des Fahrzeughalters mit Unterschrift.' },
      },
    ],
  },
]

const DOGS: readonly Story[] = [
  { of100: 62, open: false, chapters: [{ transition: 'register', hours: MINUTES }] },
  {
    of100: 9,
    open: false,
    chapters: [
      reviewed('to-review'),
      { transition: 'exempt', hours: DAYS, input: { conditions: 'Die Befreiung gilt ein Jahr.' } },
    ],
  },
  {
    of100: 5,
    open: false,
    chapters: [
      reviewed('to-review'),
      {
        transition: 'register-taxed',
        hours: WEEKS,
        input: { grounds: 'Die Prüfung als Rettungshund ist nicht nachgewiesen.' },
      },
    ],
  },
  {
    of100: 3,
    open: false,
    chapters: [
      reviewed('to-review'),
      {
        transition: 'refuse',
        hours: WEEKS,
        input: { grounds: 'Der Hund ist schon unter einer anderen Chipnummer angemeldet.' },
      },
    ],
  },
  { of100: 3, open: false, chapters: [reviewed('to-review'), { transition: 'withdraw', hours: DAYS }] },
  { of100: 12, open: true, waits: [1, 260], chapters: [reviewed('to-review')] },
  { of100: 0.6, open: true, waits: [345, 430], chapters: [reviewed('to-review')] },
  {
    of100: 6,
    open: true,
    waits: [1, 400],
    chapters: [
      reviewed('to-review'),
      { transition: 'ask-for-documents', hours: DAYS, input: { missing: 'Das Prüfungszeugnis des Hundes.' } },
    ],
  },
]

export const STORIES: Readonly<Record<string, readonly Story[]>> = {
  'resident-parking': PARKING,
  'dog-registration': DOGS,
}

export function pickStory(dice: Random, stories: readonly Story[]): Story {
  let left = dice.next() * stories.reduce((sum, { of100 }) => sum + of100, 0)
  return stories.find(({ of100 }) => (left -= of100) < 0) ?? stories[0]!
}
