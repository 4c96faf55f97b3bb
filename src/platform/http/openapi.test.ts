import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'

const city = await testCity()
const document = (await city.json('GET', '/api/v1/openapi.json')).json() as {
  openapi: string
  paths: Record<string, Record<string, { summary?: string; tags?: string[]; responses?: Record<string, unknown> }>>
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

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

  it('shows no page', () => {
    expect(operations.every(({ path }) => path.startsWith('/api/v1/'))).toBe(true)
  })
})
