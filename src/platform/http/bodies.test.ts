import { describe, expect, it } from 'vitest'
import { fail } from '#platform/problem.ts'
import { testCity } from '#src/testing/city.ts'
import { defineModule } from '../module.ts'
import { Type } from '../schema.ts'
import { jsonReply, problem } from './reply.ts'
import { action, api, everybody } from './route.ts'

const probe = defineModule({
  name: 'probe',
  routes: [
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
    api({
      method: 'POST',
      path: '/api/v1/probe',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      body: Type.Object(
        {
          name: Type.String({ maxLength: 10 }),
          words: Type.Optional(Type.Array(Type.Object({}))),
          people: Type.Optional(Type.Integer({ default: 1 })),
          isUrgent: Type.Optional(Type.Boolean()),
          note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        },
        { additionalProperties: false },
      ),
      replies: { 200: Type.Object({}) },
      handle: (_ctx, req) => jsonReply(req.body),
    }),
    api({
      method: 'GET',
      path: '/api/v1/probe',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      query: Type.Object({ people: Type.Integer(), isUrgent: Type.Boolean(), words: Type.Array(Type.String()) }),
      replies: { 200: Type.Object({}) },
      handle: (_ctx, req) => jsonReply(req.query),
    }),
    api({
      method: 'POST',
      path: '/api/v1/probe/many',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      body: Type.Object({ name: Type.String(), words: Type.Array(Type.Object({})) }),
      mostValues: 2_000,
      replies: { 200: Type.Object({}) },
      handle: () => jsonReply({}),
    }),
    api({
      method: 'POST',
      path: '/api/v1/probe/nothing',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      replies: { 200: Type.Object({}) },
      handle: () => jsonReply({}),
    }),
    api({
      method: 'POST',
      path: '/api/v1/probe/loose',
      access: everybody,
      summary: 'Probe',
      tags: ['probe'],
      body: Type.Object({ name: Type.Optional(Type.String()) }),
      replies: { 200: Type.Object({}) },
      handle: (_ctx, req) => jsonReply({ name: req.body.name }),
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

const city = await testCity({ extraModules: [probe] })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const raw = (payload: string | Buffer, headers: Record<string, string>, url = '/probe/form') =>
  city.server.inject({ method: 'POST', url, payload, headers: { host: 'localhost', ...headers } })

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
    ['half a character', '{"name":"a\\ud83d"}', 400],
    ['half a character in the name of a field', '{"name":"a","words":[{"\\ude00":1}]}', 400],
    ['a field that nobody knows', '{"name":"a","more":1}', 400],
    ['a text that is too long', '{"name":"aaaaaaaaaaaaaaaaaaaa"}', 400],
    ['a polluted prototype', '{"__proto__":{"x":1},"name":"a"}', 400],
    ['a prototype in disguise', '{"\\u005f_proto__":{"x":1},"name":"a"}', 400],
  ])('%s gets a problem document', async (_name, body, status) => {
    const reply = await raw(body, { 'content-type': 'application/json' }, '/api/v1/probe')
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toContain('application/problem+json')
  })

  it('a format that a program may not send is answered without a word of forms', async () => {
    const reply = await raw('<name>a</name>', { 'content-type': 'application/xml' }, '/api/v1/probe')
    expect(reply.json()).toMatchObject({
      status: 415,
      detail: expect.stringContaining('Content-Type: application/json'),
    })
  })

  it('a form sent to an operation is no JSON without fields', async () => {
    const reply = await raw('name=a', form, '/api/v1/probe/loose')
    expect(reply.json()).toMatchObject({ status: 415, type: '/api/v1/problems/unsupported-media-type' })
    expect((await raw('{}', { 'content-type': 'application/json' }, '/api/v1/probe/loose')).json()).toEqual({})
  })

  it('a form without fields is no body, where none is needed', async () => {
    expect((await raw('', form, '/api/v1/probe/loose')).statusCode).toBe(400)
    expect((await raw('', form, '/api/v1/probe/nothing')).statusCode).toBe(200)
  })

  it('a character of two halves is read', async () => {
    const reply = await raw('{"name":"\\ud83d\\ude00"}', { 'content-type': 'application/json' }, '/api/v1/probe')
    expect(reply.json()).toMatchObject({ name: '😀' })
  })

  it.each([
    [
      '{"name":"\\ud83d"}',
      'Ein Wert enthält ein halbes Zeichen (ein Surrogat ohne das andere).',
      'A value holds half a character (one surrogate without the other).',
    ],
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
          ? 'Was hier erwartet wird, steht in /api/v1/openapi.json.'
          : 'What is expected here is described in /api/v1/openapi.json.',
      )
    }
  })

  it.each([
    ['people', '"2"'],
    ['people', '2.5'],
    ['people', 'true'],
    ['people', 'null'],
    ['people', '[2]'],
    ['name', '2'],
    ['name', 'null'],
    ['name', '["a"]'],
    ['words', '{}'],
    ['isUrgent', '"true"'],
    ['isUrgent', '1'],
    ['note', '7'],
  ])('a value of another type is not taken for one: "%s": %s', async (field, value) => {
    const body = `{${field === 'name' ? '' : '"name":"a",'}"${field}":${value}}`
    const reply = await raw(body, { 'content-type': 'application/json' }, '/api/v1/probe')
    expect(reply.statusCode).toBe(400)
    expect(reply.json().errors[0].pointer).toBe(`#/${field}`)
  })

  it('what an address says is text, of which numbers and lists are made', async () => {
    const reply = await city.json('GET', '/api/v1/probe?people=2&isUrgent=true&words=a')
    expect(reply.json()).toEqual({ people: 2, isUrgent: true, words: ['a'] })
    expect((await city.json('GET', '/api/v1/probe?people=two&isUrgent=true&words=a')).status).toBe(400)
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

  it('and more where a route says so', async () => {
    const read = (path: string) =>
      raw(
        JSON.stringify({ name: 'a', words: Array.from({ length: 600 }, () => ({})) }),
        { 'content-type': 'application/json' },
        path,
      )
    expect((await read('/api/v1/probe/many')).statusCode).toBe(200)
    expect((await read('/api/v1/probe')).statusCode).toBe(413)
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
