import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCheck } from '#modules/cases/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { testCity } from '../../testing/city.ts'
import { httpRegister } from './adapters/http.ts'
import { residentCheck } from './check.ts'
import { confirmResident, type Claim } from './public.ts'
import { seed } from './seed.ts'
import { forgetQueries } from './store.ts'

const city = await testCity()
const anna = musterstadt().citizens[0]!
const claim: Claim = {
  givenName: 'anna',
  familyName: 'BECKER',
  birthDate: Temporal.PlainDate.from(anna.birthDate),
  address: { street: anna.street.replace('straße', 'str.'), houseNumber: anna.houseNumber, postcode: anna.postcode },
}
let ctx: Ctx

beforeAll(async () => {
  ctx = await city.ctx()
  await transaction(ctx, (ctx) => seed.run(ctx, () => undefined))
}, 60_000)

describe('the register of Musterstadt', () => {
  test('holds 100,000 residents', async () => {
    const rows = await many(ctx.db, sql<{ count: number }>`select count(*) from population_resident`)
    expect(rows[0]!.count).toBe(100_000)
  })

  test('confirms Anna Becker, however she writes her name and street', async () => {
    expect(await confirmResident(ctx, claim, 'case:1')).toEqual({
      outcome: 'confirmed',
      mainResidence: true,
      differences: [],
    })
  })

  test('finds a slip in the birth date by the house', async () => {
    expect(
      await confirmResident(ctx, { ...claim, birthDate: claim.birthDate.add({ days: 1 }) }, 'case:1'),
    ).toMatchObject({
      outcome: 'different',
      differences: ['birthDate'],
    })
  })

  test('is not asked on and on about one person, whom somebody may look for by trying addresses', async () => {
    const hidden = { ...claim, familyName: 'Verborgen' }
    const outcomes: string[] = []
    for (let number = 1; number <= 22; number++) {
      const address = { ...claim.address, houseNumber: String(number) }
      outcomes.push((await confirmResident(ctx, { ...hidden, address }, 'case:1')).outcome)
    }
    expect(outcomes.slice(0, 20)).not.toContain('too-often')
    expect(outcomes.slice(20)).toEqual(['too-often', 'too-often'])
    expect((await confirmResident(ctx, claim, 'case:1')).outcome).toBe('confirmed')
  })

  test('keeps who asked and why, and nothing about whom', async () => {
    await confirmResident(ctx, claim, 'case:42')
    const rows = await many(
      ctx.db,
      sql<Record<string, unknown>>`select * from population_query where purpose = 'case:42'`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ asked_by: 'system', adapter: 'database', outcome: 'confirmed' })
    expect(JSON.stringify(rows[0])).not.toMatch(/becker/i)
  })

  test('forgets queries after two years', async () => {
    await confirmResident(ctx, claim, 'case:43')
    expect(await forgetQueries(ctx)).toBe(0)
    const later = { ...ctx, clock: { now: () => ctx.clock.now().add({ hours: 24 * 740 }) } }
    expect(await forgetQueries(later)).toBeGreaterThan(0)
  })
})

describe('the check for workflows', () => {
  const check = residentCheck.value as CaseCheck
  const run = (input: Record<string, unknown>) => check.run(ctx, { id: 'c1' } as never, input)
  const { givenName, familyName, birthDate, street, houseNumber, postcode } = anna
  const input = { givenName, familyName, birthDate, address: { street, houseNumber, postcode } }

  test('says yes to a resident', async () => {
    expect(await run(input)).toMatchObject({ outcome: 'ok', data: { outcome: 'confirmed', mainResidence: true } })
    expect(await run({ ...input, birthDate: Temporal.PlainDate.from(birthDate) })).toMatchObject({ outcome: 'ok' })
  })

  test('leaves a difference to the clerk and says no to a stranger', async () => {
    expect(await run({ ...input, address: { street: 'Rosenweg', houseNumber: '1' } })).toMatchObject({
      outcome: 'unclear',
      message: { de: expect.stringContaining('Anschrift') },
    })
    expect(await run({ ...input, familyName: 'Niemand' })).toMatchObject({ outcome: 'no' })
  })

  test('says no where the residence is a secondary one', async () => {
    const person = [...musterstadt().residents()].find((resident) => resident.residence === 'secondary')!
    expect(await run({ ...person, address: person })).toMatchObject({ outcome: 'no', data: { mainResidence: false } })
  })

  test('refuses to be asked with half an input', async () => {
    await expect(run({ ...input, birthDate: '30.02.2000' })).rejects.toThrow(/needs givenName/)
  })
})

describe('a register behind HTTP', () => {
  let stop: (() => void) | undefined
  afterEach(() => stop?.())

  async function registerThat(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stop = () => {
      server.closeAllConnections()
      server.close()
    }
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
  }
  const answering =
    (status: number, body: string): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    }

  test('is asked with the claim and the token, and its answer is taken', async () => {
    const seen: { url?: string; token?: string; body: unknown }[] = []
    const url = await registerThat((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        seen.push({ url: request.url, token: request.headers.authorization, body: JSON.parse(body) })
        response.end('{"outcome":"confirmed","mainResidence":true,"differences":[]}')
      })
    })
    expect(await httpRegister(url, 'secret').confirm(ctx, claim)).toEqual({
      outcome: 'confirmed',
      mainResidence: true,
      differences: [],
    })
    expect(seen).toEqual([
      {
        url: '/api/confirmations',
        token: 'Bearer secret',
        body: { givenName: 'anna', familyName: 'BECKER', birthDate: anna.birthDate, address: claim.address },
      },
    ])
  })

  test.each([
    ['says that it is broken', answering(500, '{}')],
    ['speaks something else', answering(200, '<html>')],
    ['answers with nonsense', answering(200, '{"outcome":"maybe"}')],
    ['answers null', answering(200, 'null')],
    ['does not stop talking', answering(200, `"${'x'.repeat(20_000)}"`)],
    ['sends us elsewhere', (_, response) => void response.writeHead(302, { location: 'http://example.org/' }).end()],
    ['hangs up', (request) => void request.socket.destroy()],
    ['says nothing', () => undefined],
  ] as [string, RequestListener][])('that %s counts as unavailable', async (_, listener) => {
    const url = await registerThat(listener)
    expect((await httpRegister(url, null, 300).confirm(ctx, claim)).outcome).toBe('unavailable')
  })

  test('is chosen by the setting of the city', async () => {
    const url = await registerThat(answering(200, '{"outcome":"not-found","mainResidence":null,"differences":[]}'))
    const config = { ...ctx.app.config, setting: (_: string, name: string) => (name === 'POPULATION_URL' ? url : null) }
    expect((await confirmResident({ ...ctx, app: { ...ctx.app, config } }, claim, 'case:1')).outcome).toBe('not-found')
  })
})
