import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import pg from 'pg'
import { withLock } from './lock.ts'
import { migrateSchema, MigrationError, type Migration } from './migrate.ts'

const migration = (name: string, sql: string): Migration => ({ name, sql, sha256: sql })
const database = `migrate_${process.pid}_${Date.now()}`
let pool: pg.Pool

beforeAll(async () => {
  const server = new pg.Client(inject('databaseUrl'))
  await server.connect()
  await server.query(`create database ${database}`)
  await server.end()
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${database}`
  pool = new pg.Pool({ connectionString: url.href, max: 4 })
})
afterAll(() => pool.end())

const run = (schema: string, migrations: Migration[]) =>
  withLock(pool, 'migration', (client) => migrateSchema(client, schema, migrations))

describe('migrations', () => {
  it('run once each', async () => {
    const list = [migration('a/0001_a.sql', 'create table a (id int)')]
    expect(await run('t_once', list)).toBe(1)
    expect(await run('t_once', list)).toBe(0)
  })

  it('name file and line of what the database refuses, and leave nothing of that file', async () => {
    const bad = migration('a/0002_bad.sql', 'create table b (id int);\n\ncreate table c (id gibtesnicht);')
    await expect(run('t_bad', [bad])).rejects.toThrow(MigrationError)
    await expect(run('t_bad', [bad])).rejects.toThrow(/a\/0002_bad\.sql:3: type "gibtesnicht" does not exist/)
    const { rows } = await pool.query(
      "select 1 from information_schema.tables where table_schema = 't_bad' and table_name = 'b'",
    )
    expect(rows).toEqual([])
  })

  it('name the line of the statement that fails while it runs', async () => {
    const bad = migration(
      'a/0003_twice.sql',
      `create table d (id int, word text);
insert into d values (1, 'a; b'), (1, $x$ c; $x$); -- not; here
/* nor;
   here */
create unique index d_id
  on d (id);
insert into d values (2, 'e');`,
    )
    await expect(run('t_twice', [bad])).rejects.toThrow(/a\/0003_twice\.sql:5: could not create unique index/)
  })

  it('are refused where a file changed after it ran', async () => {
    await run('t_changed', [migration('a/0001_a.sql', 'create table a (id int)')])
    await expect(run('t_changed', [migration('a/0001_a.sql', 'create table a (id bigint)')])).rejects.toThrow(
      /forward only/,
    )
  })

  it('wait for each other when two processes start at once', async () => {
    const list = [migration('a/0001_a.sql', 'create table a (id int); select pg_sleep(0.3)')]
    expect((await Promise.all([run('t_two', list), run('t_two', list)])).toSorted()).toEqual([0, 1])
  })
})
