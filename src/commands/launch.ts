import { mkdir } from 'node:fs/promises'
import type { Config } from '#platform/config.ts'
import { createLogger } from '#platform/log.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { readConfig } from '../config.ts'

export interface Launched {
  readonly config: Config
  /** Of the database, as soon as it takes connections. */
  readonly url: Promise<string>
  close(): Promise<void>
}

/**
 * Configuration, and a database that is on its way: the caller reads the rest of the program while it comes up, which
 * spares a start most of the time that reading takes.
 * `own`: for the program that serves; refused where one runs already. `join`: for commands beside it.
 */
export async function launchDatabase(mode: 'own' | 'join', purpose: string): Promise<Launched> {
  const config = readConfig()
  await mkdir(config.dataDir, { recursive: true })
  if (config.databaseUrl !== null)
    return { config, url: Promise.resolve(config.databaseUrl), close: () => Promise.resolve() }
  const launched = Promise.withResolvers<void>()
  const server = startEmbedded({
    dataDir: config.dataDir,
    log: createLogger('warn'),
    purpose,
    mode,
    onLaunch: launched.resolve,
  })
  const url = server.then((running) => running.url)
  // Told to whoever waits for it, who may still be reading files when it fails.
  url.catch(() => undefined)
  await Promise.race([launched.promise, server])
  return {
    config,
    url,
    close: () =>
      server.then(
        (running) => running.stop(),
        () => undefined,
      ),
  }
}
