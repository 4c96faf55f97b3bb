import { randomInt } from 'node:crypto'
import { Logger as WorkerLogger, parseCronItems, run, runMigrations, type Runner } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { App } from '../app.ts'
import { createPool } from '../db/connection.ts'
import { errorForLog } from '../log.ts'
import type { Job } from './jobs.ts'
import { releaseJobsOfDeadWorkers } from './dead-workers.ts'
import { taskList } from './tasks.ts'

export interface Worker {
  stop(): Promise<void>
}

/** How often jobs of workers that died are taken back, in milliseconds. */
const LOOK_FOR_THE_DEAD_MS = 30_000

/** Creates or updates the tables of the queue; under the migration lock. */
export const prepareQueue = (pool: pg.Pool): Promise<void> => runMigrations({ pgPool: pool })

/** Works through the queue of all tenants in this process. */
export async function startWorker(app: App, url: string, jobs: readonly Job[], concurrency: number): Promise<Worker> {
  const pool = createPool({ url, schema: null, size: concurrency + 3, name: 'rathaus jobs' })
  const processKey = randomInt(1, 2 ** 47)
  const keeper = await pool.connect()
  await keeper.query('select pg_advisory_lock($1)', [processKey])
  await releaseJobsOfDeadWorkers(pool)

  const events = new EventEmitter()
  // Jobs are locked under the id of the pool of workers, not of the single worker.
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
    pool
      .query('insert into rathaus.worker (worker_id, process_key) values ($1, $2) on conflict do nothing', [
        workerPool.id,
        processKey,
      ])
      .catch((error: unknown) => app.log.error({ error: errorForLog(error) }, 'worker not registered'))
  })
  events.on('job:error', ({ job, error }: { job: { task_identifier: string; attempts: number }; error: unknown }) => {
    app.log.warn({ job: job.task_identifier, attempt: job.attempts, error: errorForLog(error) }, 'job failed')
  })

  const runner: Runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    taskList: taskList(app, jobs),
    parsedCronItems: parseCronItems(
      jobs
        .filter((job) => job.schedule !== undefined)
        .map((job) => ({ task: job.name, match: job.schedule!, identifier: job.name, options: { backfillPeriod: 0 } })),
    ),
    events: events as never,
    logger: new WorkerLogger(() => (level, message) => {
      // Messages about a job quote its error: those are logged by the event below, without personal data.
      if ((level === 'error' || level === 'warning') && !/task|job/i.test(message)) app.log.warn(message)
    }),
  })
  const timer = setInterval(() => {
    releaseJobsOfDeadWorkers(pool).catch((error: unknown) =>
      app.log.error({ error: errorForLog(error) }, 'dead workers'),
    )
  }, LOOK_FOR_THE_DEAD_MS)

  return {
    stop: async () => {
      clearInterval(timer)
      await runner.stop()
      await keeper.query('delete from rathaus.worker where process_key = $1', [processKey]).catch(() => undefined)
      keeper.release(true)
      await pool.end()
    },
  }
}
