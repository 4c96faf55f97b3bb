import { beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '#platform/context.ts'
import { testCity } from '../../testing/city.ts'
import { townWithZones } from './testing/town.ts'

const city = await testCity()
let ctx: Ctx
beforeAll(async () => {
  ctx = await townWithZones(city)
})
describe('pages', () => {
  test.each([
    '/parken',
    '/parken/zonen/A',
    '/parken/plaetze?zone=A',
    '/parken/zone?street=Gerberstr&houseNumber=12',
    '/parkausweis/pruefen/AAAAAAAAAAAAAAAAAAAAAA',
    '/en/parken',
  ])('%s', async (path) => {
    const answer = await city.get(path)
    if (answer.status !== 200) console.log(answer.body.slice(0, 1500))
    expect(answer.status).toBe(200)
  })
})
