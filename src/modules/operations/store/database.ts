import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'

export interface DatabaseState {
  readonly version: string
  /** Bytes of the whole database and of this city's tables. */
  readonly bytes: number
  readonly cityBytes: number
  readonly lockWaits: number
  readonly cacheHits: number | null
  readonly connections: number
  readonly mostConnections: number
}

/** The shortest way there and back. */
export const pingDatabase = (ctx: Ctx): Promise<unknown> => one(ctx.db, sql`select 1 as ok`)

export const databaseState = (ctx: Ctx): Promise<DatabaseState> =>
  one(
    ctx.db,
    sql<DatabaseState>`select current_setting('server_version') as version,
      pg_database_size(current_database()) as bytes,
      (select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c where c.relnamespace = ${ctx.tenant.schema}::regnamespace and c.relkind in ('r', 'p')) as "cityBytes",
      (select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as "lockWaits",
      (select (blks_hit::float8 / nullif(blks_hit + blks_read, 0)) from pg_stat_database where datname = current_database()) as "cacheHits",
      (select count(*) from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as "mostConnections"`,
  )

export interface TableSize {
  readonly name: string
  readonly bytes: number
  /** As the planner estimates them. */
  readonly rows: number
  /** Share of dead rows, 0 to 1. */
  readonly dead: number
}

export const largestTables = (ctx: Ctx, limit: number): Promise<TableSize[]> =>
  many(
    ctx.db,
    sql<TableSize>`select c.relname as name, pg_total_relation_size(c.oid) as bytes, greatest(c.reltuples, 0)::float8 as rows,
        coalesce(s.n_dead_tup::float8 / nullif(s.n_live_tup + s.n_dead_tup, 0), 0) as dead
      from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
      where c.relnamespace = ${ctx.tenant.schema}::regnamespace and c.relkind = 'r'
      order by bytes desc limit ${limit}`,
  )

export interface RunningStatement {
  readonly pid: number
  readonly seconds: number
  readonly state: string
  readonly waitsFor: string | null
  readonly blockedBy: number[]
  /** The statement with its parameters left open and its literals blanked. */
  readonly statement: string
}

/** Statements and open transactions of this program that take longer than so many seconds. */
export const slowStatements = (ctx: Ctx, seconds: number): Promise<RunningStatement[]> =>
  many(
    ctx.db,
    sql<RunningStatement>`select pid, extract(epoch from now() - coalesce(xact_start, query_start))::float8 as seconds, state,
        nullif(wait_event_type || ': ' || wait_event, 'Client: ClientRead') as "waitsFor", pg_blocking_pids(pid) as "blockedBy",
        left(regexp_replace(query, '''[^'']*''', '''…''', 'g'), 160) as statement
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and (state = 'active' or (state like 'idle in transaction%'))
        and coalesce(xact_start, query_start) < now() - make_interval(secs => ${seconds})
        and query not like '%pg_advisory_lock%' and query not ilike 'listen%'
      order by seconds desc limit 20`,
  )
