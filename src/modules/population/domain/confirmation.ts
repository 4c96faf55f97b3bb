import { compareNames, type Name } from './names.ts'

/** Whom somebody says they are, and where they say they live. */
export interface Claim extends Name {
  readonly birthDate: Temporal.PlainDate
  readonly address: { readonly street: string; readonly houseNumber: string; readonly postcode?: string | null }
}

/** What the register holds of one person; no more than a confirmation needs. */
export interface RegisteredPerson extends Name {
  readonly birthDate: Temporal.PlainDate
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly residence: 'main' | 'secondary'
}

export type Difference = 'name' | 'birthDate' | 'address'

/** Whether the register agrees; never what it holds instead. */
export interface Confirmation {
  /**
   * `confirmed`: person and address are registered so. `different`: there is such a person, but `differences`.
   * `not-found`: nobody like that. `unavailable`: the register did not answer. `too-often`: it was not asked.
   */
  readonly outcome: 'confirmed' | 'different' | 'not-found' | 'unavailable' | 'too-often'
  /** Whether the address is the main residence (BMG section 21(2)); null where the address is not confirmed. */
  readonly mainResidence: boolean | null
  readonly differences: readonly Difference[]
}

export const UNAVAILABLE: Confirmation = { outcome: 'unavailable', mainResidence: null, differences: [] }
export const TOO_OFTEN: Confirmation = { outcome: 'too-often', mainResidence: null, differences: [] }
const NOT_FOUND: Confirmation = { outcome: 'not-found', mainResidence: null, differences: [] }

type SameHouse = (a: Claim['address'], b: Claim['address']) => boolean

/**
 * Judges a claim by the people who could be meant. The one who differs least decides; two differences of name, birth date and
 * address mean that it is somebody else. A person with two residences stands in the register twice.
 */
export function judge(claim: Claim, candidates: readonly RegisteredPerson[], sameHouse: SameHouse): Confirmation {
  const judged = candidates
    .map((person) => ({ person, differences: differencesOf(claim, person, sameHouse) }))
    .filter((entry) => entry.differences.length <= 1)
    .toSorted(
      (a, b) =>
        a.differences.length - b.differences.length ||
        Number(b.person.residence === 'main') - Number(a.person.residence === 'main'),
    )
  const best = judged[0]
  if (!best) return NOT_FOUND
  const { person, differences } = best
  return {
    outcome: differences.length === 0 ? 'confirmed' : 'different',
    mainResidence: differences.includes('address') ? null : person.residence === 'main',
    differences,
  }
}

function differencesOf(claim: Claim, person: RegisteredPerson, sameHouse: SameHouse): Difference[] {
  const name = compareNames(claim, person)
  // Somebody of quite another name is another person, whatever else agrees.
  if (name === 'different') return ['name', 'birthDate', 'address']
  return [
    ...(name === 'similar' ? (['name'] as const) : []),
    ...(claim.birthDate.equals(person.birthDate) ? [] : (['birthDate'] as const)),
    ...(sameHouse(claim.address, person) ? [] : (['address'] as const)),
  ]
}
