import { randomUUID } from 'node:crypto'
import type { TaskList } from 'graphile-worker'
import type pg from 'pg'
import type { App } from '../app.ts'
import { jobContext } from '../job-context.ts'
import type { Envelope } from './enqueue.ts'
import type { Job } from './jobs.ts'

/** The jobs as graphile-worker wants them: each finds its tenant's context first. */
export function taskList(app: App, jobs: readonly Job[]): TaskList {
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
  await app.tenants.refresh()
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
