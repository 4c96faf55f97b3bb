import { spawn, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from '../log.ts'
import { SERVER_ENVIRONMENT, serverAccount, type ServerAccount } from './account.ts'
import { EmbeddedProblem } from './problem.ts'
import { findBinaries } from './binaries.ts'
import { choosePort, createCluster, passwords, placeIn, type Place } from './cluster.ts'
import { endLeftovers } from './leftovers.ts'
import { tryLock, type Lock } from './lock.ts'
import { SETTINGS } from './settings.ts'

export interface EmbeddedOptions {
  /** Absolute path of DATA_DIR; the server lives in its folder `postgres`. */
  readonly dataDir: string
  readonly log: Pick<Logger, 'info' | 'warn'>
  /** What this process is, for the message to a second one: `bin/start on http://localhost:8080`. */
  readonly purpose?: string
  /**
   * `own` (default): there may be no other; throws `AlreadyRunning`. `join`: works on the server of the process that
   * has it, and starts its own where there is none (commands beside a running city).
   */
  readonly mode?: 'own' | 'join'
  /** Settings other than `SETTINGS`; tests switch durability off. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedServer {
  /** Of role `rathaus`, who owns database `rathaus`, may create databases, and is no superuser. */
  readonly url: string
  /** Waits until the server has ended and its data directory is free; called again, it does nothing. */
  stop(): Promise<void>
}

/** Another process has this DATA_DIR. */
export class AlreadyRunning extends EmbeddedProblem {
  override readonly name: string = 'AlreadyRunning'
}

/**
 * Starts the embedded PostgreSQL 18 on `DATA_DIR/postgres`, making it at the first time, and repairing what a crash
 * left. It listens on 127.0.0.1 alone and ends with this process, however that ends.
 * Throws `EmbeddedProblem`, a sentence for the person at the terminal.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  makeDirectory(options.dataDir)
  const place = placeIn(realpathSync(options.dataDir))
  makeDirectory(place.directory)
  const until = performance.now() + 60_000
  for (;;) {
    const lock = tryLock(join(place.directory, 'lock'))
    if (lock) return startOwn(place, lock, options)
    const owner = readOwner(place)
    if (options.mode !== 'join') throw new AlreadyRunning(describe(options.dataDir, owner))
    if (owner?.url && (await answers(owner.url))) return { url: owner.url, stop: async () => {} }
    if (performance.now() > until)
      throw new EmbeddedProblem(`The database of process ${owner?.pid ?? '?'} on ${options.dataDir} does not answer.`)
    await sleep(50)
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: path.endsWith('postgres') ? 0o711 : 0o755 })
  } catch (error) {
    throw new EmbeddedProblem(`DATA_DIR cannot be written: ${(error as Error).message}. Choose another one.`)
  }
}

async function startOwn(place: Place, lock: Lock, options: EmbeddedOptions): Promise<EmbeddedServer> {
  let server: Server | null = null
  let url: string | null = null
  const stop = async () => {
    if (options.mode === 'join' && url) await guestsGone(url, options.log)
    await server?.stop()
    rmSync(ownerFile(place), { force: true })
    lock.release()
  }
  try {
    writeOwner(place, { pid: process.pid, purpose: options.purpose ?? 'a program', url: null })
    const binaries = await findBinaries()
    const account = serverAccount(place.data, [binaries.postgres, place.directory])
    const fresh = !existsSync(place.data)
    if (fresh) await createCluster(place, binaries.initdb, account)
    else await endLeftovers(place.data, options.log)
    server = await launch(place, account, binaries.postgres, options)
    url = await prepareDatabase(place, server.port)
    writeOwner(place, { pid: process.pid, purpose: options.purpose ?? 'a program', url })
    let stopped: Promise<void> | null = null
    return { url, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Server {
  readonly port: number
  stop(): Promise<void>
}

async function launch(
  place: Place,
  account: ServerAccount,
  postgres: string,
  options: EmbeddedOptions,
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(place)
    const child = spawnServer(place, account, postgres, { ...SETTINGS, ...options.settings, port: String(port) })
    if (await becomesReady(place, child)) {
      // The handle alone keeps no program alive, and a program that ends without `stop` takes the server with it.
      child.unref()
      const atExit = () => child.kill('SIGINT')
      process.once('exit', atExit)
      return {
        port,
        stop: async () => {
          process.off('exit', atExit)
          await end(child)
        },
      }
    }
    // Somebody took the port in between, or processes of a killed server still hold its memory for a moment.
    if (attempt === 10)
      throw new EmbeddedProblem(`The database server does not start; its last words are in ${place.log}.`)
    await sleep(300)
    await endLeftovers(place.data, options.log)
  }
}

function spawnServer(
  place: Place,
  account: ServerAccount,
  postgres: string,
  settings: Record<string, string>,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, ...ids } = account.command(postgres, ['-D', place.data, ...flags])
  const log = openSync(place.log, 'w', 0o600)
  try {
    // In a session of its own: Ctrl-C reaches the application alone, which ends its requests before the database.
    const stdio = ['ignore', log, log] as const
    return spawn(file, args, { ...ids, env: SERVER_ENVIRONMENT, cwd: '/', detached: true, stdio: [...stdio] })
  } finally {
    closeSync(log)
  }
}

/** Waits for the word `ready` in the eighth line of `postmaster.pid`, as `pg_ctl` does; false where the server ended. */
async function becomesReady(place: Place, child: ChildProcess): Promise<boolean> {
  const file = join(place.data, 'postmaster.pid')
  const ended = new Promise<'ended'>((done) => {
    child.once('error', () => done('ended'))
    child.once('exit', () => done('ended'))
  })
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    // The file may still be that of a server that was killed: only our own child's word counts.
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
    if ((await Promise.race([ended, sleep(15, 'waiting')])) === 'ended') return false
  }
}

/** Fast shutdown (connections are cut, data is written); where that takes too long, an immediate one, which recovers. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.ref()
  for (const [signal, milliseconds] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    child.kill(signal)
    const patience = new AbortController()
    const waited = sleep(milliseconds, 'late', { signal: patience.signal }).catch(() => 'late')
    const outcome = await Promise.race([ended, waited])
    patience.abort()
    if (outcome !== 'late') return
  }
}

/** Makes role and database where they are missing; returns the URL of the application's role. */
async function prepareDatabase(place: Place, port: number): Promise<string> {
  const { postgres, rathaus } = passwords(place)
  const url = `postgres://rathaus:${rathaus}@127.0.0.1:${port}/rathaus`
  const done = join(place.directory, 'prepared')
  if (existsSync(done)) return url
  const client = new Client(`postgres://postgres:${postgres}@127.0.0.1:${port}/postgres`)
  await client.connect()
  try {
    const role = await client.query("select from pg_roles where rolname = 'rathaus'")
    if (role.rowCount === 0) await client.query(`create role rathaus login createdb password '${rathaus}'`)
    const database = await client.query("select from pg_database where datname = 'rathaus'")
    if (database.rowCount === 0) await client.query('create database rathaus owner rathaus')
  } finally {
    await client.end()
  }
  writeFileSync(done, '')
  return url
}

/** Another command may have joined the server of this one: it may finish its work (for a minute at most). */
async function guestsGone(url: string, log: EmbeddedOptions['log']): Promise<void> {
  const client = new Client(url)
  const until = performance.now() + 60_000
  await client.connect()
  try {
    const guests = `select count(*)::int as guests from pg_stat_activity
      where backend_type = 'client backend' and usename = current_user and pid <> pg_backend_pid()`
    for (let said = false; performance.now() < until; said = true) {
      const { rows } = await client.query<{ guests: number }>(guests)
      if (rows[0]?.guests === 0) return
      if (!said) log.info('another command still uses the database: waiting for it')
      await sleep(200)
    }
  } finally {
    await client.end()
  }
}

interface Owner {
  readonly pid: number
  readonly purpose: string
  readonly url: string | null
}

const ownerFile = (place: Place) => join(place.directory, 'running.json')

/** For the eyes of other processes; who may run is decided by the lock alone. Holds the password, so 0600. */
function writeOwner(place: Place, owner: Owner): void {
  const file = ownerFile(place)
  writeFileSync(`${file}.new`, JSON.stringify(owner), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function readOwner(place: Place): Owner | null {
  try {
    return JSON.parse(readFileSync(ownerFile(place), 'utf8')) as Owner
  } catch {
    return null
  }
}

function describe(dataDir: string, owner: Owner | null): string {
  const who = owner ? `process ${owner.pid}, ${owner.purpose}` : 'it is just starting'
  const port = owner?.url ? `, database on port ${new URL(owner.url).port}` : ''
  return `Rathaus runs already on ${dataDir} (${who}${port}): end it first, or choose another DATA_DIR.`
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
