import { DatabaseSync } from 'node:sqlite'

/**
 * A lock that the kernel holds for this process and frees when it ends, even by `kill -9`: it cannot be left behind, and
 * of two that ask at the same moment one gets it. Node has no `flock`; SQLite's exclusive transaction is the same call
 * (`fcntl`) and ships with Node. Tried before: a file with pid and start time, which needs a takeover that is itself a race.
 */
export interface Lock {
  release(): void
}

/** The lock, or null where another process holds it. */
export function tryLock(file: string): Lock | null {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null
    throw error
  }
}

const SQLITE_BUSY = 5
