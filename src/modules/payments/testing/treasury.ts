import { addCitizen, addStaff, addUnit } from '#modules/accounts/public.ts'
import type { TestCity } from '#src/testing/city.ts'
import { bankAccountOf } from '../bank-account.ts'
import { requestPayment, type Payment } from '../public.ts'
import { camtFile } from './camt-file.ts'

/** The cashier, and one of another unit, who sees nothing of what the treasury does. */
export const KASSE = { as: 'kasse@city.example' }
export const BAUAMT = { as: 'bau@city.example' }

/** A treasury with two cashiers, two citizens, and what comes to it: fees, and money for them. */
export async function treasury(city: TestCity) {
  const ctx = await city.ctx()
  await addUnit(ctx, { id: 'stadtkasse', parentId: 'rathaus', name: { de: 'Stadtkasse', en: 'Treasury' } })
  await addUnit(ctx, { id: 'bauamt', parentId: 'rathaus', name: { de: 'Bauamt', en: 'Building' } })
  await addStaff(ctx, { name: 'Karin Kasse', email: KASSE.as, unit: 'stadtkasse', roles: ['cashier'] })
  await addStaff(ctx, { name: 'Bernd Bau', email: BAUAMT.as, unit: 'bauamt', roles: ['cashier'] })
  const anna = await addCitizen(ctx, { name: 'Anna Becker', email: 'anna@city.example' })
  await addCitizen(ctx, { name: 'Otto Anders', email: 'otto@city.example' })
  const iban = bankAccountOf(ctx)!.iban
  let n = 0
  return {
    ctx,
    iban,
    /** Anna is asked for a fee, due on 27 March 2030. */
    ask: (cents = 3000): Promise<Payment> =>
      requestPayment(ctx, {
        key: `fee:${(n += 1)}`,
        purpose: 'Parkausweis <S-AB 1234>',
        cents,
        dueOn: Temporal.PlainDate.from('2030-03-27'),
        payer: { accountId: anna.id, name: anna.name, email: anna.email },
        locale: 'de',
        subject: `case:${n}`,
        returnPath: '/meine-antraege',
      }),
    /** A file of the bank with one movement. */
    statement: (remittance: string, cents: number): string => {
      n += 1
      const movements = [{ cents, remittance, bankReference: `p${n}` }]
      return camtFile({ iban, on: '2030-03-12', id: `P${n}`, movements })
    },
  }
}
