import { describe, expect, it, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { html } from '../html/html.ts'
import { defineModule } from '../module.ts'
import { Busy } from '../turns.ts'
import { htmlPage, jsonReply, redirect } from './reply.ts'
import { action, api, everybody, page, signedIn, staff } from './route.ts'

let rendered = 0

const probe = defineModule({
  name: 'probe',
  routes: [
    page({ path: '/probe', access: everybody, cache: 'public', handle: () => htmlPage(html`<p>${++rendered}</p>`) }),
    page({ path: '/probe/konto', access: signedIn, handle: () => htmlPage(html`<p>privat</p>`) }),
    page({ path: '/probe/amt', access: staff('probe.read'), handle: () => htmlPage(html`<p>Amt</p>`) }),
    page({
      path: '/probe/knall',
      access: everybody,
      handle: () => {
        throw new Error('unexpected: Anna Becker')
      },
    }),
    page({
      path: '/probe/voll',
      access: everybody,
      handle: () => {
        throw new Busy()
      },
    }),
    page({ path: '/probe/weg', access: everybody, handle: (_ctx, req) => redirect(String(req.query['to'])) }),
    action({ path: '/probe/form', access: everybody, handle: () => jsonReply('ok') }),
    action({ path: '/probe/selten', access: everybody, perMinute: 2, handle: () => jsonReply('ok') }),
    api({
      method: 'GET',
      path: '/api/v1/probe',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      replies: {},
      handle: () => jsonReply('ok'),
    }),
  ],
})

const city = await testCity({ extraModules: [probe], config: { pageCacheSeconds: 60 } })

describe('forged requests', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'https://boese.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost' }, 200],
    [{}, 200],
  ])('with %j get %i', async (headers, status) => {
    expect((await city.post('/probe/form', {}, { headers })).status).toBe(status)
  })
})

describe('access', () => {
  it('sends people who are not signed in to the login, and back afterwards', async () => {
    const reply = await city.get('/en/probe/konto')
    expect(reply.status).toBe(303)
    expect(reply.location).toBe('/en/anmelden?next=%2Fen%2Fprobe%2Fkonto')
    expect((await city.get('/probe/amt')).status).toBe(303)
  })

  it('never redirects to another site', async () => {
    for (const to of ['//boese.example', 'https://boese.example', '/\\boese.example', '/\t/boese.example'])
      expect((await city.get(`/probe/weg?to=${encodeURIComponent(to)}`)).status).toBe(500)
    expect((await city.get('/en/probe/weg?to=/konto')).location).toBe('/en/konto')
  })

  it('limits requests, with a clear answer', async () => {
    for (let i = 0; i < 2; i++) expect((await city.post('/probe/selten')).status).toBe(200)
    const reply = await city.post('/probe/selten')
    expect(reply.status).toBe(429)
    expect(reply.body).toContain('Das waren sehr viele Anfragen')
  })
})

describe('work for which too many stand in line', () => {
  it('is refused at once, with the time to come back', async () => {
    const page = await city.get('/probe/voll')
    expect(page.status).toBe(503)
    expect(page.headers['retry-after']).toBe('5')
    expect(page.body).toContain('Gerade sind sehr viele Anfragen auf einmal da')
  })
})

describe('an address', () => {
  it('that does not know the method says which it knows', async () => {
    const page = await city.post('/en/probe')
    expect(page.status).toBe(405)
    expect(page.headers['allow']).toBe('GET, HEAD')
    expect(page.body).toContain('This address cannot be opened like that')
    const document = await city.json('DELETE', '/api/v1/probe', undefined, {
      headers: { 'accept-language': 'en' },
    })
    expect(document.status).toBe(405)
    expect(document.headers['allow']).toBe('GET, HEAD')
    expect(document.json().detail).toBe('Here you can use: GET, HEAD.')
  })

  it('of a form, opened like a page, leads to the page that the form stands on', async () => {
    // After a form could not be accepted: the other language, back, or the address entered again.
    expect(await city.get('/probe/form')).toMatchObject({ status: 303, location: '/probe' })
    expect(await city.get('/en/probe/form?x=1')).toMatchObject({ status: 303, location: '/en/probe' })
    expect(await city.get('/abmelden')).toMatchObject({ status: 303, location: '/' })
  })

  it('that is badly encoded is told so on a page like any other', async () => {
    const page = await city.get('/en/%zz')
    expect(page.status).toBe(400)
    expect(page.body).toContain('We could not read this request')
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
    expect((await city.json('GET', '/api/v1/%zz')).json()).toMatchObject({ status: 400 })
  })

  it('that does not exist counts as a request like any other', async () => {
    const strict = await testCity({ config: { requestsPerMinute: 3 } })
    const tries = []
    for (let n = 0; n < 4; n++) tries.push((await strict.get(`/wp-admin/${n}`)).status)
    expect(tries).toEqual([404, 404, 404, 429])
    expect((await strict.get('/stand')).status).toBe(429)
  })
})

describe('kept pages', () => {
  it('are rendered once for people who are not signed in, in each language', async () => {
    const url = await city.listen()
    const read = async (path: string) => {
      const reply = await fetch(url + path)
      return { body: await reply.text(), policy: reply.headers.get('content-security-policy') }
    }
    const first = await read('/probe')
    expect(await read('/probe')).toEqual(first)
    expect(first.policy).toContain("default-src 'self'")
    expect((await read('/en/probe')).body).not.toBe(first.body)
  })
})

describe('an unexpected error', () => {
  it('shows a number for the call and nothing of what happened', async () => {
    const reply = await city.get('/probe/knall')
    expect(reply.status).toBe(500)
    expect(reply.body).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(reply.body).not.toContain('Anna')
  })

  it('is in the log with its route, and nothing of its address', async () => {
    const said = [vi.spyOn(city.app.log, 'warn'), vi.spyOn(city.app.log, 'error')]
    await city.get('/probe/knall?code=K7QM-2R9X-WB4D')
    const lines = JSON.stringify(said.flatMap((spy) => spy.mock.calls))
    vi.restoreAllMocks()
    expect(lines).toContain('/probe/knall')
    expect(lines).not.toContain('K7QM')
  })
})
