import type pg from 'pg'
import { OperatorError } from '../operator-error.ts'
import { createDb, createPool } from '../db/connection.ts'
import type { Db } from '../db/db.ts'
import { quoteIdentifier } from '../db/identifier.ts'
import type { Config } from '../config.ts'
import { loadTheme } from './theme-file.ts'
import type { Tenant } from './tenant.ts'

/** The municipalities of this installation, with a database handle for each. */
export interface Tenants {
  all(): readonly Tenant[]
  byId(id: string): Tenant | null
  /** By the request's host name, with or without a port; one that another process has just added is found, too. */
  byHost(host: string): Promise<Tenant | null>
  db(tenant: Tenant): Db
  /** The tenant's connections, for bulk work (COPY, LISTEN); most code wants `ctx.db`. */
  pool(tenant: Tenant): pg.Pool
  /** Looks again for tenants that another process added. */
  refresh(): Promise<void>
  close(): Promise<void>
}

interface TenantRow {
  id: string
  name: string
  hosts: string[]
  schema: string
}

/** Tables of the installation itself, not of one city. */
export async function prepareInstallation(client: pg.PoolClient): Promise<void> {
  for (const extension of ['pg_trgm', 'unaccent', 'btree_gist', 'btree_gin', 'ltree'])
    await client.query(`create extension if not exists ${extension} schema public`)
  await client.query('create schema if not exists rathaus')
  await client.query(`create table if not exists rathaus.tenant (
    id text primary key, name text not null, hosts text[] not null, schema text not null unique,
    created_at timestamptz not null default now(), being_seeded boolean not null default false)`)
  await client.query(`create table if not exists rathaus.worker (
    worker_id text primary key, process_key bigint not null, at timestamptz not null default now())`)
}

export const schemaOf = (id: string) => `t_${id.replaceAll('-', '_')}`

export interface NewTenant {
  readonly id: string
  readonly name: string
  readonly hosts: readonly string[]
  /** Its demo data are still to be written; a start that finds that half done begins anew. */
  readonly beingSeeded?: boolean
}

/** @throws OperatorError where id or a host is taken or not well formed */
export async function refuseTaken(client: pg.PoolClient, tenant: NewTenant): Promise<void> {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(tenant.id))
    throw new OperatorError(`"${tenant.id}" is no tenant id: use a-z, 0-9 and -`)
  for (const host of tenant.hosts)
    if (!/^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/i.test(host)) throw new OperatorError(`"${host}" is no host name`)
  quoteIdentifier(schemaOf(tenant.id))
  const { rows } = await client.query<{ id: string; hosts: string[] }>('select id, hosts from rathaus.tenant')
  if (rows.some((row) => row.id === tenant.id)) throw new OperatorError(`there is a tenant "${tenant.id}" already`)
  const taken = tenant.hosts.find((host) => rows.some((row) => row.hosts.includes(host.toLowerCase())))
  if (taken !== undefined) throw new OperatorError(`host "${taken}" belongs to another tenant already`)
}

/** Writes the tenant's row, by which every process finds it: its schema is there and whole. */
export async function insertTenant(client: pg.PoolClient, tenant: NewTenant): Promise<void> {
  await client.query('insert into rathaus.tenant (id, name, hosts, schema, being_seeded) values ($1, $2, $3, $4, $5)', [
    tenant.id,
    tenant.name,
    tenant.hosts.map((host) => host.toLowerCase()),
    schemaOf(tenant.id),
    tenant.beingSeeded ?? false,
  ])
}

/** Takes a tenant away with all that it had in the database. */
export async function removeTenant(client: Pick<pg.Pool, 'query'>, id: string): Promise<void> {
  await client.query('delete from rathaus.tenant where id = $1', [id])
  await client.query(`drop schema if exists ${quoteIdentifier(schemaOf(id))} cascade`)
  await client.query(`delete from graphile_worker._private_jobs where payload ->> 'tenant' = $1`, [id])
}

/** At most once in this time a host that nobody knows makes the list be read anew, in milliseconds. */
const LOOK_AGAIN_MS = 2_000

/** Reads which cities there are and keeps a pool for each; `url` is that of the database which holds all of them. */
export async function openTenants(url: string, config: Config): Promise<Tenants> {
  const system = createPool({ url, schema: null, size: 2, name: 'rathaus' })
  let tenants = new Map<string, Tenant>()
  let hosts = new Map<string, Tenant>()
  const handles = new Map<string, { pool: pg.Pool; db: Db }>()

  const handle = (tenant: Tenant) => {
    let found = handles.get(tenant.id)
    if (!found) {
      const pool = createPool({ url, schema: tenant.schema, size: config.poolSize, name: `rathaus ${tenant.id}` })
      handles.set(tenant.id, (found = { pool, db: createDb(pool) }))
    }
    return found
  }

  const refresh = async () => {
    const { rows } = await system.query<TenantRow>(
      'select id, name, hosts, schema from rathaus.tenant order by created_at, id',
    )
    const loaded = await Promise.all(
      rows.map(async (row): Promise<Tenant> => {
        // A file that somebody is just editing must not end the city that runs.
        const theme = tenants.get(row.id)?.theme ?? (await loadTheme(config.dataDir, row.id, row.name))
        return { ...row, name: theme.name, baseUrl: baseUrlOf(config, row), theme }
      }),
    )
    tenants = new Map(loaded.map((tenant) => [tenant.id, tenant]))
    hosts = new Map(loaded.flatMap((tenant) => tenant.hosts.map((host) => [host, tenant] as const)))
  }

  let lookedAt = -Infinity
  const byHost = async (host: string) => {
    const name = host.toLowerCase().replace(/:\d+$/, '')
    if (!hosts.has(name) && performance.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = performance.now()
      await refresh().catch(() => undefined)
    }
    return hosts.get(name) ?? null
  }

  await refresh()
  return {
    all: () => [...tenants.values()],
    byId: (id) => tenants.get(id) ?? null,
    byHost,
    db: (tenant) => handle(tenant).db,
    pool: (tenant) => handle(tenant).pool,
    refresh,
    close: async () => {
      await Promise.all([...handles.values()].map(({ pool }) => pool.end()))
      await system.end()
    },
  }
}

/** The first host is the one that links in mails use; scheme and port are those of BASE_URL. */
function baseUrlOf(config: Config, row: TenantRow): string {
  const base = new URL(config.baseUrl)
  if (row.hosts.includes(base.hostname)) return config.baseUrl
  const port = base.port === '' ? '' : `:${base.port}`
  return `${base.protocol}//${row.hosts[0] ?? base.hostname}${port}`
}
