import { expect, test } from 'vitest'
import { addDevice, issueSecret, withdrawDevice } from '#modules/devices/public.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'

const city = await testCity({ seed: true })
const ANNA = 'anna.becker@musterstadt.example'
const OPEN = '/api/v1/queue/offices/verkehr/waiting'
const ask = async (authorization: string, path = OPEN, language = 'en') => {
  const headers = { authorization, 'accept-language': language }
  const reply = await city.json('GET', path, undefined, { headers })
  const { type = '', detail = '' } = reply.json() as Record<string, string>
  return { status: reply.status, type: type.split('/').pop(), detail, asks: reply.headers['www-authenticate'] }
}
const UNKNOWN = { status: 401, type: 'sign-in-required', asks: 'Bearer error="invalid_token"' }

test('a token that has run out makes nobody a stranger where no token is needed', async () => {
  const { bearer } = await city.sessionOf(ANNA)
  expect((await ask(`Bearer ${bearer}`)).status).toBe(200)
  city.clock.advance({ hours: 9 })
  expect(await ask(`Bearer ${bearer}`)).toMatchObject({ ...UNKNOWN, detail: expect.stringContaining('not any more') })
  expect((await ask(`Bearer ${bearer}`, OPEN, 'de')).detail).toContain('nicht mehr')
  const slots = '/api/v1/appointments/slots?service=personalausweis'
  expect(await ask(`Bearer ${bearer}`, slots)).toMatchObject(UNKNOWN)
  expect(await ask('Bearer made-up', slots)).toMatchObject(UNKNOWN)
  expect((await city.json('GET', slots)).status).toBe(200)
  city.clock.advance({ hours: -9 })
})

test('where one is needed, who sent it is told that it is the token, and who sent none that it is missing', async () => {
  expect(await ask('Bearer made-up', '/api/v1/me')).toMatchObject(UNKNOWN)
  const reply = await city.json('GET', '/api/v1/me', undefined, { headers: { 'accept-language': 'en' } })
  expect([reply.headers['www-authenticate'], reply.json().detail]).toEqual(['Bearer', expect.stringMatching(/^Send a/)])
})

test('what can be no token makes nobody a stranger, either', async () => {
  for (const said of ['Bearer', 'Bearer two words', `Bearer ${'x'.repeat(2_000)}`])
    expect(await ask(said)).toMatchObject(UNKNOWN)
})

test('a password for a proxy in front of the city is no token', async () => {
  expect((await ask('Basic c3RhZHQ6Z2VoZWlt')).status).toBe(200)
})

test('the scheme may be written in small letters (RFC 9110, section 11.1)', async () => {
  const { bearer } = await city.sessionOf(ANNA)
  expect((await ask(`bearer ${bearer}`, '/api/v1/me')).status).toBe(200)
})

test('the key of a device opens what is open to everybody, until it is withdrawn', async () => {
  const ctx = await city.ctx()
  const id = newId()
  await addDevice(ctx, { id, name: 'Mika', office: 'verkehr', kind: 'robot' })
  const key = `Bearer ${(await issueSecret(ctx, id, 'key'))!}`
  expect((await ask(key)).status).toBe(200)
  await withdrawDevice(ctx, id)
  expect(await ask(key)).toMatchObject({ status: 401, type: 'device-key-withdrawn' })
})
