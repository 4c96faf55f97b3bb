import { musterstadt, type Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { plateOf, type Person } from './answers.ts'

export interface Applicant extends Person {
  readonly accountId: string | null
  readonly locale: 'de' | 'en'
}

/** Who applies for what: permits are for people in a zone, but for those whose story is that they are not. */
export type Home = 'zone' | 'outside' | 'anywhere'

/** Mostly people without an account, one a household, and the citizens of the demo city who have one. */
export function* applicants(ctx: Ctx, dice: Random, home: Home): Generator<Applicant> {
  // Of age when the oldest of the cases was opened.
  const youngest = today(ctx.clock).subtract({ years: 19 }).toString()
  const city = musterstadt()
  const zones = new Map(city.addresses.map(({ id, zone }) => [id, zone]))
  const livesThere = (zone: string | null) => home === 'anywhere' || (home === 'zone') === (zone !== null)
  // Anna Becker, the first, has cases of her own (below) and is about to apply for a permit.
  const withAccount = city.citizens.slice(1, 181).filter((one) => one.birthDate <= youngest && livesThere(one.zone))
  const known = new Set(city.citizens.map(({ residentId }) => residentId))
  const households = new Set<string>()
  for (const resident of city.residents()) {
    const zone = zones.get(resident.addressId) ?? null
    if (!livesThere(zone) || resident.birthDate > youngest || resident.residence !== 'main') continue
    if (known.has(resident.id) || households.has(resident.householdId) || !dice.chance(SHARE[home])) continue
    households.add(resident.householdId)
    const citizen = dice.chance(0.2) ? withAccount.shift() : undefined
    if (citizen) yield { ...citizen, accountId: citizen.id, plate: citizen.vehicles[0]?.plate ?? null }
    else
      yield {
        ...resident,
        email: `${ascii(resident.givenName)}.${ascii(resident.familyName)}${dice.int(1, 99)}@post.example`,
        telephone: dice.chance(0.4) ? `+497199${dice.int(100_000, 999_999)}` : null,
        plate: plateOf(dice),
        zone,
        accountId: null,
        locale: dice.chance(0.07) ? 'en' : 'de',
      }
  }
}

/** So that applicants come from all over the register. */
const SHARE: Readonly<Record<Home, number>> = { zone: 0.15, outside: 0.01, anywhere: 0.03 }

const ascii = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '')
