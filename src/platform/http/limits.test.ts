import { Type } from '../schema.ts'
import { describe, expect, it, vi } from 'vitest'
import { fail } from '#platform/problem.ts'
import { testCity } from '#src/testing/city.ts'
import { html } from '../html/html.ts'
import { defineModule } from '../module.ts'
import { Busy } from '../turns.ts'
import { htmlPage, jsonReply, problem, redirect } from './reply.ts'
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
    action({
      path: '/probe/form',
      access: everybody,
      handle: (_ctx, req) => jsonReply({ names: req.form.names().length, a: req.form.all('a') }),
    }),
    action({
      path: '/probe/datei',
      access: everybody,
      uploads: (_ctx, _req, field) =>
        field === 'beleg' ? { maxBytes: 5_000_000, kinds: ['application/pdf', 'application/zip'], maxFiles: 2 } : null,
      handle: (_ctx, req) => jsonReply(req.uploads['beleg'] ?? []),
    }),
    action({ path: '/probe/selten', access: everybody, perMinute: 2, handle: () => jsonReply('ok') }),
    api({
      method: 'POST',
      path: '/api/v1/probe',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      body: Type.Object(
        { name: Type.String({ maxLength: 10 }), words: Type.Optional(Type.Array(Type.Object({}))) },
        { additionalProperties: false },
      ),
      replies: { 200: Type.Object({}) },
      handle: (_ctx, req) => jsonReply(req.body),
    }),
    api({
      method: 'GET',
      path: '/api/v1/probe/problem',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      replies: {},
      handle: () => problem(fail('invalid-input', { fields: { 'person/name': 'Bitte angeben' } })),
    }),
  ],
})

const city = await testCity({ extraModules: [probe], config: { pageCacheSeconds: 60 } })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const raw = (payload: string | Buffer, headers: Record<string, string>, url = '/probe/form') =>
  city.server.inject({ method: 'POST', url, payload, headers: { host: 'localhost', ...headers } })

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
    expect((await raw('a=1', { ...form, ...headers })).statusCode).toBe(status)
  })
})

describe('bad input', () => {
  it.each([
    ['10,000 fields', Array.from({ length: 10_000 }, (_, i) => `f${i}=1`).join('&'), form, 413],
    ['a NUL byte', 'a=x%00y', form, 400],
    ['Latin-1 instead of UTF-8', Buffer.from('a=Müller', 'latin1'), form, 400],
    ['broken percent encoding of UTF-8', 'a=%C3%28', form, 400],
    ['a body that is too large', `a=${'x'.repeat(1_100_000)}`, form, 413],
    ['an unknown media type', 'a', { 'content-type': 'application/x-unknown' }, 415],
    ['multipart where no file is expected', 'x', { 'content-type': 'multipart/form-data; boundary=y' }, 415],
  ])('%s gets a page that says so', async (_name, body, headers, status) => {
    const reply = await raw(body, headers)
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toContain('text/html')
    expect(reply.body).toContain('<h1')
  })

  it.each([
    ['deep JSON', `{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400],
    ['JSON that is none', '{"name":', 400],
    ['a NUL character', '{"name":"a\\u0000"}', 400],
    ['a field that nobody knows', '{"name":"a","more":1}', 400],
    ['a text that is too long', '{"name":"aaaaaaaaaaaaaaaaaaaa"}', 400],
    ['a polluted prototype', '{"__proto__":{"x":1},"name":"a"}', 400],
  ])('%s gets a problem document', async (_name, body, status) => {
    const reply = await raw(body, { 'content-type': 'application/json' }, '/api/v1/probe')
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toContain('application/problem+json')
  })

  it.each([
    ['{"name":', 'Der Inhalt ist kein JSON.', 'The body is not JSON.'],
    [
      `{"name":${'['.repeat(40)}${']'.repeat(40)}}`,
      'Das JSON ist tiefer als 30 Ebenen verschachtelt.',
      'The JSON is nested deeper than 30 levels.',
    ],
    [
      JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field${n}`, 1]))),
      'Das JSON hat mehr als 1000 Felder und Einträge.',
      'The JSON has more than 1000 fields and items.',
    ],
    [
      JSON.stringify({ name: 'a', words: Array.from({ length: 100_000 }, () => ({})) }),
      'Das JSON hat mehr als 1000 Felder und Einträge.',
      'The JSON has more than 1000 fields and items.',
    ],
  ])('JSON like %.40s is told so in both languages', async (body, german, english) => {
    const told = async (language: string) =>
      (
        await raw(body, { 'content-type': 'application/json', 'accept-language': language }, '/api/v1/probe')
      ).json() as Record<string, string>
    expect((await told('de'))['detail']).toBe(german)
    expect((await told('en'))['detail']).toBe(english)
  })

  it.each([
    ['{}', '#/name', 'Diese Angabe fehlt.', 'This value is missing.'],
    ['{"name":{}}', '#/name', 'Erwartet wird der Typ string.', 'The type has to be string.'],
    ['{"name":"a","more":1}', '#/more', 'Dieses Feld ist nicht bekannt.', 'This field is not known.'],
    ['{"name":"aaaaaaaaaaaaaaaaaaaa"}', '#/name', 'Höchstens 10 Zeichen.', 'At most 10 characters.'],
  ])('%s gets the place and the reason in both languages', async (body, pointer, german, english) => {
    for (const [language, detail] of [
      ['de', german],
      ['en', english],
    ] as const) {
      const reply = await raw(
        body,
        { 'content-type': 'application/json', 'accept-language': language },
        '/api/v1/probe',
      )
      expect(reply.json().errors).toEqual([{ pointer, detail }])
      expect(reply.json().detail).toBe(
        language === 'de'
          ? 'Bitte gehen Sie zurück und versuchen Sie es noch einmal.'
          : 'Please go back and try again.',
      )
    }
  })

  it('a list of nothing but wrong items gets an answer no longer than any other', async () => {
    const payload = JSON.stringify({ name: 'a', words: Array.from({ length: 998 }, () => 1) })
    const reply = await raw(payload, { 'content-type': 'application/json' }, '/api/v1/probe')
    expect(reply.statusCode).toBe(400)
    expect(reply.body.length).toBeLessThan(1_000)
  })

  it('JSON of as many fields and items as a form may have is read', async () => {
    const read = (words: number) =>
      raw(
        JSON.stringify({ name: '[,{"', words: Array.from({ length: words }, () => ({})) }),
        { 'content-type': 'application/json' },
        '/api/v1/probe',
      )
    // Each empty object counts twice: as an item, and for what it could hold.
    expect((await read(499)).statusCode).toBe(200)
    expect((await read(500)).statusCode).toBe(413)
  })

  it('names the fields of an invalid input', async () => {
    const { errors } = (await city.json('GET', '/api/v1/probe/problem')).json()
    expect(errors).toEqual([{ pointer: '#/person/name', detail: 'Bitte angeben' }])
  })
})

describe('uploads', () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

  it('are kept under their hash and typed by their bytes', async () => {
    const [upload] = (
      await city.upload('/probe/datei', [{ field: 'beleg', name: '../../etc/Schein.pdf', content: pdf }])
    ).json()
    expect(upload).toMatchObject({ ok: true, file: { name: 'Schein.pdf', kind: 'application/pdf', bytes: pdf.length } })
  })

  it.each([
    [
      'a program that calls itself .pdf',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)]),
      'kind-not-allowed',
    ],
    ['a web page that calls itself .pdf', '<!doctype html><script>alert(1)</script>', 'kind-not-allowed'],
    ['nothing', '', 'empty-file'],
    ['6 MB into a field of 5 MB', Buffer.concat([pdf, Buffer.alloc(6_000_000)]), 'too-large'],
  ])('refuse %s', async (_name, content, problem) => {
    const [upload] = (await city.upload('/probe/datei', [{ field: 'beleg', name: 'a.pdf', content }])).json()
    expect(upload).toMatchObject({ ok: false, problem })
  })

  it('refuse a body of 50 MB into a field of 5 MB without keeping it', async () => {
    const [upload] = (
      await city.upload('/probe/datei', [{ field: 'beleg', name: 'a.pdf', content: Buffer.alloc(50_000_000) }])
    ).json()
    expect(upload).toMatchObject({ ok: false, problem: 'too-large' })
  })

  it('refuse a file in a field that takes none', async () => {
    expect((await city.upload('/probe/datei', [{ field: 'foto', name: 'a.pdf', content: pdf }])).status).toBe(400)
  })

  it.each([
    ['ends early', '--y\r\ncontent-disposition: form-data; name="beleg"; filename="a.pdf"\r\n\r\n%PDF-1.7', 'y'],
    ['has no parts', 'nothing of that kind', 'y'],
  ])('refuse a multipart body that %s', async (_name, body, boundary) => {
    const reply = await raw(body, { 'content-type': `multipart/form-data; boundary=${boundary}` }, '/probe/datei')
    expect(reply.statusCode).toBe(400)
    expect(reply.body).toContain('Diese Anfrage konnten wir nicht lesen')
  })

  it.each([
    ['a form', 'a=1', 'application/x-www-form-urlencoded'],
    ['JSON', '1', 'application/json'],
  ])('take %s in place of a file no larger than anywhere else', async (_name, start, type) => {
    const body = start + '1'.repeat(2_000_000)
    expect((await raw(body, { 'content-type': type }, '/probe/datei')).statusCode).toBe(413)
  })

  it('take texts beside files no larger than those of a form', async () => {
    const fields = { wort: Array.from({ length: 20 }, () => 'x'.repeat(90_000)) }
    expect((await city.upload('/probe/datei', [], fields)).status).toBe(413)
  })

  it('refuse a multipart body without a boundary', async () => {
    const reply = await raw('x', { 'content-type': 'multipart/form-data' }, '/probe/datei')
    expect(reply.statusCode).toBe(400)
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
    const document = await city.json('DELETE', '/api/v1/probe/problem', undefined, {
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
