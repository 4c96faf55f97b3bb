import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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
async function start(url: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'start'], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: await mkdtemp(join(inject('testDir'), 'first start ')),
      DATABASE_URL: url,
      DEMO: 'none',
      PORT: '0',
      LOG_LEVEL: 'error',
      ...env,
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Processes that `parent` started and that live. */
async function childrenOf(parent: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    const [state, of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(of) === parent && state !== 'Z') found.push(Number(name))
  }
  return found
}

test.runIf(process.platform === 'linux')(
  'two processes serve on one port, count together, take the place of one that dies, and end together',
  { timeout: 300_000 },
  async () => {
    const [url, port] = [await newDatabase(), await freePort()]
    const env = { SERVERS: '2', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    expect(await start(url, env)).toContain('Ready after')
    const main = children.at(-1)!
    const [second] = await childrenOf(main.pid!)
    expect(second).toBeDefined()

    const address = `http://127.0.0.1:${port}`
    // A connection each, which the system deals out.
    const get = (path: string) => fetch(address + path, { headers: { connection: 'close' } })
    for (let i = 0; i < 40; i++) expect((await get('/readyz')).status).toBe(200)
    for (let i = 0; i < 4; i++) {
      const metrics = await (await get('/metrics')).text()
      expect(metrics).toMatch(/^rathaus_request_seconds_count\{method="GET",route="\/readyz",status="2xx"\} 40$/m)
    }

    const other = await start(await newDatabase(), env)
    expect(other).toContain(`port ${port} is taken by another program`)

    process.kill(second!, 'SIGKILL')
    const again = async () => (await childrenOf(main.pid!)).find((pid) => pid !== second)
    const until = Date.now() + 60_000
    while ((await again()) === undefined && Date.now() < until) await wait(100)
    const third = await again()
    expect(third).toBeDefined()
    for (let i = 0; i < 10; i++) expect((await get('/readyz')).status).toBe(200)

    main.kill('SIGTERM')
    expect((await once(main, 'exit'))[0]).toBe(0)
    expect(await readFile(`/proc/${third}/stat`, 'utf8').catch(() => 'gone')).toBe('gone')
  },
)

test.runIf(process.platform === 'linux')(
  'a process that serves beside one that was killed ends, too',
  { timeout: 300_000 },
  async () => {
    const [url, port] = [await newDatabase(), await freePort()]
    await start(url, { SERVERS: '2', PORT: String(port), HOST: '127.0.0.1' })
    const main = children.at(-1)!
    const [second] = await childrenOf(main.pid!)
    main.kill('SIGKILL')
    await once(main, 'exit')
    const until = Date.now() + 30_000
    const state = () => readFile(`/proc/${second}/stat`, 'utf8').catch(() => 'gone')
    while ((await state()) !== 'gone' && !/\) Z/.test(await state()) && Date.now() < until) await wait(100)
    expect(await state()).toMatch(/^gone$|\) Z/)
  },
)
