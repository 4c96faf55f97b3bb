import { createApp } from '../app.ts'
import { serve } from '../serve.ts'
import { loadAssets } from '#platform/html/assets/load.ts'
import type { CommandLine } from './command.ts'
import { openInstallation } from './installation.ts'
import { launchDatabase } from './launch.ts'
import { metricsLine } from './metrics-line.ts'
import { SERVES } from './servers.ts'
import { tidyUpLater } from './tidy-up.ts'
import { untilStopped } from './until-stopped.ts'

export const serverCommand: CommandLine = {
  name: 'server',
  help: 'Answer requests in a process of its own, beside bin/start',
  usage: 'bin/rathaus server   (on a PORT of its own behind a proxy; on the same one bin/start does it by SERVERS)',
  run: async () => {
    const assets = loadAssets()
    const installation = await openInstallation(await launchDatabase('join', 'bin/rathaus server'))
    const config = { ...installation.config, jobConcurrency: 0 }
    // Where bin/start is at the other end, whoever asks for metrics gets those of all.
    const ask = process.connected ? metricsLine(process, () => app.metrics.getMetricsAsJSON()) : null
    const app = await createApp({
      config,
      databaseUrl: installation.url,
      modules: installation.modules,
      assets,
      ...(ask && { allMetrics: async (own) => textIn(await ask()) ?? own.metrics() }),
    })
    const running = await serve(app, installation.url)
    if (process.connected) process.send?.(SERVES)
    else console.log(`Serving on port ${running.port}. Ctrl-C finishes what is under way and stops.`)
    const keepTidyUp = tidyUpLater(app)
    await untilStopped()
    clearTimeout(keepTidyUp)
    await running.close()
    await installation.close()
  },
}

const textIn = (answer: unknown): string | null => (typeof answer === 'string' ? answer : null)
