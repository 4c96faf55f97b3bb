import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { exec, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { openDog } from './testing/dogs.ts'
import { JONAS, settle } from './testing/people.ts'

const city = await testCity()

it('a service that keeps its cases to few does so after it is offered no longer', async () => {
  const ctx = await city.ctx()
  await settle(ctx)
  const { caseNumber } = await openDog(ctx)
  const page = () => city.get(`/workbench/vorgaenge/${caseNumber}`, { as: JONAS })
  expect((await page()).status).toBe(200)
  await exec(
    ctx.db,
    sql`insert into services_version (slug, version, hash, definition, state, offered, loaded_at, published_at)
      select slug, 2, 'guarded', jsonb_set(definition, '{permissions,read}', '"accounts.manage"'), state, false, loaded_at, published_at
      from services_version where slug = 'dog-registration'`,
  )
  // What is published is asked anew after a second.
  await wait(1_100)
  expect((await page()).status).toBe(404)
  expect((await city.get('/workbench?phase=all', { as: JONAS })).body).not.toContain(caseNumber)
})
