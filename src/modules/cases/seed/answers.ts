import type { Answers } from '#modules/services/public.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import type { Findings } from '../domain/case.ts'
import type { Story } from './stories.ts'

/** Somebody who applies. */
export interface Person {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly place: string
  readonly email: string
  readonly telephone: string | null
  readonly plate: string | null
  readonly zone: string | null
}

const LETTERS = 'ABCDEFGHKLMNPRSTUVWXYZ'
const DOG_NAMES = [
  'Bello',
  'Luna',
  'Emma',
  'Balu',
  'Nala',
  'Rocky',
  'Frieda',
  'Oskar',
  'Maja',
  'Charly',
  'Kira',
  'Lotte',
]
const BREEDS = [
  'Pudel',
  'Labrador',
  'Dackel',
  'Golden Retriever',
  'Mischling',
  'Beagle',
  'Border Collie',
  'Jack Russell Terrier',
]

export const plateOf = (dice: Random): string =>
  `MU-${dice.pick([...LETTERS])}${dice.pick([...LETTERS])} ${dice.int(10, 9999)}`

const personOf = ({ givenName, familyName, birthDate }: Person) => ({ givenName, familyName, birthDate })
const addressOf = ({ street, houseNumber, postcode, place }: Person) => ({ street, houseNumber, postcode, place })
const contactOf = ({ email, telephone }: Person) => ({ email, ...(telephone ? { telephone } : {}) })

export function parkingAnswers(
  dice: Random,
  person: Person,
  story: Story,
  startDate: string,
  file: string | null,
): Answers {
  const isOthers = story.chapters[0]?.transition === 'check-keeper'
  return {
    person: personOf(person),
    address: addressOf(person),
    contact: contactOf(person),
    vehicle: { plate: person.plate ?? plateOf(dice), keeper: isOthers ? 'other' : 'self' },
    certificate: file ? [file] : [],
    ...(isOthers ? { keeperPermission: [] } : {}),
    permit: { startDate, months: dice.pick(['6', '12', '12', '12', '24']) },
    register: true,
    truthful: true,
  }
}

export function dogAnswers(
  dice: Random,
  person: Person,
  story: Story,
  acquiredOn: string,
  file: string | null,
): Answers {
  const asksForExemption = story.chapters[0]?.transition === 'to-review'
  return {
    person: personOf(person),
    address: addressOf(person),
    contact: contactOf(person),
    dogsBefore: 0,
    dogs: [
      {
        callName: dice.pick(DOG_NAMES),
        breed: dice.pick(BREEDS),
        kind: 'ordinary',
        chip: `2760981${String(dice.int(0, 99_999_999)).padStart(8, '0')}`,
        acquiredOn,
      },
    ],
    exemption: asksForExemption ? dice.pick(['assistance', 'rescue', 'shelter']) : 'none',
    ...(asksForExemption ? { exemptionProof: file ? [file] : [] } : {}),
    payBy: 'invoice',
    tax: 12_000,
    truthful: true,
  }
}

/** What the checks would have found at that time, as far as the story needs it. */
export function parkingFindings(person: Person, story: Story, at: string): Findings {
  const ok = (de: string, en: string) => ({ outcome: 'ok' as const, message: { de, en }, at, tries: 1 })
  const zone = person.zone
  if (story.finding === 'silent')
    return {
      resident: {
        outcome: 'unavailable',
        message: { de: 'Das Melderegister hat nicht geantwortet.', en: 'The population register did not answer.' },
        at,
        tries: 4,
      },
    }
  return {
    resident:
      story.finding === 'resident'
        ? {
            outcome: 'unclear',
            message: {
              de: 'Das Melderegister führt unter dieser Adresse eine Nebenwohnung.',
              en: 'The population register has a secondary residence at this address.',
            },
            at,
            tries: 1,
          }
        : ok(
            'Das Melderegister bestätigt Person und Hauptwohnung.',
            'The population register confirms person and main residence.',
          ),
    zone:
      story.finding === 'zone'
        ? {
            outcome: 'no',
            message: { de: 'Die Adresse liegt in keiner Zone.', en: 'The address lies in no zone.' },
            at,
            tries: 1,
          }
        : { ...ok(`Die Adresse liegt in Zone ${zone}.`, `The address lies in zone ${zone}.`), data: { zone } },
    duplicate:
      story.finding === 'duplicate'
        ? {
            outcome: story.open ? 'unclear' : 'no',
            message: {
              de: 'Es gibt in dieser Zeit schon einen Ausweis.',
              en: 'There is a permit for that time already.',
            },
            at,
            tries: 1,
          }
        : ok('Kein anderer Ausweis in dieser Zeit.', 'No other permit for that time.'),
  }
}
