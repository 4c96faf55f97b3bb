import type pg from 'pg'

/**
 * A worker that was killed leaves its jobs locked; graphile-worker would give them back after four hours.
 * Each process holds an advisory lock as long as it lives: whose lock can be had is dead, and its jobs are free.
 */
export async function releaseJobsOfDeadWorkers(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ process_key: string }>('select distinct process_key from rathaus.worker')
    for (const { process_key: key } of rows) {
      const { rows: got } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [key])
      if (got[0]?.free !== true) continue
      await client.query(
        `select graphile_worker.force_unlock_workers(array_agg(worker_id)) from rathaus.worker where process_key = $1`,
        [key],
      )
      await client.query('delete from rathaus.worker where process_key = $1', [key])
      await client.query('select pg_advisory_unlock($1)', [key])
    }
    // One that died before it was registered.
    await client.query(`select graphile_worker.force_unlock_workers(array_agg(distinct j.locked_by))
      from graphile_worker._private_jobs j
      where j.locked_at < now() - interval '1 minute'
        and not exists (select from rathaus.worker w where w.worker_id = j.locked_by)
      having count(*) > 0`)
  } finally {
    client.release()
  }
}
