import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, expect, inject, test } from 'vitest'
import { withLock } from '#platform/db/lock.ts'
import { addTenant, countTenants, migrate, withInstallationPool } from '#src/setup.ts'
import { loadModules } from '#src/modules.ts'
import { dropDatabase, withDatabase } from '#src/testing/template.ts'

const server = inject('databaseUrl')
const databases: string[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = new Promise((done) => child.once('exit', done))
    if (child.exitCode === null && child.kill('SIGTERM')) await gone
  }
})
afterAll(() => Promise.all(databases.map((name) => dropDatabase(server, name))))

/** A database in which nobody has started yet. */
async function newDatabase(): Promise<string> {
  const name = `first_${randomBytes(4).toString('hex')}`
  const client = new pg.Client(server)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  databases.push(name)
  return withDatabase(server, name)
}

/** `bin/start` in a process of its own; what it said when it was ready or had ended. */
async function start(url: string): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'start'], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: await mkdtemp(join(inject('testDir'), 'first start ')),
      DATABASE_URL: url,
      DEMO: 'none',
      PORT: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return new Promise((done) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (said.includes('Ready after')) done(said)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => done(said))
  })
}

test('two first starts at once on one DATABASE_URL both get ready', { timeout: 300_000 }, async () => {
  const url = await newDatabase()
  for (const said of await Promise.all([start(url), start(url)])) expect(said).toContain('Ready after')
})

test('of two first starts at once one builds the city, and the other finds it', { timeout: 300_000 }, async () => {
  const [url, modules] = [await newDatabase(), await loadModules()]
  const built: string[] = []
  const first = (who: string) =>
    withInstallationPool(url, async (pool) => {
      await migrate(pool, modules, () => undefined)
      await withLock(pool, 'firstCity', async () => {
        if ((await countTenants(pool)) > 0) return
        await addTenant(pool, modules, { id: 'musterstadt', name: 'Stadt Musterstadt', hosts: ['localhost'] })
        built.push(who)
      })
    })
  await Promise.all([first('one'), first('other')])
  expect(built).toHaveLength(1)
})
