import type { LocalizedText } from '#platform/i18n/locale.ts'
import { mailName } from '../people/mail-name.ts'
import { random } from '../random.ts'
import type { DemoStaff, StaffRole } from '../types.ts'
import { UNITS } from './units.ts'

/** Roles of each unit's staff; 60 people together. */
const ROLES: Readonly<Record<string, readonly (readonly [StaffRole, number])[]>> = {
  rathaus: [
    ['administrator', 1],
    ['head', 1],
    ['editor', 2],
  ],
  hauptamt: [
    ['head', 1],
    ['clerk', 4],
  ],
  buergeramt: [
    ['head', 1],
    ['clerk', 8],
  ],
  standesamt: [
    ['head', 1],
    ['clerk', 3],
  ],
  ordnungsamt: [
    ['head', 1],
    ['clerk', 3],
    ['officer', 3],
  ],
  strassenverkehr: [
    ['head', 1],
    ['clerk', 7],
  ],
  steueramt: [
    ['head', 1],
    ['clerk', 4],
  ],
  stadtkasse: [
    ['head', 1],
    ['cashier', 3],
  ],
  bauamt: [
    ['head', 1],
    ['clerk', 4],
  ],
  sozialamt: [
    ['head', 1],
    ['clerk', 2],
  ],
  schulamt: [
    ['head', 1],
    ['clerk', 2],
  ],
  kulturamt: [
    ['head', 1],
    ['clerk', 1],
    ['editor', 1],
  ],
}

const POSITIONS: Readonly<Record<StaffRole, LocalizedText>> = {
  administrator: { de: 'Administration', en: 'Administrator' },
  head: { de: 'Amtsleitung', en: 'Head of unit' },
  clerk: { de: 'Sachbearbeitung', en: 'Clerk' },
  officer: { de: 'Vollzugsdienst', en: 'Enforcement officer' },
  cashier: { de: 'Kasse', en: 'Cashier' },
  editor: { de: 'Redaktion', en: 'Editor' },
}

/** Whom the README names; each takes the first place of that role in the unit. */
const KNOWN: readonly { unit: string; role: StaffRole; givenName: string; familyName: string; email: string }[] = [
  {
    unit: 'rathaus',
    role: 'administrator',
    givenName: 'Miriam',
    familyName: 'Schaal',
    email: 'admin@musterstadt.example',
  },
  {
    unit: 'strassenverkehr',
    role: 'clerk',
    givenName: 'Jonas',
    familyName: 'Keller',
    email: 'jonas.keller@musterstadt.example',
  },
  {
    unit: 'ordnungsamt',
    role: 'officer',
    givenName: 'Petra',
    familyName: 'Vogel',
    email: 'petra.vogel@musterstadt.example',
  },
]

const GIVEN =
  'Sabine Thomas Elif Markus Julia Stefan Katharina Ivana Andreas Martina Tobias Aylin Christian Nicole Giulia Florian Petar Susanne Daniel Magdalena Uwe Birgit Murat Laura Sebastian Heike Alexander Eleni Frank Claudia'.split(
    ' ',
  )
const FAMILY =
  'Bühler Kienzle Haug Rapp Merkle Öztürk Widmann Eberle Häberle Kovačić Frey Geiger Pfleiderer Stotz Sautter Rossi Nägele Zeller Mack Wörner Holzwarth Demir Gehring Bäuerle Nowak Trautwein Vetter Raiser Steeb Papadopoulos'.split(
    ' ',
  )

export function planStaff(): DemoStaff[] {
  const chance = random('staff')
  const names = chance.shuffle(GIVEN).flatMap((givenName, i) => [
    { givenName, familyName: FAMILY[i]! },
    { givenName, familyName: FAMILY[(i + 11) % FAMILY.length]! },
  ])
  let extension = 200
  return UNITS.flatMap((unit) =>
    ROLES[unit.id]!.flatMap(([role, count]) =>
      Array.from({ length: count }, (_, place): DemoStaff => {
        const known = KNOWN.find((person) => place === 0 && person.unit === unit.id && person.role === role)
        const name = known ?? names.shift()!
        return {
          id: chance.uuid(),
          unit: unit.id,
          role,
          givenName: name.givenName,
          familyName: name.familyName,
          email: known?.email ?? `${mailName(name.givenName, name.familyName)}@musterstadt.example`,
          telephone: `07199 0100-${extension++}`,
          position: POSITIONS[role],
        }
      }),
    ),
  )
}
