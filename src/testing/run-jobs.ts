import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, runOnce, type WorkerEvents } from 'graphile-worker'
import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import { createPool } from '#platform/db/connection.ts'
import { taskList } from '#platform/jobs/tasks.ts'
import type { Clock } from '#platform/time/clock.ts'
import { allJobs } from '../app.ts'

/**
 * Works through the queue by the city's clock: jobs that lie in the database's future but not in the city's are due. What
 * fails is tried again by the next call, and never by this one, however long it takes.
 */
export async function runDueJobs(app: App, url: string, clock: Clock, ignoreFailures: boolean): Promise<void> {
  const pool = createPool({ url, schema: null, size: 3, name: 'rathaus test jobs' })
  const later: Promise<unknown>[] = []
  const events = new EventEmitter() as WorkerEvents
  events.on('job:error', ({ job }) => {
    later.push(
      pool.query(`update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where id = $1`, [job.id]),
    )
  })
  try {
    await pool.query('update graphile_worker._private_jobs set run_at = now() where run_at > now() and run_at <= $1', [
      clock.now().toString(),
    ])
    await runOnce({
      pgPool: pool,
      concurrency: 1,
      taskList: taskList(app, allJobs(app.modules)),
      logger: new Logger(() => () => undefined),
      noHandleSignals: true,
      events,
    })
    await Promise.all(later)
    // The worker does not wait until it is noted that a job has failed.
    const locked = 'select from graphile_worker._private_jobs where locked_at is not null limit 1'
    for (let i = 0; i < 200 && (await pool.query(locked)).rowCount; i += 1) await wait(10)
    if (ignoreFailures) return
    const { rows } = await pool.query<{ identifier: string; last_error: string }>(
      `select t.identifier, j.last_error from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where j.last_error is not null limit 1`,
    )
    if (rows[0]) throw new Error(`job ${rows[0].identifier} failed: ${rows[0].last_error}`)
  } finally {
    await pool.end()
  }
}

export async function runOneJob(app: App, ctx: Ctx, name: string): Promise<void> {
  const job = allJobs(app.modules).find((candidate) => candidate.name === name)
  if (!job) throw new Error(`there is no job ${name}`)
  await job.run(ctx, {} as never, { attempt: 1, maxAttempts: 1 })
}
