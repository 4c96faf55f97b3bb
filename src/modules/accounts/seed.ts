import type { Seed } from '#platform/module.ts'
import { musterstadt, type DemoStaff } from '#modules/musterstadt/public.ts'
import { hashPassword } from './hashing.ts'
import { insertAccounts, insertAssignments, insertReadings, insertSafes, type SeedAccount } from './store/seed.ts'
import { insertUnit, units, updateUnit } from './store/units.ts'

/** Units, 60 members of staff and the citizens of the demo city. One hash for all, as all have the same password. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const city = musterstadt()
    const known = new Set((await units(ctx)).map((unit) => unit.id))
    for (const unit of city.units) await (known.has(unit.id) ? updateUnit(ctx, unit) : insertUnit(ctx, unit))
    const now = ctx.clock.now()
    const ago = (days: number) => now.subtract({ hours: 24 * days }).toString()
    const staff = city.staff.map((person): SeedAccount => ({
      id: person.id,
      kind: 'staff',
      name: `${person.givenName} ${person.familyName}`,
      email: person.email,
      locale: 'de',
      unitId: person.unit,
      createdAt: ago(500),
    }))
    const citizens = city.citizens.map((person, index): SeedAccount => ({
      id: person.id,
      kind: 'citizen',
      name: `${person.givenName} ${person.familyName}`,
      email: person.email,
      locale: person.locale,
      unitId: null,
      createdAt: ago(30 + (index % 360)),
    }))
    const passwordHash = await hashPassword(city.password)
    progress(1, 3)
    await insertAccounts(ctx, [...staff, ...citizens], passwordHash)
    await insertAssignments(
      ctx,
      city.staff.flatMap((person) =>
        rolesOf(person).map((roleId) => ({ accountId: person.id, roleId, unitId: person.unit })),
      ),
    )
    progress(2, 3)
    await insertSafes(ctx, city.citizens)
    const [anna] = city.citizens
    if (anna)
      await insertReadings(ctx, [
        {
          id: '0199a000-0000-7000-8000-000000000001',
          accountId: anna.id,
          readerId: anna.id,
          unitId: null,
          purpose: {
            de: 'Antrag vorausfüllen: Bewohnerparkausweis',
            en: 'Filling in an application: resident parking permit',
          },
          readAt: ago(20),
        },
      ])
    progress(3, 3)
  },
}

/** Clerks of the traffic unit look after resident parking. */
const rolesOf = (person: DemoStaff): string[] =>
  person.role === 'clerk' && person.unit === 'strassenverkehr' ? ['clerk', 'parking-clerk'] : [person.role]
