import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { addStaff, addUnit } from '#modules/accounts/public.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { loadServiceFolder } from './loader/folder.ts'
import { DefinitionError } from './loader/problem.ts'
import { keepServices, prepareServices } from './publish.ts'
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

  test('folders are checked again once a file of theirs, or what a workflow may name, has changed', async () => {
    const ctx = await city.ctx()
    const root = await mkdtemp(join(inject('testDir'), 'services-'))
    await cp('services', root, { recursive: true })
    await prepareServices(ctx, root)
    const form = join(root, 'dog-registration', 'form.yaml')
    const whole = await readFile(form, 'utf8')
    await writeFile(form, `${whole}\nnonsense: true\n`)
    await expect(prepareServices(ctx, root)).rejects.toThrow(/form\.yaml:\d+.*"nonsense" is no key that is known here/)
    // Refused each time, not only the first.
    await expect(prepareServices(ctx, root)).rejects.toThrow('"nonsense"')
    await writeFile(form, whole)
    await prepareServices(ctx, root)
    const fewer = { ...ctx, app: { ...ctx.app, extensions: () => new Map() } } as typeof ctx
    await expect(prepareServices(fewer, root)).rejects.toThrow(DefinitionError)
    await prepareServices(ctx)
  })

  test('a folder that changed under the number of a published version stops the start and says what to do', async () => {
    const ctx = await city.ctx()
    await expect(keepServices(ctx, [loaded(1, 'other content')])).rejects.toThrow(
      'services/dog-registration/service.yaml: version 1 is published and has changed since: raise the version to 2',
    )
  })

  test('staff see what waits, try it without a case, and publish it', async () => {
    const ctx = await city.ctx()
    await addStaff(ctx, { name: 'Jonas Keller', email: 'admin@example.org', unit: 'rathaus', roles: ['administrator'] })
    await addUnit(ctx, { id: 'steueramt', parentId: 'rathaus', name: { de: 'Steueramt', en: 'Tax office' } })
    await addUnit(ctx, { id: 'kulturamt', parentId: 'rathaus', name: { de: 'Kulturamt', en: 'Arts office' } })
    await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'kulturamt', roles: ['editor'] })
    await keepServices(ctx, [loaded(2, 'tried')])
    const as = 'admin@example.org'
    const page = await city.get('/workbench/leistungen/dog-registration', { as })
    expect(page.body).toContain('Version 2 veröffentlichen')
    expect(page.body).toContain('<svg')
    expect(page.body).toContain('10 Jahre nach Abschluss (entsprechend § 147 Abs. 3 AO)')
    const english = await city.get('/en/workbench/leistungen/dog-registration', { as })
    expect(english.body).toContain('10 years after the case is closed (following section 147 (3) AO, the fiscal code)')
    expect(english.body).toContain('by-law on dog tax, demo value')
    expect((await city.get('/antrag/dog-registration?probe=1', { as })).body).toContain('Sie probieren Version 2 aus')
    expect((await city.get('/antrag/dog-registration?probe=1')).status).toBe(404)
    // Of another unit: neither in the list nor to be tried.
    const elsewhere = { as: 'otto@example.org' }
    expect((await city.get('/workbench/leistungen/dog-registration', elsewhere)).status).toBe(404)
    expect((await city.post('/antrag/dog-registration', { probe: '1' }, elsewhere)).status).toBe(404)
    expect((await city.post('/workbench/leistungen/dog-registration/versionen/2/veroeffentlichung')).status).toBe(401)
    const path = '/workbench/leistungen/dog-registration/versionen/2/veroeffentlichung'
    expect((await city.post(path, {}, { as })).status).toBe(303)
    expect((await published(ctx, 'dog-registration'))?.version).toBe(2)
    // Twice is no harm.
    expect((await city.post(path, {}, { as })).status).toBe(409)
  })

  test('a newer version is on trial until it is published, and the old one stays readable', async () => {
    const ctx = await city.ctx()
    await keepServices(ctx, [loaded(3, 'third')])
    expect((await published(ctx, 'dog-registration'))?.version).toBe(2)
    expect((await onTrial(ctx, 'dog-registration'))?.version).toBe(3)

    await keepServices(ctx, [loaded(3, 'third, better', { prefix: 'DOG' })])
    expect((await onTrial(ctx, 'dog-registration'))?.definition.prefix).toBe('DOG')

    expect(await markPublished(ctx, 'dog-registration', 3)).toBe(true)
    expect(await markPublished(ctx, 'dog-registration', 3)).toBe(false)
    forgetPublished(ctx)
    expect((await published(ctx, 'dog-registration'))?.version).toBe(3)
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
    expect((await definitionOf(ctx, 'dog-registration', 3))?.version).toBe(3)
  })
})
