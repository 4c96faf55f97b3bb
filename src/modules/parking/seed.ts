import { casesThatEnded, type Case } from '#modules/cases/public.ts'
import { musterstadt, random, type Random } from '#modules/musterstadt/public.ts'
import { recordPastMessages } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { CITY_TIME_ZONE, cityDate, today } from '#platform/time/clock.ts'
import type { Permit } from './domain/permit.ts'
import { permitNumber } from './domain/permit-number.ts'
import { periodOf } from './domain/period.ts'
import { saveAreas } from './store/areas.ts'
import { insertPastPermits } from './store/past-permits.ts'
import { dueForReminder, noteReminder, type NewPermit } from './store/permits.ts'
import { assignAddresses, saveBackdrop, saveZone } from './store/zones.ts'
import { REMINDER_DAYS } from './use-cases/remind.ts'
import { holderNotice } from './use-cases/tell-holder.ts'

type PastPermit = NewPermit & Pick<Permit, 'endedOn'>

/** Zones, their addresses and bays, and what came of the applications that were granted: permits in every state. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    await seedLand(ctx)
    progress(1, 3)
    await insertPastPermits(ctx, await permitsOfCases(ctx))
    progress(2, 3)
    await remindOfThePast(ctx)
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

/** What the job would have written in the last weeks to holders of permits that end soon. */
async function remindOfThePast(ctx: Ctx): Promise<void> {
  const day = today(ctx.clock)
  const permits = await dueForReminder(ctx, day, day.add({ days: REMINDER_DAYS }), 1_000)
  const messages = []
  for (const permit of permits) {
    const at = permit.until
      .subtract({ days: REMINDER_DAYS })
      .toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime: '06:00' })
    messages.push({ ...(await holderNotice(ctx, permit, 'reminder')), at: at.toInstant() })
    await noteReminder(ctx, permit.id, at.toPlainDate())
  }
  await recordPastMessages(
    ctx,
    messages.filter(({ at }) => Temporal.Instant.compare(at, ctx.clock.now()) <= 0),
  )
}

async function permitsOfCases(ctx: Ctx): Promise<PastPermit[]> {
  const chance = random('parking permits')
  const plates = new Set<string>()
  const permits: PastPermit[] = []
  for (const kase of await casesThatEnded(ctx, 'resident-parking', 'granted')) {
    const permit = permitOf(kase, chance)
    if (!permit || plates.has(permit.plate)) continue
    plates.add(permit.plate)
    permits.push(...fateOf(ctx, permit, plates, chance))
  }
  return permits
}

/** The permit as it was issued when the case was granted; null for a case that was closed without one. */
function permitOf(kase: Case, chance: Random): PastPermit | null {
  const { person, address, vehicle, permit } = kase.answers as unknown as ParkingAnswers
  const zone = (kase.findings['zone']?.data as { zone?: string } | undefined)?.zone
  if (!zone || !kase.closedAt) return null
  const id = chance.uuid()
  return {
    id,
    line: id,
    replaces: null,
    number: numberOf(cityDate(kase.closedAt), chance),
    unit: kase.unit,
    zone,
    plate: vehicle.plate,
    ...periodOf(Temporal.PlainDate.from(permit.startDate), Number(permit.months)),
    state: 'valid',
    ...person,
    birthDate: Temporal.PlainDate.from(person.birthDate),
    ...address,
    accountId: kase.applicant.accountId,
    email: kase.applicant.email,
    locale: kase.applicant.locale,
    caseId: kase.id,
    issuedAt: kase.closedAt,
    endedOn: null,
    checkHash: hash(chance),
    fileId: null,
  }
}

/** What the permit's form asks for (services/resident-parking/form.yaml). */
interface ParkingAnswers {
  readonly person: { readonly givenName: string; readonly familyName: string; readonly birthDate: string }
  readonly address: Pick<Permit, 'street' | 'houseNumber' | 'postcode' | 'place'>
  readonly vehicle: { readonly plate: string }
  readonly permit: { readonly startDate: string; readonly months: string }
}

/** Most are as they were issued; a few were given back, and a few took the place of another. Anna Becker's was given back. */
function fateOf(ctx: Ctx, permit: PastPermit, plates: Set<string>, chance: Random): PastPermit[] {
  const day = today(ctx.clock)
  const isRunning =
    Temporal.PlainDate.compare(permit.from, day) < 0 && Temporal.PlainDate.compare(day, permit.until) < 0
  const isAnnas = permit.email === musterstadt().citizens[0]!.email
  const fate = isAnnas ? 0 : isRunning ? chance.next() : 1
  if (fate < 0.06) return [{ ...permit, state: 'returned', endedOn: between(permit.from, day, chance) }]
  if (fate > 0.15) return [permit]
  const changedOn = between(permit.from, day, chance)
  const state = fate < 0.11 ? 'replaced' : 'lost'
  const plate = state === 'lost' ? permit.plate : otherPlate(permit.plate, plates)
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

/** The holder's next car: a plate that nobody in the list has. */
function otherPlate(plate: string, taken: Set<string>): string {
  const [letters, digits] = plate.split(' ')
  for (let n = Number(digits); ; n = (n % 9999) + 1) {
    const next = `${letters} ${n}`
    if (taken.has(next)) continue
    taken.add(next)
    return next
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
