import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { caseByNumber } from '#modules/cases/public.ts'
import { one, sql } from '#platform/db/db.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { dogAnswers } from './testing/dog-form.ts'
import { addStreet } from './testing/street.ts'

const URL = '/api/v1/services/dog-registration/applications'
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

let city: TestCity
let keys = 0
beforeAll(async () => {
  city = await testCity()
  await addStreet(city)
  await addCitizen(await city.ctx(), { name: 'Anna Becker', email: 'anna@example.org' })
})

const newKey = (): string => `test-key-${String(keys++).padStart(6, '0')}`
const apply = (body: unknown, key = newKey(), more: { as?: string } = {}) =>
  city.json('POST', URL, body, { ...more, headers: { 'idempotency-key': key } })
const caseCount = async (): Promise<number> =>
  (await one((await city.ctx()).db, sql<{ count: number }>`select count(*) as count from cases_case`)).count

describe('services as JSON', () => {
  test('are listed with the schema of their answers, in the language that is asked for', async () => {
    const { services } = (await city.json('GET', '/api/v1/services')).json() as {
      services: { slug: string; title: string; schema: string }[]
    }
    const dogs = services.find((service) => service.slug === 'dog-registration')
    expect(dogs?.title).toBe('Hund anmelden')
    const schema = await city.json('GET', dogs?.schema ?? '', undefined, { headers: { 'accept-language': 'en' } })
    expect(schema.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Register a dog',
    })
    expect((await city.json('GET', '/api/v1/services/none/schema')).status).toBe(404)
  })

  test('are in the OpenAPI document', async () => {
    const { paths } = (await city.json('GET', '/api/v1/openapi.json')).json() as { paths: Record<string, object> }
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/services',
        '/api/v1/services/{slug}/schema',
        '/api/v1/services/{slug}/files',
        '/api/v1/services/{slug}/applications',
      ]),
    )
  })
})

describe('an application as JSON', () => {
  test('gives a case with number and code, by which its state is found', async () => {
    const answer = await apply(dogAnswers())
    expect(answer.status).toBe(201)
    const { caseNumber, accessCode, state } = answer.json() as { caseNumber: string; accessCode: string; state: string }
    const kase = await caseByNumber(await city.ctx(), caseNumber)
    expect(kase?.answers).toMatchObject({ tax: 12000, dogs: [{ chip: '276098106123456' }] })
    expect(kase?.channel).toBe('api')
    expect(answer.headers['location']).toBe(state)
    expect((await city.json('GET', state)).status).toBe(200)
    expect((await city.json('GET', state.replace(accessCode, 'AAAA-AAAA-AAAA'))).status).toBeGreaterThanOrEqual(400)
  })

  test('repeated with the same key gives the same answer and no second case', async () => {
    const key = newKey()
    const first = await apply(dogAnswers(), key)
    const before = await caseCount()
    const [again, atOnce] = await Promise.all([apply(dogAnswers(), key), apply(dogAnswers(), key)])
    expect(again.status).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(atOnce.json()).toEqual(first.json())
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await caseCount()).toBe(before)
  })

  test('twenty at the same moment with one key give one case', async () => {
    const key = newKey()
    const before = await caseCount()
    const answers = await Promise.all(Array.from({ length: 20 }, () => apply(dogAnswers(), key)))
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect(await caseCount()).toBe(before + 1)
  })

  test('with the same key and another body is refused', async () => {
    const key = newKey()
    await apply(dogAnswers(), key)
    const other = await apply(dogAnswers({ dogsBefore: 1 }), key)
    expect(other.status).toBe(422)
    expect(other.headers['content-type']).toContain('application/problem+json')
    expect(other.json()).toMatchObject({ status: 422, title: 'Dieser Schlüssel gehört zu einer anderen Anfrage' })
  })

  test('the order of keys in the body makes no difference', async () => {
    const key = newKey()
    const first = await apply(dogAnswers(), key)
    const turned = Object.fromEntries(Object.entries(dogAnswers()).reverse())
    expect((await apply(turned, key)).json()).toEqual(first.json())
  })

  test('two people may use the same key', async () => {
    const key = newKey()
    const first = await apply(dogAnswers(), key)
    const second = await apply(dogAnswers(), key, { as: 'anna@example.org' })
    expect(second.status).toBe(201)
    expect(second.json()).not.toEqual(first.json())
  })

  test('without a key is refused', async () => {
    const answer = await city.json('POST', URL, dogAnswers())
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ title: 'Der Kopf Idempotency-Key fehlt oder ist ungültig' })
    expect((await apply(dogAnswers(), 'short')).status).toBe(400)
  })

  test('with errors gets a problem that points to each, in the language that is asked for', async () => {
    const body = dogAnswers({
      person: { givenName: 'Anna', familyName: 'Becker', birthDate: '2026-02-30' },
      payBy: 'cash',
      surprise: 1,
    })
    const german = await apply(body)
    expect(german.status).toBe(422)
    const errors = JSON.stringify(german.json())
    expect(errors).toContain('/person/birthDate')
    expect(errors).toContain('/payBy')
    expect(errors).toContain('/surprise')
    const english = await city.json('POST', URL, body, {
      headers: { 'idempotency-key': newKey(), 'accept-language': 'en' },
    })
    expect(english.body).toContain('Please enter a date that exists')
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [1, 2]],
    ['a text', 'dog'],
    ['a number', 1],
    ['10,000 unknown fields', Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`field${at}`, at]))],
    ['numbers for texts', { person: 1, dogs: 2, contact: [] }],
    ['a list of nulls', { dogs: [null, null] }],
    ['half a character', dogAnswers({ person: { givenName: '\ud83d', familyName: 'B', birthDate: '1990-01-01' } })],
    ['a plate for a dog', dogAnswers({ dogs: [{ plate: 'S-AB 1' }] })],
    ['names that objects have', { constructor: 1, toString: 2 }],
  ])('%s gets a clear refusal', async (_what, body) => {
    const answer = await apply(body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test.each([
    ['deep JSON', 'application/json', '['.repeat(100_000)],
    ['no JSON', 'application/json', '{"a":'],
    ['a wrong encoding', 'application/json', Buffer.from([0x7b, 0x22, 0xe4, 0x22, 0x3a, 0x31, 0x7d])],
    ['a NUL character', 'application/json', '{"a":"\\u0000"}'],
    ['a prototype', 'application/json', '{"__proto__":{"admin":true}}'],
    ['a form', 'text/csv', 'a;b'],
  ])('%s is refused before anything is looked at', async (_what, kind, payload) => {
    const answer = await city.server.inject({
      method: 'POST',
      url: URL,
      headers: { host: 'localhost', 'content-type': kind, 'idempotency-key': newKey() },
      payload,
    })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test('an address that is not in the city is refused at its pointer', async () => {
    const answer = await apply(
      dogAnswers({ address: { street: 'Gibtesnichtweg', houseNumber: '1', postcode: '70999', place: 'Musterstadt' } }),
    )
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.json())).toContain('/address')
  })
})

describe('files as JSON', () => {
  const FILES = '/api/v1/services/dog-registration/files'
  const send = (field: string, name: string, content: Buffer | string) => city.upload(FILES, [{ field, name, content }])

  test('are uploaded first and named in the answers', async () => {
    const uploaded = await send('exemptionProof', 'Prüfung.pdf', PDF)
    expect(uploaded.status).toBe(201)
    const { id } = uploaded.json() as { id: string }
    const body = dogAnswers({ exemption: 'rescue', exemptionProof: [id] })
    const answer = await apply(body)
    expect(answer.status).toBe(201)
    // It belongs to that case now, and to no other.
    const thief = await apply(body)
    expect(thief.status).toBe(422)
    expect(JSON.stringify(thief.json())).toContain('/exemptionProof')
  })

  test('make repeating as harmless as it is without them', async () => {
    const { id } = (await send('exemptionProof', 'Prüfung.pdf', PDF)).json() as { id: string }
    const body = dogAnswers({ exemption: 'rescue', exemptionProof: [id] })
    const key = newKey()
    const first = await apply(body, key)
    const before = await caseCount()
    const again = await apply(body, key)
    expect(again.status).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(await caseCount()).toBe(before)
    // Two at the very first moment, too.
    const { id: other } = (await send('exemptionProof', 'Prüfung.pdf', PDF)).json() as { id: string }
    const twice = dogAnswers({ exemption: 'rescue', exemptionProof: [other] })
    const at = newKey()
    const answers = await Promise.all([apply(twice, at), apply(twice, at), apply(twice, at)])
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect((await apply({}, at)).json()).toMatchObject({ title: 'Dieser Schlüssel gehört zu einer anderen Anfrage' })
  })

  test('that nobody has uploaded are refused', async () => {
    for (const id of ['01a1fc2a-618d-7254-9179-b44152ff30f5', 'x', "' or 1=1"]) {
      expect((await apply(dogAnswers({ exemption: 'rescue', exemptionProof: [id] }))).status).toBe(422)
    }
  })

  test.each([
    ['a program', 'exemptionProof', 'a.pdf', Buffer.from('\x7fELF\x02\x01\x01'), 422],
    ['too much', 'exemptionProof', 'a.pdf', Buffer.concat([PDF, Buffer.alloc(6 * 1024 * 1024)]), 413],
    ['a file for a field that takes none', 'person.givenName', 'a.pdf', PDF, 400],
  ])('%s is refused', async (_what, field, name, content, status) => {
    const answer = await send(field, name, content)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test('two at once are refused: only one would get an id', async () => {
    const two = ['a.pdf', 'b.pdf'].map((name) => ({ field: 'exemptionProof', name, content: PDF }))
    const answer = await city.upload(FILES, two)
    expect(answer.status).toBe(400)
    expect(answer.json().detail).toBe('Bitte senden Sie genau eine Datei, unter dem Namen ihres Feldes.')
  })
})
