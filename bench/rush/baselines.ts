import type pg from 'pg'
import { freePort, startProgram, type Program } from '../support/process.ts'
import { crowd, request } from './crowd.ts'
import { bookLocked, CONNECTIONS, makeLockedRows } from './locked-rows.ts'
import { SEATS, STARTS, TIMES } from './released.ts'

/** Bookings a second until so many have tried, as many at once as there are connections. */
export async function lockedRows(pool: pg.Pool, count: number): Promise<number> {
  await makeLockedRows(pool, { starts: STARTS, seats: SEATS })
  const began = performance.now()
  let next = 0
  const work = async () => {
    for (let i = next++; i < count; i = next++) await bookLocked(pool, i % STARTS, i)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const seconds = (performance.now() - began) / 1000
  await dropLockedRows(pool)
  return TIMES / seconds
}

/** The same for clients that come at one moment, behind a bare Fastify in so many processes. */
export async function lockedRowsBehindHttp(
  pool: pg.Pool,
  databaseUrl: string,
  { servers, count }: { servers: number; count: number },
): Promise<number> {
  await makeLockedRows(pool, { starts: STARTS, seats: SEATS })
  const port = await freePort()
  const args = ['bench/rush/locked-rows-server.ts', String(port), databaseUrl, String(CONNECTIONS / servers)]
  const programs: Program[] = []
  try {
    for (let i = 0; i < servers; i += 1) programs.push(await startProgram(args, {}, { port, path: '/' }))
    const clients = await crowd(port, count)
    const texts = clients.map((client, i) => request(client, '/bookings', { start: i % STARTS, person: i }))
    const began = performance.now()
    await Promise.all(clients.map((client, i) => client.send(texts[i]!)))
    const seconds = (performance.now() - began) / 1000
    for (const client of clients) client.close()
    await dropLockedRows(pool)
    return TIMES / seconds
  } finally {
    await Promise.all(programs.map((program) => program.stop()))
  }
}

/** A baseline that books something else would compare nothing. */
async function dropLockedRows(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from bench_booking')
  if (rows[0]!.n !== TIMES) throw new Error(`the baseline booked ${rows[0]!.n} of ${TIMES} times`)
  await pool.query('drop table bench_slot, bench_booking')
}
