import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from '../log.ts'
import { serverAccount } from './account.ts'
import { EmbeddedProblem } from './problem.ts'
import { findBinaries } from './binaries.ts'
import { createCluster, passwords, placeIn, type Place } from './cluster.ts'
import { endLeftovers } from './leftovers.ts'
import { tryLock, type Lock } from './lock.ts'
import { runServer, type Server } from './server.ts'
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
  /** Called when the server's process is there and not ready yet: the time until then is the caller's. */
  readonly onLaunch?: () => void
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
    const settings = { ...SETTINGS, ...options.settings }
    server = await runServer({
      place,
      account,
      program: binaries.postgres,
      settings,
      log: options.log,
      onLaunch: options.onLaunch,
    })
    url = await prepareDatabase(place, server.port)
    writeOwner(place, { pid: process.pid, purpose: options.purpose ?? 'a program', url })
    let stopped: Promise<void> | null = null
    return { url, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await stop()
    throw error
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
