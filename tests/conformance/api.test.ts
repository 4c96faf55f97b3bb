import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { comparePlan, compareStaff, compareTimes, compareWaitingList } from './appointments.ts'
import type { Call } from './asking.ts'
import { compareLockers, compareQueue } from './on-site.ts'

/** Replies of the demo city, compared with what its OpenAPI document promises. */
const city = await testCity({ seed: true })
type Json = Record<string, any>
const document: Json = (await city.json('GET', '/api/v1/openapi.json')).json()

const validator = new Ajv2020({ strict: false, allErrors: true })
;(addFormats as unknown as (ajv: Ajv2020) => void)(validator)
validator.addSchema(closed(document) as Json, 'document')

/** Objects have the properties that are named, and no others: a reply holds nothing that is not documented. */
function closed(schema: unknown, inAllOf = false): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => closed(entry, inAllOf))
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' ? `document${value as string}` : closed(value, key === 'allOf'),
    ]),
  )
  const isOpen = copy['additionalProperties'] !== undefined || Object.keys(copy['properties'] ?? {}).length === 0
  const closes = !inAllOf && (copy['allOf'] !== undefined || (copy['type'] === 'object' && !isOpen))
  return closes ? { ...copy, unevaluatedProperties: false } : copy
}

const ANNA = 'anna.becker@musterstadt.example'
const CLERK = 'jonas.keller@musterstadt.example'

/** The reply, and what in it is not as the document says. */
async function call({ method = 'GET', template, path = template, as, body, headers }: Call) {
  const reply = await city.json(method, path, body, { ...(as ? { as } : {}), ...(headers ? { headers } : {}) })
  const operation = document['paths'][template]?.[method.toLowerCase()] as Json | undefined
  const promised = (operation?.['responses'][reply.status] ?? operation?.['responses']['default']) as Json
  const kind = String(reply.headers['content-type']).split(';')[0] ?? ''
  const media = promised?.['content'][kind] as Json | undefined
  const validate = media && validator.compile(closed(media['schema']) as Json)
  const fits = validate?.(reply.json()) ?? false
  const wrong = fits
    ? []
    : media
      ? validate?.errors?.map((one) => `${one.instancePath} ${one.message}`)
      : [`no ${kind}`]
  return { status: reply.status, value: reply.json() as Json, headers: reply.headers, wrong }
}

const one = async (template: string, as?: string): Promise<Json> =>
  (await call({ template, ...(as ? { as } : {}) })).value

const clerksCase = (await one('/api/v1/workbench/cases', CLERK))['cases'][0] as Json
const message = (await one('/api/v1/account/messages', ANNA))['messages'][0] as Json

const annasCase = `/api/v1/me/cases/${(await one('/api/v1/me/cases', ANNA))['cases'][0]['caseNumber']}`

const calls: readonly (Call & { readonly status: number })[] = [
  ...['/me', '/me/data-safe', '/me/readings', '/me/cases', '/account/messages', '/parking/permits'].flatMap((path) => [
    { template: `/api/v1${path}`, as: ANNA, status: 200 },
    { template: `/api/v1${path}`, status: 401 },
  ]),
  {
    template: '/api/v1/account/messages/{id}',
    path: `/api/v1/account/messages/${message['id']}`,
    as: ANNA,
    status: 200,
  },
  ...['services', 'districts', 'catalogue/services', 'catalogue/offices', 'parking/zones', 'parking/areas'].map(
    (path) => ({ template: `/api/v1/${path}`, status: 200 }),
  ),
  { template: '/api/v1/addresses', path: '/api/v1/addresses?q=Uferstra', status: 200 },
  { template: '/api/v1/search', path: '/api/v1/search?q=Hund', status: 200 },
  { template: '/api/v1/search/suggestions', path: '/api/v1/search/suggestions?q=Hund', status: 200 },
  {
    template: '/api/v1/catalogue/services/{slug}',
    path: '/api/v1/catalogue/services/bewohnerparkausweis',
    status: 200,
  },
  { template: '/api/v1/catalogue/services/{slug}', path: '/api/v1/catalogue/services/none', status: 404 },
  { template: '/api/v1/services/{slug}/schema', path: '/api/v1/services/dog-registration/schema', status: 200 },
  { template: '/api/v1/parking/permits/check/{code}', path: '/api/v1/parking/permits/check/none', status: 200 },
  { template: '/api/v1/cases/{caseNumber}', path: '/api/v1/cases/HUN-2026-000001-1?code=X', status: 422 },
  {
    template: '/api/v1/cases/{caseNumber}',
    path: `/api/v1/cases/${clerksCase['caseNumber']}?code=AAAA-AAAA-AAAA`,
    status: 404,
  },
  {
    method: 'POST',
    template: '/api/v1/cases/{caseNumber}/messages',
    path: `/api/v1/cases/${clerksCase['caseNumber']}/messages?code=AAAA-AAAA-AAAA`,
    body: { body: 'Hallo' },
    status: 404,
  },
  { template: '/api/v1/me/cases/{caseNumber}', path: annasCase, as: ANNA, status: 200 },
  { template: '/api/v1/me/cases/{caseNumber}', path: annasCase, as: CLERK, status: 404 },
  {
    method: 'POST',
    template: '/api/v1/me/cases/{caseNumber}/messages',
    path: `${annasCase}/messages`,
    as: ANNA,
    body: { body: 'Wie lange noch?' },
    status: 201,
  },
  {
    method: 'POST',
    template: '/api/v1/me/cases/{caseNumber}/transitions/{name}',
    path: `${annasCase}/transitions/grant`,
    as: ANNA,
    body: {},
    status: 409,
  },
  { template: '/api/v1/workbench/cases', as: CLERK, status: 200 },
  { template: '/api/v1/workbench/cases', path: '/api/v1/workbench/cases?sort=size', as: CLERK, status: 400 },
  { template: '/api/v1/workbench/cases', as: ANNA, status: 403 },
  { template: '/api/v1/workbench/cases', status: 401 },
  {
    template: '/api/v1/workbench/cases/{caseNumber}',
    path: `/api/v1/workbench/cases/${clerksCase['caseNumber']}`,
    as: CLERK,
    status: 200,
  },
  {
    method: 'POST',
    template: '/api/v1/services/{slug}/applications',
    path: '/api/v1/services/dog-registration/applications',
    body: {},
    headers: { 'idempotency-key': 'conformance-1' },
    status: 422,
  },
  {
    method: 'POST',
    template: '/api/v1/services/{slug}/files',
    path: '/api/v1/services/dog-registration/files',
    status: 400,
  },
  {
    method: 'POST',
    template: '/api/v1/workbench/cases/{caseNumber}/transitions/{name}',
    path: `/api/v1/workbench/cases/${clerksCase['caseNumber']}/transitions/grant`,
    as: CLERK,
    body: {},
    status: 428,
  },
]

describe('a reply is what the OpenAPI document says', () => {
  it.each(calls)('$status of $template', async ({ status, ...asked }) => {
    const reply = await call(asked)
    expect(reply.wrong).toEqual([])
    expect(reply.status).toBe(status)
  })

  it('from an application to its decision', async () => {
    const [house] = (await city.json('GET', '/api/v1/addresses?q=Uferstra%C3%9Fe%2012')).json() as Json[]
    const { street, houseNumber, postcode, place } = house!
    const files = await city.upload('/api/v1/services/dog-registration/files', [
      { field: 'exemptionProof', name: 'Prüfung.pdf', content: '%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n' },
    ])
    const applied = await call({
      method: 'POST',
      template: '/api/v1/services/{slug}/applications',
      path: '/api/v1/services/dog-registration/applications',
      headers: { 'idempotency-key': 'conformance-2' },
      body: {
        person: { givenName: 'Kemal', familyName: 'Yılmaz', birthDate: '1952-02-03' },
        address: { street, houseNumber, postcode, place },
        contact: { email: 'kemal@example.org' },
        dogsBefore: 0,
        dogs: [
          { callName: 'Rex', breed: 'Pudel', kind: 'ordinary', chip: '276098106123456', acquiredOn: '2026-10-01' },
        ],
        exemption: 'rescue',
        exemptionProof: [files.json().id],
        payBy: 'invoice',
        truthful: true,
      },
    })
    expect(applied).toMatchObject({ status: 201, wrong: [] })
    await city.runJobs()
    const { caseNumber, state } = applied.value as { caseNumber: string; state: string }
    const stands = await call({ template: '/api/v1/cases/{caseNumber}', path: state })
    expect(stands).toMatchObject({ status: 200, wrong: [], value: { state: { name: 'review' } } })

    const mine = (more: string) => state.replace('?', `${more}?`)
    const wrote = await call({
      method: 'POST',
      template: '/api/v1/cases/{caseNumber}/messages',
      path: mine('/messages'),
      body: { body: 'Wie lange noch?' },
    })
    expect(wrote).toMatchObject({ status: 201, wrong: [] })

    const clerk = 'admin@musterstadt.example'
    const path = `/api/v1/workbench/cases/${caseNumber}`
    const seen = await call({ template: '/api/v1/workbench/cases/{caseNumber}', path, as: clerk })
    expect(seen).toMatchObject({ status: 200, wrong: [] })
    const step = {
      method: 'POST',
      template: '/api/v1/workbench/cases/{caseNumber}/transitions/{name}',
      as: clerk,
    } as const
    const wrongly = await call({
      ...step,
      path: `${path}/transitions/refuse`,
      headers: { 'if-match': '"99"' },
      body: {},
    })
    expect(wrongly).toMatchObject({ status: 412, wrong: [] })
    const ifMatch = { 'if-match': String(seen.headers['etag']) }
    const empty = await call({ ...step, path: `${path}/transitions/refuse`, headers: ifMatch, body: {} })
    expect(empty).toMatchObject({ status: 422, wrong: [] })
    const decided = await call({ ...step, path: `${path}/transitions/exempt`, headers: ifMatch, body: {} })
    expect(decided).toMatchObject({ status: 200, wrong: [], value: { state: { name: 'registered' } } })
    const again = await call({ ...step, path: `${path}/transitions/exempt`, headers: { 'if-match': '"99"' }, body: {} })
    expect(again.status).toBeGreaterThanOrEqual(400)
    expect(again.wrong).toEqual([])
  })

  it('of times, holds and bookings', () => compareTimes(city, call))

  it('of the waiting list', () => compareWaitingList(city, call))

  it('of opening hours and closing days', () => comparePlan(city, call))

  it('of who sits where and can do what', () => compareStaff(city, call))

  it('of who waits, is called and seen', () => compareQueue(city, call))

  it('of what lies in a locker', () => compareLockers(city, call))
})
