import type { CommandLine } from './command.ts'
import { launchDatabase } from './launch.ts'

export const startCommand: CommandLine = {
  name: 'start',
  help: 'Serve the city: database, web pages, jobs',
  usage:
    'bin/start   (PORT, DATA_DIR, DATABASE_URL, BASE_URL, DEMO and more from the environment, see docs/operations.md)',
  run: async () => {
    const started = performance.now()
    console.log('Rathaus: preparing the database …')
    const launched = await launchDatabase('own', 'bin/start')
    // Read only now: the database comes up meanwhile.
    const { serveCity } = await import('./serve-city.ts')
    await serveCity(launched, started)
  },
}
