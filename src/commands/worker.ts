import { allJobs } from '../app.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import type { CommandLine } from './command.ts'
import { withApp } from './installation.ts'
import { untilStopped } from './until-stopped.ts'

export const workerCommand: CommandLine = {
  name: 'worker',
  help: 'Work on jobs in a process of its own, beside the one that serves',
  usage: 'bin/rathaus worker   (any number; the serving process then runs with JOB_CONCURRENCY=0)',
  run: () =>
    withApp('bin/rathaus worker', async (app, { url }) => {
      const worker = await startWorker(app, url, allJobs(app.modules), Math.max(1, app.config.jobConcurrency))
      console.log('Working on jobs. Ctrl-C finishes those under way and stops.')
      await untilStopped()
      await worker.stop()
    }),
}
