import { randomInt, randomUUID } from 'node:crypto'
import { Logger as WorkerLogger, parseCronItems, run, runMigrations, type Runner, type TaskList } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { App } from '../app.ts'
import { jobContext } from '../job-context.ts'
import { createPool } from '../db/connection.ts'
import type { Envelope } from './enqueue.ts'
import type { Job } from './jobs.ts'
import { releaseJobsOfDeadWorkers } from './dead-workers.ts'

export interface Worker {
  stop(): Promise<void>
}

/** How often jobs of workers that died are taken back, in milliseconds. */
const LOOK_FOR_THE_DEAD_MS = 30_000

/** Creates or updates the tables of the queue; under the migration lock. */
export const prepareQueue = (url: string): Promise<void> => runMigrations({ connectionString: url })

/** Works through the queue of all tenants in this process. */
export async function startWorker(app: App, url: string, jobs: readonly Job[], concurrency: number): Promise<Worker> {
  const pool = createPool({ url, schema: null, size: concurrency + 3, name: 'rathaus jobs' })
  // graphile-worker reads `bigint` and times itself; it gets the driver's own types.
  const processKey = randomInt(1, 2 ** 47)
  const keeper = await pool.connect()
  await keeper.query('select pg_advisory_lock($1)', [processKey])
  await releaseJobsOfDeadWorkers(pool)

  const events = new EventEmitter()
  events.on('worker:create', ({ worker }: { worker: { workerId: string } }) => {
    pool
      .query('insert into rathaus.worker (worker_id, process_key) values ($1, $2) on conflict do nothing', [
        worker.workerId,
        processKey,
      ])
      .catch((error: unknown) => app.log.error({ err: error }, 'worker not registered'))
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
      if (level === 'error' || level === 'warning') app.log.warn({ worker: message.slice(0, 200) }, 'jobs')
    }),
  })
  const timer = setInterval(() => {
    releaseJobsOfDeadWorkers(pool).catch((error: unknown) => app.log.error({ err: error }, 'dead workers'))
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

function taskList(app: App, jobs: readonly Job[]): TaskList {
  const tasks: TaskList = {}
  for (const job of jobs)
    tasks[job.name] = async (input, helpers) => {
      const envelope = input as Partial<Envelope>
      const tenant = envelope.tenant === undefined ? null : app.tenants.byId(envelope.tenant)
      const meta = { attempt: helpers.job.attempts, maxAttempts: helpers.job.max_attempts }
      if (envelope.tenant !== undefined) {
        if (!tenant) {
          await app.tenants.refresh()
          if (!app.tenants.byId(envelope.tenant)) throw new Error('the tenant of this job is not on this installation')
        }
        const ctx = jobContext(app, app.tenants.byId(envelope.tenant)!, envelope.requestId ?? randomUUID())
        await job.run(ctx, envelope.payload as never, meta)
        return
      }
      // Came from the schedule: once for every tenant.
      await fanOut(helpers.withPgClient, app, job.name)
    }
  return tasks
}

/** A scheduled job becomes one job per tenant, so that a failure in one city delays none of the others. */
async function fanOut(
  withClient: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>,
  app: App,
  name: string,
): Promise<void> {
  await withClient(async (client) => {
    for (const tenant of app.tenants.all()) {
      const envelope: Envelope = { tenant: tenant.id, requestId: randomUUID(), payload: {} }
      await client.query(
        `select graphile_worker.add_job($1::text, $2::json, max_attempts := 5, job_key := $3::text, job_key_mode := 'preserve_run_at')`,
        [name, JSON.stringify(envelope), `${tenant.id}:${name}:scheduled`],
      )
    }
  })
}
