import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, one } from '../db/db.ts'
import { transaction } from '../db/transaction.ts'
import { eventType, on } from '../events/events.ts'
import { publish } from '../events/publish.ts'
import { defineModule } from '../module.ts'
import { releaseJobsOfDeadWorkers } from './dead-workers.ts'
import { enqueue } from './enqueue.ts'
import { job, jobType } from './jobs.ts'
import { startWorker } from './worker.ts'

const done: string[] = []
const note = jobType<{ text: string }>('probe.note')
const broken = jobType<{ text: string }>('probe.broken')
const held = jobType('probe.held')
const release = Promise.withResolvers<void>()
const happened = eventType<{ what: string }>('probe.happened')

const probe = defineModule({
  name: 'probe',
  jobs: [
    job(note, async (ctx, { text }) => void done.push(`${ctx.tenant.id}: ${text}`)),
    job(held, () => release.promise),
    job(broken, () => Promise.reject(new Error('the other side is down'))),
  ],
  subscriptions: [on(happened, async (_ctx, { what }, { id }) => void done.push(`heard ${what} ${id.length}`))],
})

const city = await testCity({ extraModules: [probe] })
const ctx = await city.ctx()

describe('jobs', () => {
  it('are done after the transaction that is their cause', async () => {
    await transaction(ctx, (ctx) => enqueue(ctx, note, { text: 'committed' }))
    await city.runJobs()
    expect(done).toContain('musterstadt: committed')
  })

  it('are never done for a transaction that was rolled back', async () => {
    await expect(
      transaction(ctx, async (ctx) => {
        await enqueue(ctx, note, { text: 'rolled back' })
        await publish(ctx, happened, { what: 'nothing' })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await city.runJobs()
    expect(done.join()).not.toContain('rolled back')
    expect(done.join()).not.toContain('nothing')
  })

  it('wait for their time by the clock of the city', async () => {
    await enqueue(ctx, note, { text: 'later' }, { runAt: city.clock.now().add({ minutes: 5 }) })
    await city.runJobs()
    expect(done.join()).not.toContain('later')
    city.clock.advance({ minutes: 6 })
    await city.runJobs()
    expect(done.join()).toContain('later')
  })

  it('with the same key are one job', async () => {
    await enqueue(ctx, note, { text: 'first words' }, { key: 'k' })
    await enqueue(ctx, note, { text: 'last words' }, { key: 'k' })
    await city.runJobs()
    expect(done.filter((line) => line.includes('words'))).toEqual(['musterstadt: last words'])
  })

  it('that fail are tried again later, with the reason kept', async () => {
    await enqueue(ctx, broken, { text: '' }, { key: 'b' })
    await city.runJobs({ ignoreFailures: true })
    const row = await one(
      ctx.db,
      sql<{
        attempts: number
        error: string
      }>`select attempts, last_error as error from graphile_worker._private_jobs where key like '%probe.broken:b'`,
    )
    expect(row.attempts).toBe(1)
    expect(row.error).toContain('the other side is down')
    await sql`delete from graphile_worker._private_jobs`.execute(ctx.db)
  })

  it('of a worker that was killed are free again', async () => {
    await enqueue(ctx, note, { text: 'orphan' }, { key: 'o' })
    const pool = new pg.Pool({ connectionString: city.databaseUrl, max: 2 })
    await pool.query("insert into rathaus.worker (worker_id, process_key) values ('worker-dead', 4711)")
    await pool.query("update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now()")
    await city.runJobs()
    expect(done.join()).not.toContain('orphan')
    await releaseJobsOfDeadWorkers(pool)
    await pool.end()
    await city.runJobs()
    expect(done.join()).toContain('orphan')
  })
})

describe('a worker', () => {
  it('is known to the installation under the name by which it locks jobs', async () => {
    const worker = await startWorker(city.app, city.databaseUrl, probe.jobs!, 1)
    await enqueue(ctx, held, {})
    // The job is held until it was looked at; the worker may enter its name a moment after it took the job.
    await vi.waitFor(async () => {
      const locked = await many(
        ctx.db,
        sql<{ known: boolean }>`select exists (select from rathaus.worker w where w.worker_id = j.locked_by) as known
          from graphile_worker._private_jobs j where j.locked_by is not null`,
      )
      expect(locked).toEqual([{ known: true }])
    }, 10_000)
    release.resolve()
    await worker.stop()
  })
})

describe('events', () => {
  it('reach every module that listens, once', async () => {
    await transaction(ctx, (ctx) => publish(ctx, happened, { what: 'something' }))
    await city.runJobs()
    expect(done.filter((line) => line.startsWith('heard something'))).toEqual(['heard something 36'])
  })
})
