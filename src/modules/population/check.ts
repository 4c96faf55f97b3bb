import { caseCheck, type CaseCheck, type Finding } from '#modules/cases/public.ts'
import { provide } from '#platform/extension.ts'
import type { Claim, Confirmation, Difference } from './domain/confirmation.ts'
import { confirmResident } from './register.ts'
import { texts } from './texts/index.ts'

type Input = Readonly<Record<string, unknown>>

/**
 * `population.confirm-resident`, for workflows. Input: `givenName`, `familyName`, `birthDate`, `address` (`street`, `houseNumber`,
 * `postcode`). Answers `ok` only where the person is registered at the address with the main residence.
 */
const confirmResidentCheck: CaseCheck = {
  run: async (ctx, kase, input) => {
    const claim = readClaim(input)
    if (!claim) throw new Error('population.confirm-resident needs givenName, familyName, birthDate and address')
    return findingOf(await confirmResident(ctx, claim, `case:${kase.id}`))
  },
}

export const residentCheck = provide(caseCheck, 'population.confirm-resident', confirmResidentCheck)

function readClaim(input: Input): Claim | null {
  const address = (input['address'] ?? input) as Input
  const text = (from: Input, key: string) => (typeof from[key] === 'string' ? from[key] : '')
  const birthDate = readDate(input['birthDate'])
  const claim = {
    givenName: text(input, 'givenName'),
    familyName: text(input, 'familyName'),
    address: {
      street: text(address, 'street'),
      houseNumber: text(address, 'houseNumber'),
      postcode: text(address, 'postcode') || null,
    },
  }
  if (!birthDate || !claim.givenName || !claim.familyName || !claim.address.street || !claim.address.houseNumber)
    return null
  return { ...claim, birthDate }
}

/** FEEL hands on a date as a Temporal value or as ISO text. */
function readDate(value: unknown): Temporal.PlainDate | null {
  try {
    if (value instanceof Temporal.PlainDate) return value
    return typeof value === 'string' ? Temporal.PlainDate.from(value) : null
  } catch {
    return null
  }
}

function findingOf(confirmation: Confirmation): Finding {
  const { outcome, mainResidence, differences } = confirmation
  return {
    outcome: outcomeOf(confirmation),
    message: { de: messageOf('de', confirmation), en: messageOf('en', confirmation) },
    data: { outcome, mainResidence, differences: [...differences] },
  }
}

function outcomeOf({ outcome, mainResidence }: Confirmation): Finding['outcome'] {
  if (outcome === 'unavailable') return 'unavailable'
  if (outcome === 'different' || outcome === 'too-often') return 'unclear'
  return outcome === 'confirmed' && mainResidence ? 'ok' : 'no'
}

function messageOf(locale: 'de' | 'en', { outcome, mainResidence, differences }: Confirmation): string {
  const t = texts({ locale })
  if (outcome === 'unavailable') return t.unavailable
  if (outcome === 'too-often') return t.tooOften
  if (outcome === 'not-found') return t.notFound
  if (outcome === 'different')
    return t.different(differences.map((difference: Difference) => t.differences[difference]).join(', '))
  return mainResidence ? t.confirmed : t.secondary
}
