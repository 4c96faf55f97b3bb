import { expect, it } from 'vitest'
import { one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { checkLedger } from './store/ledger.ts'
import { treasury } from './testing/treasury.ts'
import { importCamt } from './use-cases/import.ts'

const city = await testCity()
const { ctx, ask, statement } = await treasury(city)

it('reminders come once before the day and once after it, and say what is overdue', async () => {
  const payment = await ask(2222)
  const mails = async () =>
    (
      await one(
        ctx.db,
        sql<{
          n: number
        }>`select count(*) as n from notifications_message where key like ${`payments:%:${payment.id}`}`,
      )
    ).n
  await city.runJob('payments.remind')
  expect(await mails()).toBe(0)
  city.clock.set('2030-03-24T08:00:00+01:00')
  await city.runJob('payments.remind')
  await city.runJob('payments.remind')
  expect(await mails()).toBe(1)
  city.clock.set('2030-03-28T08:00:00+01:00')
  await city.runJob('payments.remind')
  await city.runJob('payments.remind')
  expect(await mails()).toBe(2)
  expect((await city.open(payment.payPath)).body).toContain('Überfällig')
  await importCamt(ctx, Buffer.from(statement(payment.reference, 2222)))
  expect((await city.open(payment.payPath)).body).toContain('Vielen Dank')
  expect(await checkLedger(ctx)).toMatchObject({ disagreeing: 0 })
})
