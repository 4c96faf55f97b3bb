import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { buildValidator } from './schema-compilers.ts'

const city = await testCity()
const document = (await city.json('GET', '/api/v1/openapi.json')).json() as {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}
interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  responses?: Record<string, { content: Record<string, unknown> }>
  parameters?: { in: string; name: string; required: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  security?: unknown
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

it('every schema of every route can be checked, which the server finds out at the first request only', () => {
  const compile = buildValidator({}, { customOptions: { strict: true } })
  const routes = city.app.modules.flatMap((module) => module.routes ?? [])
  const schemas = routes.flatMap(({ params, query, body }) => [params, query, body].filter((one) => one !== undefined))
  expect(schemas.length).toBeGreaterThan(100)
  for (const schema of schemas) expect(compile({ schema, method: 'GET', url: '/' })).toBeTypeOf('function')
})

describe('the OpenAPI document', () => {
  it('holds every JSON operation of every module', () => {
    const inModules = city.app.modules
      .flatMap((module) => module.routes ?? [])
      .filter((route) => route.kind === 'api')
      .map((route) => `${route.method.toLowerCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const documented = operations.map(({ path, method }) => `${method} ${path}`)
    expect(documented.toSorted()).toEqual(inModules.toSorted())
  })

  it.each(operations)('says what $method $path does and answers', ({ operation }) => {
    expect(operation.summary).toBeTruthy()
    expect(operation.tags?.length).toBeGreaterThan(0)
    expect(Object.keys(operation.responses ?? {}).length).toBeGreaterThan(0)
  })

  it('names each operation once, as generated clients need it', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(operations.length)
    for (const id of ids) expect(id).toMatch(/^(get|post|put|patch|delete)([A-Z\d][a-z\d]*)+$/)
    expect(document.paths['/api/v1/appointments/bookings/{id}']?.['get']?.operationId).toBe(
      'getAppointmentsBookingsById',
    )
  })

  it('names what handlers read by themselves: bodies, files and headers', () => {
    const apply = document.paths['/api/v1/services/{slug}/applications']?.['post']
    expect(Object.keys(apply?.requestBody?.content ?? {})).toEqual(['application/json'])
    expect(apply?.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
    )
    const upload = document.paths['/api/v1/services/{slug}/files']?.['post']
    expect(Object.keys(upload?.requestBody?.content ?? {})).toEqual(['multipart/form-data'])
    const move = document.paths['/api/v1/workbench/cases/{caseNumber}/transitions/{name}']?.['post']
    expect(move?.parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'If-Match' }))
  })

  it('says where a token is needed, and that it is welcome elsewhere', () => {
    expect(document.paths['/api/v1/workbench/cases']?.['get']?.security).toEqual([{ bearer: [] }])
    expect(document.paths['/api/v1/services']?.['get']?.security).toEqual([{}, { bearer: [] }])
  })

  it('says in words who may: which staff, and which devices', () => {
    const description = (path: string, method = 'get') => document.paths[`/api/v1${path}`]?.[method]?.description
    expect(description('/pickup/documents')).toBe('For devices of the kind pickup.')
    expect(description('/queue/offices/{office}/visits', 'post')).toMatch(/kiosk or robot, and staff with .*queue\./)
    expect(description('/queue/seat', 'put')).toMatch(/^For staff with the permission queue\.call, in the units/)
    expect(description('/appointments/bookings/{id}')).toMatch(/^For whoever has the code of the hold/)
    expect(operations.every(({ operation }) => operation.description)).toBe(true)
  })

  it.each(operations)('$method $path says that it refuses who sends no token, where it needs one', ({ operation }) => {
    const isOpen = (operation.security as object[]).some((scheme) => Object.keys(scheme).length === 0)
    expect(operation.responses?.['401'] !== undefined || isOpen).toBe(true)
  })

  it('describes every refusal as a problem document', () => {
    const refusals = operations.flatMap(({ operation }) =>
      Object.entries(operation.responses ?? {}).filter(([status]) => !/^[23]/.test(status)),
    )
    expect(refusals.length).toBeGreaterThan(operations.length - 1)
    for (const [, { content }] of refusals) expect(Object.keys(content)).toEqual(['application/problem+json'])
  })

  it('shows no page', () => {
    expect(operations.every(({ path }) => path.startsWith('/api/v1/'))).toBe(true)
  })
})
