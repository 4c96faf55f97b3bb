import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import type { NewTenant } from '../tenants/tenants.ts'
import { addTenant, withInstallationPool } from '#src/setup.ts'
import { testCity } from '#src/testing/city.ts'

const city = await testCity()

describe('every reply', () => {
  it('says that it is alive and ready', async () => {
    expect((await city.get('/healthz')).body).toBe('ok\n')
    expect((await city.get('/readyz')).status).toBe(200)
  })

  it('forbids inline scripts and framing', async () => {
    const { headers } = await city.get('/gibt-es-nicht')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('is a readable page for people and a problem document for machines', async () => {
    const page = await city.get('/gibt-es-nicht')
    expect(page.status).toBe(404)
    expect(page.body).toContain('Diese Seite gibt es nicht')
    expect((await city.get('/en/gibt-es-nicht')).body).toContain('This page does not exist')
    const machine = await city.json('GET', '/api/v1/gibt-es-nicht')
    expect(machine.headers['content-type']).toContain('application/problem+json')
    expect(machine.json()).toMatchObject({ type: '/api/v1/problems/not-found', status: 404 })
  })

  it('explains a problem type under its own address', async () => {
    const { type } = (await city.json('GET', '/api/v1/gibt-es-nicht')).json() as { type: string }
    expect((await city.json('GET', type)).json()).toMatchObject({
      status: 404,
      title: { en: 'This page does not exist' },
    })
  })

  it('believes no proxy that is not trusted', async () => {
    const metrics = await city.server.inject({
      url: '/healthz',
      headers: { host: 'localhost', 'x-forwarded-host': 'fremd.example' },
    })
    expect(metrics.statusCode).toBe(200)
    expect((await city.get('/gibt-es-nicht', { headers: { 'x-forwarded-host': 'fremd.example' } })).body).toContain(
      'Musterstadt',
    )
  })

  it('never links to another host, whatever the address looks like', async () => {
    for (const path of ['//boese.example', '/en//boese.example', '/\\boese.example']) {
      const { body } = await city.get(path)
      expect(body).not.toMatch(/(?:href|action)="(?:https?:)?[/\\]{2}boese/)
    }
  })

  it('takes a broken cookie for none', async () => {
    expect((await city.get('/gibt-es-nicht', { headers: { cookie: 'rathaus_session=%ff' } })).status).toBe(404)
  })

  it('does not know a city of another host', async () => {
    expect((await city.get('/', { headers: { host: 'fremd.example' } })).status).toBe(404)
  })
})

describe('a city that another process has added', () => {
  const add = (tenant: NewTenant, furnish?: () => Promise<void>) =>
    withInstallationPool(city.databaseUrl, (pool) => addTenant(pool, city.app.modules, tenant, furnish))

  it('is there without a restart', async () => {
    await add({ id: 'neu', name: 'Stadt Neu', hosts: ['neu.localhost'] })
    await vi.waitFor(
      async () => {
        const page = await city.get('/gibt-es-nicht', { headers: { host: 'neu.localhost' } })
        expect(page.body).toContain('Stadt Neu')
      },
      { timeout: 10_000, interval: 500 },
    )
  })

  const rowsOf = (query: string) =>
    city.app.tenants
      .pool(city.tenant)
      .query<{ n: number }>(query)
      .then(({ rows }) => rows)

  it('is found by nobody before its tables are there', async () => {
    const tenant = { id: 'spaet', name: 'Stadt Spät', hosts: ['spaet.localhost'] }
    const adding = { isOver: false }
    const added = add(tenant).finally(() => (adding.isOver = true))
    const [{ n: all }] = (await rowsOf('select count(*) as n from platform_migration')) as [{ n: number }]
    let looks = 0
    while (!adding.isOver) {
      looks += 1
      if ((await rowsOf("select 1 as n from rathaus.tenant where id = 'spaet'")).length > 0)
        expect(await rowsOf('select count(*) as n from t_spaet.platform_migration')).toEqual([{ n: all }])
    }
    await added
    expect(looks).toBeGreaterThan(1)
  })

  it('leaves nothing of itself where its services cannot be read, and can be added once they can', async () => {
    const tenant = { id: 'halb', name: 'Stadt Halb', hosts: ['halb.localhost'] }
    const broken = () => Promise.reject(new Error('services/x/form.yaml:3: no such field'))
    await expect(add(tenant, broken)).rejects.toThrow('form.yaml:3')
    expect(await rowsOf("select 1 as n from rathaus.tenant where id = 'halb'")).toEqual([])
    expect(await rowsOf("select 1 as n from pg_namespace where nspname = 't_halb'")).toEqual([])
    await add(tenant)
    // One that is there already is refused and stays.
    await expect(add(tenant)).rejects.toThrow('already')
    expect(await rowsOf('select count(*) as n from t_halb.platform_migration')).not.toEqual([{ n: 0 }])
  })
})

describe('what is no request', () => {
  const send = async (bytes: string) => {
    const { port } = new URL(await listening)
    const socket = connect(Number(port), '127.0.0.1')
    socket.end(bytes)
    return text(socket)
  }
  const listening = city.listen()

  it.each([
    ['nonsense', 'HALLO RATHAUS\r\n\r\n', 'HTTP/1.1 400', 'Diese Anfrage konnten wir nicht lesen'],
    [
      'too many cookies',
      `GET / HTTP/1.1\r\nCookie: ${'x'.repeat(40_000)}\r\n\r\n`,
      'HTTP/1.1 431',
      'delete the cookies',
    ],
    [
      'two hosts',
      'GET / HTTP/1.1\r\nHost: localhost\r\nHOST: fremd.example\r\n\r\n',
      'HTTP/1.1 400',
      'We could not read this request',
    ],
    [
      'the same host twice',
      'GET / HTTP/1.0\r\nHost: localhost\r\nHost: localhost\r\n\r\n',
      'HTTP/1.1 400',
      'nicht lesen',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 'HTTP/1.1 400', 'We could not read this request'],
  ])('%s gets a sentence in both languages', async (_, bytes, status, words) => {
    const answer = await send(bytes)
    expect(answer).toContain(status)
    expect(answer).toContain(words)
  })
})
