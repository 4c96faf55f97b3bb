import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { AggregatorRegistry, type Registry } from 'prom-client'
import type { Config } from '#platform/config.ts'
import type { Logger } from '#platform/log.ts'
import { environmentWith } from '../config.ts'
import { metricsLine } from './metrics-line.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
const AGAIN_AFTER_MS = 1_000

/** What a process says when it serves. */
export const SERVES = { serves: true }

/** More processes that answer requests on the same port, so that the city has more than one core. */
export interface Servers {
  /** Metrics of this process (`own`) and of all others, added up. */
  metrics(own: Registry): Promise<string>
  /** Starts them and waits until they serve; one that ends is started again. `own`: metrics of this process. */
  start(own: Registry): Promise<void>
  /** Lets them finish what is under way. */
  close(): Promise<void>
}

/** `settings`: what they have to know beside the environment. */
export function servers(config: Config, settings: Readonly<Record<string, string>>, log: Logger): Servers {
  const env = environmentWith({ ...settings, START_KEY: config.startKey, JOB_CONCURRENCY: '0' })
  const running = new Map<ChildProcess, () => Promise<unknown>>()
  let closing = false

  const measured = async (own: Registry): Promise<string> => {
    const others = await Promise.all([...running.values()].map((ask) => ask()))
    const all = [await own.getMetricsAsJSON(), ...others.filter((metrics) => Array.isArray(metrics))]
    return AggregatorRegistry.aggregate(all as object[]).metrics()
  }

  const launch = (own: Registry) =>
    new Promise<void>((resolve) => {
      if (closing) return resolve()
      const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
      const child = spawn(process.execPath, [...process.execArgv, MAIN, 'server'], { env, stdio: [...stdio] })
      running.set(
        child,
        metricsLine(child, () => measured(own)),
      )
      child.on('message', (word: Partial<typeof SERVES>) => {
        if (word.serves) resolve()
      })
      child.once('exit', (code, signal) => {
        running.delete(child)
        resolve()
        if (closing) return
        log.error({ code, signal }, 'a process that serves has ended; another one takes its place')
        setTimeout(() => void launch(own), AGAIN_AFTER_MS).unref()
      })
    })

  return {
    metrics: measured,
    start: async (own) => {
      if (config.servers === 1) return
      await refuseTakenPort(config)
      await Promise.all(Array.from({ length: config.servers - 1 }, () => launch(own)))
    },
    close: async () => {
      closing = true
      await Promise.all(
        [...running.keys()].map((child) => {
          const gone = once(child, 'exit')
          child.kill('SIGTERM')
          return gone
        }),
      )
    },
  }
}

/** A port that is shared would be shared with another installation, too, and nobody would be told. @throws EADDRINUSE */
async function refuseTakenPort({ port, host }: Config): Promise<void> {
  const probe = createServer().listen({ port, host })
  await once(probe, 'listening')
  await new Promise((resolve) => probe.close(resolve))
}
