import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

export interface Program {
  readonly child: ChildProcess
  readonly url: string
  readonly output: () => string
  /** Seconds from its start to its first ready answer. */
  readonly seconds: number
  /** Peak of its memory so far, and now, in MB, of all processes that serve. */
  memory(): { peak: number; now: number }
  stop(): Promise<void>
}

/** Starts a script of the project in a process of its own and waits until `path` answers. */
export async function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: { port: number; path: string; timeoutSeconds?: number },
): Promise<Program> {
  const started = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => void child.kill('SIGTERM')
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  child.stderr.on('data', (part: Buffer) => (output += part.toString()))
  const url = `http://localhost:${options.port}`
  const until = started + (options.timeoutSeconds ?? 120) * 1000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${output}`)
    const ready = await fetch(url + options.path).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ready) break
    if (performance.now() > until) throw new Error(`not ready in time:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const seconds = (performance.now() - started) / 1000
  return {
    child,
    url,
    seconds,
    output: () => output,
    memory: () => {
      const each = [child.pid!, ...fellowsOf(child.pid!)].map(memoryOf)
      const sum = (of: 'peak' | 'now') => each.reduce((total, one) => total + one[of], 0)
      return { peak: sum('peak'), now: sum('now') }
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Linux: the processes that it started and that run the program as it does; not the database. */
function fellowsOf(pid: number): number[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => new RegExp(`^PPid:\\s+${pid}$`, 'm').test(read(`/proc/${name}/status`)))
    .filter((name) => read(`/proc/${name}/cmdline`).includes('main.ts'))
    .map(Number)
}

/** Linux: resident set size, from /proc. */
export function memoryOf(pid: number): { peak: number; now: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { peak: read('VmHWM'), now: read('VmRSS') }
}
