import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '#platform/log.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { freePort, startProgram, type Program } from './process.ts'

export interface DemoCity {
  readonly dataDir: string
  /** Seconds that the first start took, the demo city's seed included. */
  readonly firstStart: number
  /** Of the embedded server, while a program runs. */
  databaseUrl(): Promise<string>
  start(env?: Readonly<Record<string, string>>): Promise<Program>
}

let shared: Promise<DemoCity> | null = null

/** One demo city for all benches of a run, seeded by the program itself at its first start. */
export function demoCity(log: (line: string) => void): Promise<DemoCity> {
  shared ??= build(log)
  return shared
}

async function build(log: (line: string) => void): Promise<DemoCity> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rathaus-bench-'))
  process.once('exit', () => void (existsSync(dataDir) && rm(dataDir, { recursive: true, force: true })))
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<Program> => {
    const port = await freePort()
    return startProgram(
      ['src/main.ts', 'start'],
      {
        DATA_DIR: dataDir,
        PORT: String(port),
        BASE_URL: `http://localhost:${port}`,
        LOG_LEVEL: 'error',
        REQUESTS_PER_MINUTE: '10000000',
        ...env,
      },
      { port, path: '/readyz', timeoutSeconds: 300 },
    )
  }
  log('building the demo city …')
  const first = await start()
  const firstStart = first.seconds
  await first.stop()
  return { dataDir, firstStart, start, databaseUrl: () => databaseUrlOf(dataDir) }
}

/** Of the embedded server of a program that runs. */
export async function databaseUrlOf(dataDir: string): Promise<string> {
  const server = await startEmbedded({ dataDir, log: createLogger('error'), purpose: 'bin/bench', mode: 'join' })
  return server.url
}
