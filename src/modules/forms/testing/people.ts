import { addCitizen, writeDataSafe } from '#modules/accounts/public.ts'
import type { TestCity } from '#src/testing/city.ts'
import { addStreet, HOME } from './street.ts'

/** Has an account whose data safe knows where she lives. */
export const ANNA = 'anna.becker@example.org'
export const BERND = 'bernd@example.org'

export async function settle(city: TestCity): Promise<void> {
  await addStreet(city)
  const ctx = await city.ctx()
  const anna = await addCitizen(ctx, { name: 'Anna Becker', email: ANNA })
  await addCitizen(ctx, { name: 'Bernd Wolf', email: BERND })
  await writeDataSafe(await city.ctx({ as: ANNA }), anna.id, {
    givenName: 'Anna',
    familyName: 'Becker',
    birthDate: '1990-02-03',
    ...HOME,
  })
}
