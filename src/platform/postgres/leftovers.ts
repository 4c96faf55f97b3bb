import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import { EmbeddedProblem } from './problem.ts'

/**
 * Ends what an earlier server on this data directory left running. PostgreSQL alone would refuse to start then
 * ("lock file already exists", "pre-existing shared memory block is still in use").
 * The caller holds the lock of the data directory, so whatever runs there belongs to nobody.
 */
export async function endLeftovers(dataDirectory: string, log: Pick<Logger, 'warn'>): Promise<void> {
  const directory = realpathSync(dataDirectory)
  const postmaster = readPostmasterPid(directory)
  let running = serversIn(directory, postmaster)
  if (running.length > 0) {
    log.warn({ pids: running }, 'an earlier database server still runs on this data directory: ending it')
    // With its postmaster alive the server is asked for a clean end; processes that lost theirs are beyond asking.
    const clean = postmaster !== null && running.includes(postmaster)
    if (clean) signal([postmaster], 'SIGINT')
    running = await waitForNone(directory, postmaster, clean ? 20_000 : 500)
    if (running.length > 0) {
      signal(running, 'SIGKILL')
      running = await waitForNone(directory, postmaster, 5_000)
    }
    if (running.length > 0)
      throw new EmbeddedProblem(`A database server on ${directory} does not end: process ${running.join(', ')}.`)
  }
  disownPostmasterFile(directory)
}

/** The process id in the first line of `postmaster.pid`. */
function readPostmasterPid(directory: string): number | null {
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return null
  return Number.parseInt(readFileSync(file, 'utf8'), 10) || null
}

/**
 * After a crash or a restart of the machine the number in `postmaster.pid` may belong to some other program, and
 * PostgreSQL would take that for a server. The file must not go, since its shared memory key guards against processes
 * that survived their postmaster; so it gets our own number, which the server knows for its parent's and ignores.
 */
function disownPostmasterFile(directory: string): void {
  const pid = readPostmasterPid(directory)
  if (pid === null || !alive(pid)) return
  const file = join(directory, 'postmaster.pid')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^.*/, String(process.pid)))
}

/** Every PostgreSQL process stands in its data directory: that tells it from any other that got the same number. */
function serversIn(directory: string, postmaster: number | null): number[] {
  if (!existsSync('/proc/self/cwd'))
    return postmaster !== null && commandNames(postmaster, directory) ? [postmaster] : []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isServerIn(directory, pid, postmaster))
}

function isServerIn(directory: string, pid: number, postmaster: number | null): boolean {
  try {
    // Empty for a process that has ended and waits to be buried.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (!command.includes('postgres')) return false
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === directory
    } catch {
      // Containers may deny root a look at where another account's process stands: then by its command line.
      return pid === postmaster && command.includes(directory)
    }
  } catch {
    return false
  }
}

function commandNames(pid: number, directory: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.includes('postgres') && stdout.includes(directory)
}

async function waitForNone(directory: string, postmaster: number | null, milliseconds: number): Promise<number[]> {
  const until = performance.now() + milliseconds
  let running = serversIn(directory, postmaster)
  while (running.length > 0 && performance.now() < until) {
    await sleep(20)
    running = serversIn(directory, postmaster)
  }
  return running
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended in between.
    }
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
