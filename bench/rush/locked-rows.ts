import type pg from 'pg'

/** Connections to the database, of all processes together. */
export const CONNECTIONS = 10

/** The pattern that the rush is compared with: "select for update over slot rows, re-check, insert". */
export async function makeLockedRows(
  pool: pg.Pool,
  { starts, seats }: { starts: number; seats: number },
): Promise<void> {
  await pool.query('drop table if exists bench_slot, bench_booking')
  await pool.query('create table bench_slot (start int, seat int, primary key (start, seat))')
  await pool.query(
    'create table bench_booking (id uuid primary key, start int not null, name text, email text, made_at timestamptz)',
  )
  await pool.query('insert into bench_slot select s, n from generate_series(0, $1) s, generate_series(1, $2) n', [
    starts - 1,
    seats,
  ])
}

/** Whether the person got one of the seats. */
export async function bookLocked(pool: pg.Pool, start: number, person: number): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const seats = await client.query('select from bench_slot where start = $1 for update', [start])
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from bench_booking where start = $1',
      [start],
    )
    const isFree = rows[0]!.n < seats.rowCount!
    if (isFree)
      await client.query(`insert into bench_booking values (gen_random_uuid(), $1, $2, $3, now())`, [
        start,
        `Person ${person}`,
        `person-${person}@example.org`,
      ])
    await client.query('commit')
    return isFree
  } finally {
    client.release()
  }
}
