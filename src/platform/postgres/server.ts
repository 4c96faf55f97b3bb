import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import { SERVER_ENVIRONMENT, type ServerAccount } from './account.ts'
import { choosePort, type Place } from './cluster.ts'
import { endLeftovers } from './leftovers.ts'
import { EmbeddedProblem } from './problem.ts'

export interface ServerPlan {
  readonly place: Place
  readonly account: ServerAccount
  /** The program `postgres`. */
  readonly program: string
  readonly settings: Readonly<Record<string, string>>
  readonly log: Pick<Logger, 'warn'>
  readonly onLaunch?: (() => void) | undefined
}

export interface Server {
  /** Stays the same for as long as the server is run, also over a restart. */
  readonly port: number
  /** Returns when the server has ended. */
  stop(): Promise<void>
}

/**
 * Runs the server until `stop()`. Where it ends by itself (the kernel kills the largest process when memory runs out), it
 * is started again on the same port, recovers, and the application's pools connect anew.
 */
export async function runServer(plan: ServerPlan): Promise<Server> {
  let { child, port } = await launch(plan, null)
  let stopping = false
  let restarting: Promise<void> | null = null

  const watch = () => {
    child.once('exit', () => {
      if (!stopping) restarting = restart().catch((error: Error) => plan.log.warn({ err: error }, 'no database'))
    })
  }
  const restart = async () => {
    plan.log.warn({}, 'the database server ended by itself: starting it again')
    await endLeftovers(plan.place.data, plan.log)
    child = (await launch(plan, port)).child
    watch()
  }
  const atExit = () => child.kill('SIGINT')

  watch()
  process.once('exit', atExit)
  return {
    port,
    stop: async () => {
      stopping = true
      await restarting
      process.off('exit', atExit)
      await end(child)
    },
  }
}

async function launch(plan: ServerPlan, samePort: number | null): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = samePort ?? (await choosePort(plan.place))
    const child = spawnServer(plan, port)
    plan.onLaunch?.()
    if (await becomesReady(plan.place, child)) {
      // The handle alone keeps no program alive, and a program that ends without `stop` takes the server with it.
      child.unref()
      return { child, port }
    }
    // Somebody took the port in between, or processes of a killed server still hold its memory for a moment.
    if (attempt === 10)
      throw new EmbeddedProblem(`The database server does not start; its last words are in ${plan.place.log}.`)
    await sleep(300)
    await endLeftovers(plan.place.data, plan.log)
  }
}

function spawnServer({ place, account, program, settings }: ServerPlan, port: number): ChildProcess {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const { file, args, ...ids } = account.command(program, ['-D', place.data, ...flags])
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
  const patience = { SIGINT: 20_000, SIGQUIT: 5_000, SIGKILL: 5_000 }
  for (const [signal, milliseconds] of Object.entries(patience)) {
    child.kill(signal as NodeJS.Signals)
    const clock = new AbortController()
    const waited = sleep(milliseconds, 'late', { signal: clock.signal }).catch(() => 'late')
    const outcome = await Promise.race([ended, waited])
    clock.abort()
    if (outcome !== 'late') return
  }
}
