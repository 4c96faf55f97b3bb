import { accountByEmail } from '#modules/accounts/public.ts'
import { musterstadt, random, type DemoCitizen, type Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import type { Permit } from './domain/permit.ts'
import { permitNumber } from './domain/permit-number.ts'
import { periodOf } from './domain/period.ts'
import { saveAreas } from './store/areas.ts'
import { insertPastPermits } from './store/past-permits.ts'
import type { NewPermit } from './store/permits.ts'
import { assignAddresses, saveBackdrop, saveZone } from './store/zones.ts'

const UNIT = 'strassenverkehr'
const PERMITS = 1_600

type PastPermit = NewPermit & Pick<Permit, 'endedOn'>

/** Zones, their addresses and bays, and permits in every state; none for the cars of Anna Becker, who is about to apply. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    await seedLand(ctx)
    progress(1, 3)
    await insertPastPermits(ctx, permitsOfResidents(ctx))
    progress(2, 3)
    await insertPastPermits(ctx, await permitsOfCitizens(ctx))
    progress(3, 3)
  },
}

/** The zones, bays and river of Musterstadt. */
export async function seedLand(ctx: Ctx): Promise<void> {
  const city = musterstadt()
  for (const zone of city.parkingZones) await saveZone(ctx, zone)
  const inZones = city.addresses.flatMap(({ id, zone }) => (zone ? [{ addressId: id, zone }] : []))
  await assignAddresses(ctx, inZones, 'list')
  await saveAreas(
    ctx,
    city.parkingAreas.map((area) => ({
      ...area,
      number: String(area.number),
      zones: area.permitTimes ? [area.zone] : [],
      permitTimes: area.permitTimes?.slice(1).trim() || null,
      allowedTimes: null,
      restriction: null,
      remark: area.street,
      checkedOn: null,
    })),
  )
  await saveBackdrop(ctx, 'neckar', city.river)
}

/** What a permit takes of the person who holds it. */
type Person = Pick<Permit, 'givenName' | 'familyName' | 'street' | 'houseNumber' | 'postcode' | 'place'> & {
  readonly birthDate: string
}

/** Adults of the zones, one permit a household. */
function permitsOfResidents(ctx: Ctx): PastPermit[] {
  const city = musterstadt()
  const chance = random('parking permits')
  const zones = new Map(city.addresses.flatMap(({ id, zone }) => (zone ? [[id, zone] as const] : [])))
  const households = new Set<string>()
  const citizens = new Set(city.citizens.map((citizen) => citizen.residentId))
  const permits: PastPermit[] = []
  for (const resident of city.residents()) {
    if (permits.length >= PERMITS) break
    const zone = zones.get(resident.addressId)
    if (!zone || citizens.has(resident.id) || households.has(resident.householdId)) continue
    if (resident.birthDate > '2006' || resident.residence === 'secondary' || !chance.chance(0.3)) continue
    households.add(resident.householdId)
    // One letter after the district: the cars of citizens with an account have two, so that none is there twice.
    const plate = `MU-${'ABCDEFGHKLMNPRSTUVWXYZ'[households.size % 22]!} ${1000 + households.size}`
    permits.push(...storyOf(ctx, resident, { zone, plate, accountId: null, email: null, locale: 'de' }, chance))
  }
  return permits
}

async function permitsOfCitizens(ctx: Ctx): Promise<PastPermit[]> {
  const [anna, ...others] = musterstadt().citizens
  const chance = random('parking permits of citizens')
  const permits: PastPermit[] = []
  for (const citizen of others) {
    if (!citizen.zone || (permits.length > 0 && chance.chance(0.2))) continue
    permits.push(...storyOf(ctx, citizen, await holderOf(ctx, citizen, citizen.vehicles[0]!.plate), chance))
  }
  return [...permits, await formerPermitOf(ctx, anna!, chance)]
}

type Held = Pick<Permit, 'zone' | 'plate' | 'accountId' | 'email' | 'locale'>

async function holderOf(ctx: Ctx, citizen: DemoCitizen, plate: string): Promise<Held> {
  const account = await accountByEmail(ctx, citizen.email)
  return { zone: citizen.zone!, plate, accountId: account?.id ?? null, email: citizen.email, locale: citizen.locale }
}

/** Anna had a permit for a car that she sold: something to look at, and nothing in the way of her application. */
async function formerPermitOf(ctx: Ctx, anna: DemoCitizen, chance: Random): Promise<PastPermit> {
  const day = today(ctx.clock)
  const permit = permitFrom(day.subtract({ months: 3 }), 12, anna, await holderOf(ctx, anna, 'MU-AB 48'), chance)
  return { ...permit, state: 'returned', endedOn: day.subtract({ months: 1 }) }
}

/** One permit, or several that replaced each other: about half valid, a tenth ending within a month, the others ended. */
function storyOf(ctx: Ctx, person: Person, held: Held, chance: Random): PastPermit[] {
  const day = today(ctx.clock)
  const months = chance.pick([6, 12, 12, 12, 24])
  const permit = permitFrom(day.subtract({ days: chance.int(-20, 540) }), months, person, held, chance)
  const isRunning =
    Temporal.PlainDate.compare(permit.from, day) < 0 && Temporal.PlainDate.compare(day, permit.until) < 0
  const fate = isRunning ? chance.next() : 1
  if (fate < 0.06) return [{ ...permit, state: 'returned', endedOn: between(permit.from, day, chance) }]
  if (fate > 0.15) return [permit]
  const changedOn = between(permit.from, day, chance)
  const state = fate < 0.11 ? 'replaced' : 'lost'
  const plate =
    state === 'lost' ? permit.plate : permit.plate.replace(/\d+$/, (digits) => String(Number(digits) + 3000).slice(-4))
  const next: PastPermit = {
    ...permit,
    id: chance.uuid(),
    replaces: permit.id,
    number: numberOf(changedOn, chance),
    checkHash: hash(chance),
    plate,
    from: changedOn,
  }
  return [{ ...permit, state, endedOn: changedOn }, next]
}

function permitFrom(from: Temporal.PlainDate, months: number, person: Person, held: Held, chance: Random): PastPermit {
  const id = chance.uuid()
  const { givenName, familyName, birthDate, street, houseNumber, postcode, place } = person
  return {
    id,
    line: id,
    replaces: null,
    number: numberOf(from, chance),
    unit: UNIT,
    ...held,
    ...periodOf(from, months),
    state: 'valid',
    givenName,
    familyName,
    birthDate: Temporal.PlainDate.from(birthDate),
    street,
    houseNumber,
    postcode,
    place,
    caseId: null,
    issuedAt: from.toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime: '09:00' }).toInstant(),
    endedOn: null,
    checkHash: hash(chance),
    fileId: null,
  }
}

const numberOf = (day: Temporal.PlainDate, chance: Random) =>
  permitNumber(
    day.year,
    Uint8Array.from({ length: 6 }, () => chance.int(0, 255)),
  )

/** Of no code that anybody has: the demo city's old permits were never printed. */
const hash = (chance: Random) => (chance.uuid() + chance.uuid()).replaceAll('-', '')

function between(from: Temporal.PlainDate, until: Temporal.PlainDate, chance: Random): Temporal.PlainDate {
  return from.add({ days: chance.int(1, Math.max(1, from.until(until).days - 1)) })
}
