import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { desk } from './testing/desk.ts'
import { ANNA, JONAS, OTHER, settle } from './testing/people.ts'

const city = await testCity()
const ctx = await city.ctx()
await settle(ctx)
const { inReview } = desk(ctx)

describe('the JSON operations of the workbench', () => {
  it('take a step for who has seen the newest version', async () => {
    const { caseNumber, kase } = await inReview()
    const path = `/api/v1/workbench/cases/${caseNumber}`
    const seen = await city.json('GET', path, undefined, { as: JONAS })
    expect(seen.headers['etag']).toBe(`"${kase.revision}"`)
    expect(seen.json().transitions.map(({ name }: { name: string }) => name)).toContain('refuse')
    const step = (name: string, body: unknown, ifMatch?: string) =>
      city.json('POST', `${path}/transitions/${name}`, body, {
        as: JONAS,
        headers: ifMatch ? { 'if-match': ifMatch } : {},
      })

    expect((await step('refuse', { grounds: 'x' })).status).toBe(428)
    expect((await step('refuse', { grounds: 'x' }, '"0"')).json()).toMatchObject({
      status: expect.any(Number),
      title: expect.any(String),
    })
    expect((await step('refuse', {}, String(seen.headers['etag']))).status).toBe(422)
    expect((await step('register', {}, String(seen.headers['etag']))).status).toBe(409)
    expect((await step('nonsense', {}, String(seen.headers['etag']))).status).toBe(409)
    const done = await step('refuse', { grounds: 'Kein Nachweis' }, String(seen.headers['etag']))
    expect(done.status).toBe(200)
    expect(done.json()).toMatchObject({ state: { name: 'refused' } })
    expect((await step('refuse', { grounds: 'again' }, String(seen.headers['etag']))).status).toBe(412)
  })

  it('refuse who may not, with 404 for cases of others', async () => {
    const { caseNumber } = await inReview()
    const path = `/api/v1/workbench/cases/${caseNumber}`
    expect((await city.json('GET', path)).status).toBe(401)
    expect((await city.json('GET', path, undefined, { as: ANNA })).status).toBe(403)
    expect((await city.json('GET', path, undefined, { as: OTHER })).status).toBe(404)
    expect((await city.json('GET', '/api/v1/workbench/cases?limit=0', undefined, { as: JONAS })).status).toBe(400)
    expect((await city.json('GET', '/api/v1/workbench/cases?nonsense=1', undefined, { as: JONAS })).status).toBe(400)
  })
})
