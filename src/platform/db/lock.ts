import type pg from 'pg'

/** Locks that processes of one installation hold against each other: any numbers, the same in every process. */
export const LOCKS = { migration: 7_283_118, firstCity: 7_283_119 } as const

/** Runs `work` while no other process holds the lock, however long that takes; waits for one that does. */
export async function withLock<T>(
  pool: pg.Pool,
  lock: keyof typeof LOCKS,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [LOCKS[lock]])
    return await work(client)
  } finally {
    await client
      .query(`select pg_advisory_unlock(${LOCKS[lock]}); reset statement_timeout`)
      .catch((error: unknown) => (broken = error as Error))
    client.release(broken)
  }
}
