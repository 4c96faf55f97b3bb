import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { many, one, sql } from '#platform/db/db.ts'
import { fail } from '#platform/problem.ts'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { Type } from '../schema.ts'
import { hashBody } from './idempotency.ts'
import { jsonReply, problem } from './reply.ts'
import { api, everybody } from './route.ts'

let done = 0
let after = Promise.resolve()

const probe = defineModule({
  name: 'probe',
  routes: [
    api({
      method: 'POST',
      path: '/api/v1/probe/:thing',
      access: everybody,
      summary: 'Does something each time',
      tags: ['probe'],
      params: Type.Object({ thing: Type.String() }),
      body: Type.Object({ want: Type.String(), as: Type.Optional(Type.String()) }),
      repeatable: true,
      replies: { 201: Type.Object({}) },
      handle: async (_ctx, { body }) => {
        await after
        if (body.want === 'too much') return problem(fail('conflict'))
        if (body.want === 'a fault' && done === 0) throw new Error('broken')
        done += 1
        return jsonReply({ secret: `secret ${done}` }, 201, { etag: `"${done}"` })
      },
    }),
  ],
})

const city = await testCity({ extraModules: [probe] })
const ctx = await city.ctx()

const ask = (key: string | null, body: object = { want: 'one' }, thing = 'a') =>
  city.json('POST', `/api/v1/probe/${thing}`, body, key === null ? {} : { headers: { 'idempotency-key': key } })
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('a request that is sent again with its key', () => {
  it('is answered as the first time, and nothing is done a second time', async () => {
    const key = randomUUID()
    const first = await ask(key)
    const before = done
    const again = await ask(`"${key}"`)
    expect([again.status, again.json(), again.headers['etag']]).toEqual([201, first.json(), first.headers['etag']])
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
    expect(done).toBe(before)
  })

  it('twenty at once are one', async () => {
    const key = randomUUID()
    const before = done
    let go!: () => void
    after = new Promise<void>((resolve) => (go = resolve))
    const answers = Array.from({ length: 20 }, () => ask(key))
    setTimeout(go, 100)
    expect(new Set((await Promise.all(answers)).map(({ status, body }) => `${status} ${body}`)).size).toBe(1)
    expect(done).toBe(before + 1)
  })

  it('is refused where the body is another one, also while the first is at work', async () => {
    const key = randomUUID()
    let go!: () => void
    after = new Promise<void>((resolve) => (go = resolve))
    const first = ask(key)
    setTimeout(go, 300)
    // Whichever is there first.
    const both = [first, ask(key, { want: 'another' })].map(async (asked) => (await asked).status)
    expect((await Promise.all(both)).toSorted()).toEqual([201, 422])
    expect(problemOf(await ask(key, { want: 'a third' }))).toEqual([422, 'key-reused'])
  })

  it('the order of its fields makes no difference', async () => {
    const key = randomUUID()
    const first = await ask(key, { want: 'one', as: 'x' })
    expect((await ask(key, { as: 'x', want: 'one' })).json()).toEqual(first.json())
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        expect(hashBody(Object.fromEntries(Object.entries(body).reverse()))).toBe(hashBody(body))
      }),
    )
  })

  it('at another address it is another one', async () => {
    const key = randomUUID()
    expect((await ask(key)).json()).not.toEqual((await ask(key, { want: 'one' }, 'b')).json())
  })

  it('after a day it is a new one', async () => {
    const key = randomUUID()
    const first = await ask(key)
    city.clock.advance({ hours: 25 })
    const next = await ask(key)
    expect(next.json()).not.toEqual(first.json())
    expect((await ask(key)).json()).toEqual(next.json())
    city.clock.advance({ hours: 25 })
    await city.runJob('platform.forget-answers')
    expect(await many(ctx.db, sql`select from http_answer`)).toEqual([])
  })
})

describe('what is not kept', () => {
  it('a refusal: the same key may be used for what is right now', async () => {
    const key = randomUUID()
    expect((await ask(key, { want: 'too much' })).status).toBe(409)
    expect((await ask(key)).status).toBe(201)
  })

  it('a fault of the program', async () => {
    const key = randomUUID()
    const before = done
    done = 0
    expect((await ask(key, { want: 'a fault' })).status).toBe(500)
    done = before
    expect((await ask(key, { want: 'a fault' })).status).toBe(201)
  })

  it('what was begun by a program that was killed: a minute later it may be begun again', async () => {
    const key = randomUUID()
    await ask(key)
    await sql`update http_answer set answer = null`.execute(ctx.db)
    city.clock.advance({ seconds: 61 })
    expect((await ask(key)).status).toBe(201)
  })

  it('without a key, anything: each request is one of its own, and the database is not asked', async () => {
    const rows = () => one(ctx.db, sql<{ n: number }>`select count(*)::int as n from http_answer`)
    const before = [done, (await rows()).n]
    await ask(null)
    await ask(null)
    expect([done, (await rows()).n]).toEqual([before[0]! + 2, before[1]])
  })
})

describe('a stranger', () => {
  it('cannot guess that of somebody without an account: a short one is refused', async () => {
    const before = done
    for (const key of ['holiday1', 'x'.repeat(21), 'with blanks in it, and long enough', 'ü'.repeat(30), ''])
      expect(problemOf(await ask(key)), key).toEqual([400, 'key-missing'])
    expect((await ask('holiday1')).json().detail).toMatch(/mindestens 22 zufällige Zeichen/)
    expect(done).toBe(before)
  })

  it('who reads the database finds neither the key nor what was answered', async () => {
    const key = randomUUID()
    const { secret } = (await ask(key)).json()
    const rows = await many(
      ctx.db,
      sql<{ row: string }>`select a::text || encode(coalesce(answer, ''), 'escape') as row from http_answer a`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`${secret}|${key}`))
  })
})

it('stands in the OpenAPI document', async () => {
  const { paths } = (await city.json('GET', '/api/v1/openapi.json')).json()
  const { post } = paths['/api/v1/probe/{thing}']
  expect(post.parameters).toContainEqual(
    expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: false }),
  )
  expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['201', '400', '409', '422']))
})
