import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { ServerAccount } from './account.ts'
import { SERVER_ENVIRONMENT } from './account.ts'
import { EmbeddedProblem } from './problem.ts'

/** What lies in `DATA_DIR/postgres`. */
export interface Place {
  readonly directory: string
  /** The database itself, owned by the server's account. */
  readonly data: string
  /** Messages of the server. */
  readonly log: string
}

export const placeIn = (dataDir: string): Place => ({
  directory: join(dataDir, 'postgres'),
  data: join(dataDir, 'postgres', 'data'),
  log: join(dataDir, 'postgres', 'server.log'),
})

export interface Passwords {
  /** Superuser `postgres`: makes the role and the database below, and serves for repairs by hand. */
  readonly postgres: string
  /** Role `rathaus`, with which the application works: owns its database, no superuser. */
  readonly rathaus: string
}

/** Passwords for this installation, made at the first start and kept in a file that only its owner may read. */
export function passwords(place: Place): Passwords {
  const file = join(place.directory, 'passwords.json')
  if (!existsSync(file)) {
    const fresh: Passwords = { postgres: secret(), rathaus: secret() }
    // Written aside and renamed: a crash in between leaves no half a file.
    writeFileSync(`${file}.new`, JSON.stringify(fresh), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Passwords
}

const secret = () => randomBytes(24).toString('base64url')

/**
 * Makes an empty database cluster: UTF-8, text compared by code point with Unicode's rules for letters (`C.UTF-8`), the
 * same on every machine; German order where people see lists by `collate "de-x-icu"`. Made aside and renamed when
 * whole, so that a crash on the way leaves nothing that looks finished.
 */
export async function createCluster(place: Place, initdb: string, account: ServerAccount): Promise<void> {
  const making = `${place.data}.new`
  const passwordFile = join(place.directory, 'initdb-password')
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(passwordFile, passwords(place).postgres, { mode: 0o600 })
  if (account.ids) for (const path of [making, passwordFile]) chownSync(path, account.ids.uid, account.ids.gid)
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const access = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`]
    await run(account.command(initdb, [`--pgdata=${making}`, ...locale, ...access]))
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(making, place.data)
}

function run(command: ReturnType<ServerAccount['command']>): Promise<void> {
  const { file, args, ...ids } = command
  return new Promise((done, failed) => {
    const child = spawn(file, args, { ...ids, env: SERVER_ENVIRONMENT, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    child.once('error', failed)
    child.once('close', (code) =>
      code === 0
        ? done()
        : failed(new EmbeddedProblem(`The database could not be made: ${said.trim().split('\n').pop()}`)),
    )
  })
}

/** A port for the server: the one of last time where it is free, so that an open `psql` finds it again. */
export async function choosePort(place: Place): Promise<number> {
  const file = join(place.directory, 'port')
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const port = (await freePort(last)) ?? (await freePort(0))
  if (port === null) throw new EmbeddedProblem('This machine has no free port for the database.')
  if (port !== last) writeFileSync(file, String(port))
  return port
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise((found) => {
    const probe = createServer()
    probe.once('error', () => found(null))
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
}
