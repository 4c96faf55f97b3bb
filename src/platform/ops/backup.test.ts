import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { loadModules } from '#src/modules.ts'
import { allMigrations, migrate, withInstallationPool } from '#src/setup.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { dropDatabase } from '#src/testing/template.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { jobType } from '../jobs/jobs.ts'
import { transaction } from '../db/transaction.ts'
import { writeThemeFile } from '../tenants/theme-file.ts'
import { filesBelow, sha256Of } from './archive.ts'
import { backup, BackupProblem, restore } from './backup.ts'
import type { RestoreTarget } from './restore.ts'

const silent = () => {}
let city: TestCity
let home: string
let folder: string
const databases: string[] = []
const reminder = jobType<{ about: string }>('probe.remind')

beforeAll(async () => {
  city = await testCity({ seed: true })
  home = join(inject('testDir'), `backup ${randomBytes(4).toString('hex')}`)
  folder = join(home, 'archive')
  await mkdir(home)
  await city.addTenant('karlsruhe', 'Stadt Karlsruhe')
  await writeThemeFile(city.app.config.dataDir, 'musterstadt', { name: 'Stadt Musterstadt am Neckar' })
  const ctx = await city.ctx()
  await transaction(ctx, async (ctx) => {
    await ctx.app.files.save(ctx, {
      name: 'Fahrzeugschein.pdf',
      content: Buffer.from('%PDF-1.7 Ümläut'),
      owner: 'case:1',
    })
    await ctx.app.files.save(ctx, { name: 'großes Bild.bin', content: randomBytes(3_000_000), owner: 'case:2' })
    await enqueue(ctx, reminder, { about: 'a mail that is still to be sent' })
  })
  await backup(city.app, city.databaseUrl, folder, silent)
}, 300_000)

afterAll(async () => {
  await Promise.all(databases.map((name) => dropDatabase(inject('databaseUrl'), name)))
  await rm(home, { recursive: true, force: true })
})

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(inject('databaseUrl'))
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** An installation without a city, as a first start with DEMO=none leaves it. */
async function emptyInstallation(): Promise<RestoreTarget> {
  const name = `restored_${randomBytes(4).toString('hex')}`
  databases.push(name)
  await administer(`create database ${name}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${name}`
  const dataDir = join(home, name)
  await mkdir(dataDir)
  const modules = await loadModules()
  await withInstallationPool(url.href, (pool) => migrate(pool, modules, silent))
  return { url: url.href, config: { dataDir }, migrations: await allMigrations(modules) }
}

/** Every table of every city and of the queue: how many rows, and a checksum over all of them. */
async function contents(url: string): Promise<Record<string, string>> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
     where schemaname ~ '^(t_|rathaus$|graphile_worker$)'
       and (schemaname, tablename) not in (('rathaus', 'worker'), ('graphile_worker', 'migrations')) order by 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ sum: string }>(
      `select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), 'none') as sum from ${name} t`,
    )
    found[name] = rows[0]!.sum
  }
  await client.end()
  return found
}

/** Columns, constraints, indexes: what migrations made. Numbers of sequences as well. */
async function structure(url: string): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ line: string }>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
       where connamespace::regnamespace::text ~ '^(t_|graphile)'
     union all select indexdef from pg_indexes where schemaname ~ '^(t_|graphile)'
     union all select schemaname || '.' || sequencename || ' ' || coalesce(last_value, 0) from pg_sequences order by 1`,
  )
  await client.end()
  return rows.map(({ line }) => line)
}

/** Every byte of every file, as its hash. */
async function fileContents(dataDir: string): Promise<Record<string, string>> {
  const files = (await Promise.all(['files', 'tenants'].map((part) => filesBelow(join(dataDir, part))))).flat()
  const read = files.map(async (file) => [relative(dataDir, file), await sha256Of(file)] as const)
  return Object.fromEntries(await Promise.all(read))
}

describe('a backup that is restored into an empty installation', () => {
  let target: RestoreTarget

  beforeAll(async () => {
    target = await emptyInstallation()
    await restore(target, folder, { force: false }, silent)
  }, 120_000)

  test('brings back every row of every table', async () => {
    const before = await contents(city.databaseUrl)
    expect(await contents(target.url)).toEqual(before)
    expect(Object.keys(before).length).toBeGreaterThan(30)
    expect(before['graphile_worker._private_jobs']).not.toMatch(/^0 rows/)
    expect(before['rathaus.tenant']).toMatch(/^2 rows/)
  })

  test('brings back every key, index and number', async () => {
    expect(await structure(target.url)).toEqual(await structure(city.databaseUrl))
  })

  test('brings back every file and every theme', async () => {
    const before = await fileContents(city.app.config.dataDir)
    expect(await fileContents(target.config.dataDir)).toEqual(before)
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(3)
  })

  test('is not restored over a city unless that is asked for', async () => {
    await expect(restore(target, folder, { force: false }, silent)).rejects.toThrow(
      /This installation holds the city karlsruhe, musterstadt: .* --force/,
    )
    await restore(target, folder, { force: true }, silent)
    expect(await contents(target.url)).toEqual(await contents(city.databaseUrl))
    expect(await fileContents(target.config.dataDir)).toEqual(await fileContents(city.app.config.dataDir))
  }, 120_000)
})

describe('a backup', () => {
  test('is not written over another one', async () => {
    await expect(backup(city.app, city.databaseUrl, folder, silent)).rejects.toThrow(/is not empty/)
  })

  test('may be read by its owner alone', async () => {
    const { mode } = await stat(join(folder, 'backup.json'))
    expect(mode & 0o077).toBe(0)
  })

  test('that was not finished is refused', async () => {
    const half = join(home, 'half')
    await mkdir(half)
    await expect(restore(await emptyInstallation(), half, { force: false }, silent)).rejects.toThrow(BackupProblem)
  })

  test('with one byte changed is refused before anything is touched', async () => {
    const target = await emptyInstallation()
    const table = join(folder, 'database/rathaus/tenant.copy.gz')
    const sound = await readFile(table)
    await appendFile(table, 'x')
    await expect(restore(target, folder, { force: false }, silent)).rejects.toThrow(/damaged: .*tenant.copy.gz/)
    await writeFile(table, sound)
    expect((await contents(target.url))['rathaus.tenant']).toMatch(/^0 rows/)
    expect(await readdir(target.config.dataDir)).toEqual([])
  })

  test('of a version with other migrations is refused with its name', async () => {
    const target = await emptyInstallation()
    const older = { ...target, migrations: target.migrations.slice(0, -1) }
    await expect(restore(older, folder, { force: false }, silent)).rejects.toThrow(
      new RegExp(`its migration ${target.migrations.at(-1)!.name} is not this version's`),
    )
  })
})
