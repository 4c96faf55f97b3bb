import { expect, test } from 'vitest'
import { caseById } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '../../testing/city.ts'
import { permitsOfAccount } from './store/permits.ts'
import { refundShare } from './use-cases/return.ts'

const city = await testCity({ seed: true })
const ctx = await city.ctx()

test('every permit of the demo city came of a granted application, in the zone where its holder lives', async () => {
  const zones = new Map(musterstadt().addresses.map((one) => [`${one.street} ${one.houseNumber}`, one.zone]))
  const permits = await many(
    ctx.db,
    sql<{
      home: string
      zone: string
      outcome: string
    }>`select p.street || ' ' || p.house_number as home, p.zone, k.outcome
      from parking_permit p left join cases_case k on k.id = p.case_id`,
  )
  expect(permits.length).toBeGreaterThan(800)
  expect(permits.filter(({ outcome }) => outcome !== 'granted')).toEqual([])
  expect(permits.filter(({ home, zone }) => zones.get(home) !== zone)).toEqual([])
})

test('a permit of the demo city that is given back has a paid fee, of which a share comes back', async () => {
  const [row] = await many(
    ctx.db,
    sql<{
      account: string
    }>`select account_id as account from parking_permit where state = 'valid' and account_id is not null
      and upper(during) > ${ctx.clock.now()}::date + 100 limit 1`,
  )
  const [permit] = await permitsOfAccount(ctx, row!.account)
  expect(await caseById(ctx, permit!.caseId!)).toMatchObject({ outcome: 'granted' })
  expect((await refundShare(ctx, permit!)).cents).toBeGreaterThan(0)
})

test('Anna Becker had a permit for a car that she sold; nothing is in the way of her application', async () => {
  const [anna] = musterstadt().citizens
  const permits = await permitsOfAccount(ctx, anna!.id)
  expect(permits).toMatchObject([{ plate: 'MU-AB 48', state: 'returned' }])
})

test('a clerk sees who was reminded of a permit that ends soon', async () => {
  const page = await city.get('/workbench/nachrichten', { as: 'jonas.keller@musterstadt.example' })
  expect(page.body).toMatch(/Ihr Parkausweis für .* endet am/)
})
