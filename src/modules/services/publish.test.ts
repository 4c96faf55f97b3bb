import { beforeAll, describe, expect, test } from 'vitest'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { loadServiceFolder } from './loader/folder.ts'
import { keepServices } from './publish.ts'
import { allPublished, definitionOf, onTrial, published } from './registry.ts'
import { forgetPublished } from './registry.ts'
import { markPublished } from './store/versions.ts'

const dogs = loadServiceFolder('services/dog-registration')
const loaded = (version: number, hash: string, more: Partial<typeof dogs> = {}) => ({
  definition: { ...dogs, version, ...more },
  hash,
})

describe('published versions', () => {
  let city: TestCity
  beforeAll(async () => {
    city = await testCity()
  })

  test('a service of a new city is published at start', async () => {
    const ctx = await city.ctx()
    expect((await published(ctx, 'dog-registration'))?.version).toBe(1)
    expect((await allPublished(ctx)).map((service) => service.slug)).toContain('dog-registration')
    expect(await published(ctx, 'no-such-service')).toBeNull()
  })

  test('a published version is the same object each time, so that its expressions are read once', async () => {
    const ctx = await city.ctx()
    expect(await definitionOf(ctx, 'dog-registration', 1)).toBe(await definitionOf(ctx, 'dog-registration', 1))
    expect(await definitionOf(ctx, 'dog-registration', 99)).toBeNull()
  })

  test('a folder that changed under the number of a published version stops the start and says what to do', async () => {
    const ctx = await city.ctx()
    await expect(keepServices(ctx, [loaded(1, 'other content')])).rejects.toThrow(
      'services/dog-registration/service.yaml: version 1 is published and has changed since: raise the version to 2',
    )
  })

  test('a newer version is on trial until it is published, and the old one stays readable', async () => {
    const ctx = await city.ctx()
    await keepServices(ctx, [loaded(2, 'second')])
    expect((await published(ctx, 'dog-registration'))?.version).toBe(1)
    expect((await onTrial(ctx, 'dog-registration'))?.version).toBe(2)

    await keepServices(ctx, [loaded(2, 'second, better', { prefix: 'DOG' })])
    expect((await onTrial(ctx, 'dog-registration'))?.definition.prefix).toBe('DOG')

    expect(await markPublished(ctx, 'dog-registration', 2)).toBe(true)
    expect(await markPublished(ctx, 'dog-registration', 2)).toBe(false)
    forgetPublished(ctx)
    expect((await published(ctx, 'dog-registration'))?.version).toBe(2)
    expect(await onTrial(ctx, 'dog-registration')).toBeNull()
    expect((await definitionOf(ctx, 'dog-registration', 1))?.prefix).toBe('HUN')
  })

  test('a folder with an older number than what is published is refused', async () => {
    await expect(keepServices(await city.ctx(), [loaded(1, 'first again')])).rejects.toThrow('version 1')
  })

  test('a service whose folder is gone is offered no more', async () => {
    const ctx = await city.ctx()
    await keepServices(ctx, [])
    expect(await published(ctx, 'dog-registration')).toBeNull()
    expect((await definitionOf(ctx, 'dog-registration', 2))?.version).toBe(2)
  })
})
