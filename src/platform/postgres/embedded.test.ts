import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'

/** A folder that only its owner may enter, with a space in its name: the hardest place for a server of another account. */
let home: string
/** A cluster that was made once and is copied for each test, since making one takes a second. */
let made: string
let count = 0
const children: ChildProcess[] = []
const silent = { info: () => {}, warn: () => {} }

beforeAll(async () => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'rathaus postgres '))
  made = join(home, 'made')
  await (await startEmbedded({ dataDir: made, log: silent })).stop()
}, 30_000)

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await new Promise((done) => child.once('exit', done))
    }
  }
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

function dataDir(): string {
  const copy = join(home, `data ${++count}`)
  spawnSync('cp', ['-a', made, copy])
  return copy
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly said: string
}

/** Another process that starts the server, says its URL, and stops on SIGTERM and SIGINT as the application does. */
async function start(directory: string, mode = 'own'): Promise<Started> {
  const program = `
    import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    const log = { info() {}, warn() {} }
    try {
      const server = await startEmbedded({ dataDir: ${JSON.stringify(directory)}, log, mode: '${mode}', purpose: 'bin/start' })
      for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => server.stop().then(() => process.exit(0)))
      setInterval(() => {}, 1000)
      console.log('URL ' + server.url)
    } catch (error) {
      console.log('REFUSED ' + error.message)
      process.exit(1)
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const said = await new Promise<string>((done) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      if (text.includes('\n')) done(text.trim())
    })
    child.once('exit', () => done(text.trim()))
  })
  return { child, said, url: said.startsWith('URL ') ? said.slice(4) : '' }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done))
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** First line of `postmaster.pid`: the server's process. */
const serverOf = (directory: string) =>
  Number.parseInt(readFileSync(join(directory, 'postgres/data/postmaster.pid'), 'utf8'), 10)

/** Processes that stand in the data directory. */
const serversIn = (directory: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(
      (pid) =>
        spawnSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' }).stdout.trim() ===
        join(directory, 'postgres/data'),
    )

async function nothingRunsIn(directory: string): Promise<void> {
  for (let i = 0; i < 100 && serversIn(directory).length > 0; i++) await sleep(50)
  expect(serversIn(directory)).toEqual([])
}

describe('the embedded database', () => {
  test('is PostgreSQL 18 in UTF-8 that knows German order, and the application is no superuser', async () => {
    const server = await startEmbedded({ dataDir: dataDir(), log: silent })
    try {
      const [facts] = await query<Record<string, string>>(
        server.url,
        `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
          current_setting('is_superuser') as superuser, current_setting('synchronous_commit') as durable, lower('ÄÖÜ') as lower,
          (select string_agg(word, ' ' order by word collate "de-x-icu") from unnest(array['Zebra', 'Äpfel', 'Apfel']) word) as words`,
      )
      expect(facts).toMatchObject({
        encoding: 'UTF8',
        superuser: 'off',
        durable: 'on',
        lower: 'äöü',
        words: 'Apfel Äpfel Zebra',
      })
      expect(Number(facts!['version'])).toBeGreaterThanOrEqual(180_000)
      for (const extension of ['pg_trgm', 'unaccent', 'btree_gist', 'btree_gin', 'ltree']) {
        await query(server.url, `create extension ${extension}`)
      }
    } finally {
      await server.stop()
    }
  })

  test('lets in nobody without its password, which only its owner may read', async () => {
    const directory = dataDir()
    const server = await startEmbedded({ dataDir: directory, log: silent })
    try {
      await expect(query(server.url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/)
      expect(statSync(join(directory, 'postgres/passwords.json')).mode & 0o077).toBe(0)
    } finally {
      await server.stop()
    }
  })

  test('is ready within three seconds on existing data', async () => {
    const before = performance.now()
    const server = await startEmbedded({ dataDir: dataDir(), log: silent })
    expect(performance.now() - before).toBeLessThan(3_000)
    await server.stop()
  })

  test('ends with the application on SIGTERM and on Ctrl-C', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const directory = dataDir()
      const { child } = await start(directory)
      child.kill(signal)
      await ended(child)
      expect(serversIn(directory)).toEqual([])
    }
  })
})

describe('a second start on the same DATA_DIR', () => {
  test('says in one sentence who runs there, and leaves the first alone', async () => {
    const directory = dataDir()
    const first = await start(directory)
    const second = await start(directory)
    expect(second.said).toMatch(
      /^REFUSED Rathaus runs already on .* \(process \d+, bin\/start, database on port \d+\): /,
    )
    expect(second.said).toContain(`process ${first.child.pid}`)
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('loses where both start at the same moment: one runs, the others say so', async () => {
    const directory = dataDir()
    const all = await Promise.all([start(directory), start(directory), start(directory)])
    expect(all.filter((each) => each.url)).toHaveLength(1)
    expect(all.filter((each) => each.said.startsWith('REFUSED Rathaus runs already'))).toHaveLength(2)
  })

  test('loses where both are the first start of all: one makes the database, the other says so', async () => {
    const directory = join(home, 'nobody has started here')
    const both = await Promise.all([start(directory), start(directory)])
    const runs = both.filter((each) => each.url)
    expect(runs).toHaveLength(1)
    expect(both.filter((each) => each.said.startsWith('REFUSED Rathaus runs already'))).toHaveLength(1)
    expect(await query(runs[0]!.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('as a command beside it, works on the same server', async () => {
    const directory = dataDir()
    const city = await start(directory)
    const command = await startEmbedded({ dataDir: directory, log: silent, mode: 'join' })
    expect(command.url).toBe(city.url)
    await command.stop()
    expect(await query(city.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a command that made the server lets a second command finish before it ends it', async () => {
    const directory = dataDir()
    const first = await startEmbedded({ dataDir: directory, log: silent, mode: 'join' })
    const second = new Client((await startEmbedded({ dataDir: directory, log: silent, mode: 'join' })).url)
    await second.connect()
    const stopping = first.stop()
    expect((await second.query('select pg_sleep(0.3), 1 as one')).rows[0].one).toBe(1)
    await second.end()
    await stopping
    expect(serversIn(directory)).toEqual([])
  })
})

describe('after a crash', () => {
  test('kill -9 of the application takes the server along, and the next start finds what was committed', async () => {
    const directory = dataDir()
    const first = await start(directory)
    await query(first.url, 'create table receipt as select 7 as number')
    first.child.kill('SIGKILL')
    const second = await start(directory)
    expect(await query(second.url, 'select number from receipt')).toEqual([{ number: 7 }])
    expect(serverOf(directory)).not.toBeNaN()
  })

  test('kill -9 of application and server at once is recovered', async () => {
    const directory = dataDir()
    const first = await start(directory)
    await query(first.url, 'create table receipt as select 7 as number')
    const server = serverOf(directory)
    first.child.kill('SIGKILL')
    process.kill(server, 'SIGKILL')
    const second = await start(directory)
    expect(second.said).toMatch(/^URL/)
    expect(await query(second.url, 'select number from receipt')).toEqual([{ number: 7 }])
  })

  test('kill -9 of the server alone: it is started again under the same address', async () => {
    const directory = dataDir()
    const { url } = await start(directory)
    await query(url, 'create table receipt as select 7 as number')
    process.kill(serverOf(directory), 'SIGKILL')
    let found: object[] = []
    for (let i = 0; i < 100 && found.length === 0; i++) {
      await sleep(50)
      found = await query<{ number: number }>(url, 'select number from receipt').catch(() => [])
    }
    expect(found).toEqual([{ number: 7 }])
  })

  test('a process of the database that survived both is ended, not waited for', async () => {
    const directory = dataDir()
    const first = await start(directory)
    const busy = new Client(first.url)
    busy.on('error', () => {})
    await busy.connect()
    // Counts for minutes without looking up: it does not notice that its postmaster is gone.
    busy.query('select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b').catch(() => {})
    await sleep(200)
    const server = serverOf(directory)
    first.child.kill('SIGKILL')
    process.kill(server, 'SIGKILL')
    const second = await start(directory)
    expect(second.said).toMatch(/^URL/)
  })

  test('a postmaster.pid that names some other living process does not stop the start', async () => {
    const directory = dataDir()
    const pidFile = join(directory, 'postgres/data/postmaster.pid')
    const { child } = await start(directory)
    const contents = readFileSync(pidFile, 'utf8')
    child.kill('SIGTERM')
    await ended(child)
    cpSync(join(made, 'postgres/port'), join(directory, 'postgres/port'))
    const owner = statSync(join(directory, 'postgres/data'))
    writeFileSync(pidFile, contents.replace(/^\d+/, String(process.pid)))
    chownSync(pidFile, owner.uid, owner.gid)
    const next = await start(directory)
    expect(next.said).toMatch(/^URL/)
  })

  test('a first start that was killed while making the database is made again', async () => {
    const directory = join(home, `data ${++count}`)
    mkdirSync(join(directory, 'postgres/data.new'), { recursive: true })
    const server = await startEmbedded({ dataDir: directory, log: silent })
    expect(existsSync(join(directory, 'postgres/data.new'))).toBe(false)
    await server.stop()
    await nothingRunsIn(directory)
    // Making a database takes half a minute where other tests run beside it.
  }, 120_000)
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test('the server runs under another account', async () => {
    const directory = dataDir()
    const server = await startEmbedded({ dataDir: directory, log: silent })
    expect(statSync(`/proc/${serverOf(directory)}`).uid).not.toBe(0)
    await server.stop()
  })

  test('it keeps no right of root where others may enter the folder', async () => {
    const open = mkdtempSync(join(tmpdir(), 'open'))
    spawnSync('chmod', ['755', open])
    const server = await startEmbedded({ dataDir: open, log: silent })
    const status = readFileSync(`/proc/${serverOf(open)}/status`, 'utf8')
    await server.stop()
    rmSync(open, { recursive: true })
    // Only where the programs, too, lie where others may enter; below /root the server needs its right for them.
    if (spawnSync('setpriv', ['--reuid=65534', '--clear-groups', 'ls', import.meta.dirname]).status === 0) {
      expect(status).toMatch(/^CapEff:\s+0+$/m)
    }
  })
})
