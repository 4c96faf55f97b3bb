import { beforeEach } from 'vitest'
import type { CaseAction, CaseCheck, CaseForAction } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { TestCity } from '#src/testing/city.ts'
import { caseExtensions } from '../case-extensions.ts'
import type { Permit } from '../domain/permit.ts'
import { permitById } from '../store/permits.ts'
import { townWithZones } from './town.ts'

/** A town with zones and residents, on the same morning before each test and without any permit. */
export async function permitTown(city: TestCity): Promise<Ctx> {
  const ctx = await townWithZones(city, ['population'])
  beforeEach(async () => {
    city.clock.set('2030-03-13T08:30:00Z')
    await exec(ctx.db, sql`delete from parking_permit`)
  })
  return ctx
}

const provided = (name: string) => caseExtensions.find((candidate) => candidate.name === name)!.value

/** The check of this name, as a workflow calls it. */
export const check = (name: string) => provided(name) as CaseCheck
export const issueAction = provided('parking.issue-permit') as CaseAction

/** The first resident of the demo city, who lives in zone A. */
export const anna = musterstadt().citizens[0]!
const { street, houseNumber, postcode, place } = anna
export const home = { street, houseNumber, postcode, place }

/** What her application says. */
export const input = {
  plate: 'MU-AB 123',
  address: home,
  givenName: 'Anna',
  familyName: 'Becker',
  birthDate: anna.birthDate,
  holder: { givenName: 'Anna', familyName: 'Becker', birthDate: anna.birthDate },
  from: '2030-03-13',
  months: '12',
}

export function kaseOf(id = newId()): CaseForAction {
  return {
    id,
    unit: 'strassenverkehr',
    applicant: { accountId: null, name: 'Anna Becker', email: anna.email, locale: 'de' },
  } as CaseForAction
}

/** A permit of hers. */
export async function issued(ctx: Ctx, more: Partial<typeof input> = {}, kase = kaseOf()): Promise<Permit> {
  const result = await issueAction.run(ctx, kase, { ...input, ...more })
  return (await permitById(ctx, (result as { data: { permitId: string } }).data.permitId))!
}
