import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { permittedIn, permittedUnits } from '#platform/auth/principal.ts'
import type { LocalizedText, Locale } from '#platform/i18n/locale.ts'
import type { AccountKind } from '../domain/account.ts'
import { MANAGE } from '../domain/default-roles.ts'

export type AccountState = 'active' | 'invited' | 'disabled'

export interface ManagedAccount {
  readonly id: string
  readonly kind: AccountKind
  readonly name: string
  readonly email: string
  readonly locale: Locale
  readonly state: AccountState
  readonly unitId: string | null
  readonly unit: LocalizedText | null
  readonly roles: readonly LocalizedText[]
  readonly createdAt: Temporal.Instant
  readonly lastLoginAt: Temporal.Instant | null
  readonly sessions: number
}

/**
 * Which accounts one may look after, as one predicate for the list, the page and every change: in the root unit all;
 * otherwise staff who belong to a permitted unit and hold no role outside of those (who could take over an account with
 * more rights would have these rights).
 */
const managed = (ctx: Ctx) => sql<boolean>`(
  exists (select from accounts_unit root where root.parent_id is null and ${permittedIn(ctx, MANAGE, 'root.id')})
  or (a.kind = 'staff' and ${permittedIn(ctx, MANAGE, 'a.unit_id')} and not exists (
    select from accounts_assignment x where x.account_id = a.id
      and not (x.unit_id = any(${[...permittedUnits(ctx, MANAGE)]}::text[])))))`

const columns = (ctx: Ctx) => sql`a.id, a.kind, a.name, a.email, a.locale, a.unit_id as "unitId", u.name as unit,
  a.created_at as "createdAt", a.last_login_at as "lastLoginAt",
  case when a.disabled_at is not null then 'disabled' when a.confirmed_at is null then 'invited' else 'active' end as state,
  coalesce((select jsonb_agg(distinct r.name) from accounts_assignment s join accounts_role r on r.id = s.role_id
    where s.account_id = a.id), '[]') as roles,
  (select count(*)::int from accounts_session s where s.account_id = a.id and s.ended_at is null
    and s.expires_at > ${ctx.clock.now()}) as sessions`

export interface AccountFilter {
  readonly words: string
  readonly kind: AccountKind | null
  readonly unit: string | null
  readonly role: string | null
  readonly state: AccountState | null
  readonly sort: 'name' | 'email' | 'unit' | 'lastLogin' | 'created'
  readonly direction: 'asc' | 'desc'
}

const SORTS = {
  name: sql`lower(a.name)`,
  email: sql`lower(a.email)`,
  unit: sql`u.path`,
  lastLogin: sql`a.last_login_at`,
  created: sql`a.created_at`,
}

function where(ctx: Ctx, filter: AccountFilter) {
  const like = `%${filter.words
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  return sql`${managed(ctx)}
    and (${filter.words.trim()} = '' or lower(a.name) || ' ' || lower(a.email) like ${like})
    and (${filter.kind}::text is null or a.kind = ${filter.kind})
    and (${filter.unit}::text is null or a.unit_id in (
      select below.id from accounts_unit top join accounts_unit below on below.path <@ top.path where top.id = ${filter.unit}))
    and (${filter.role}::text is null or exists (
      select from accounts_assignment s where s.account_id = a.id and s.role_id = ${filter.role}))
    and (${filter.state}::text is null or ${filter.state} =
      case when a.disabled_at is not null then 'disabled' when a.confirmed_at is null then 'invited' else 'active' end)`
}

export const managedAccounts = (
  ctx: Ctx,
  filter: AccountFilter,
  limit: number,
  offset: number,
): Promise<ManagedAccount[]> =>
  many(
    ctx.db,
    sql<ManagedAccount>`select ${columns(ctx)} from accounts_account a left join accounts_unit u on u.id = a.unit_id
      where ${where(ctx, filter)}
      order by ${SORTS[filter.sort]} ${filter.direction === 'desc' ? sql`desc` : sql`asc`} nulls last, a.id
      limit ${limit} offset ${offset}`,
  )

export async function countManagedAccounts(ctx: Ctx, filter: AccountFilter): Promise<number> {
  const row = await one(
    ctx.db,
    sql<{ count: number }>`select count(*)::int as count from accounts_account a where ${where(ctx, filter)}`,
  )
  return row.count
}

/** The account, where the asking person may look after it; null otherwise, as if there were none. */
export const managedAccount = (ctx: Ctx, id: string): Promise<ManagedAccount | null> =>
  maybe(
    ctx.db,
    sql<ManagedAccount>`select ${columns(ctx)} from accounts_account a left join accounts_unit u on u.id = a.unit_id
      where a.id = ${id} and ${managed(ctx)}`,
  )

export async function setDetails(
  ctx: Ctx,
  id: string,
  details: { name: string; unitId: string | null },
): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_account set name = ${details.name}, unit_id = ${details.unitId} where id = ${id}`,
  )
}

export async function setDisabled(ctx: Ctx, id: string, disabled: boolean): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_account set disabled_at = ${disabled ? ctx.clock.now() : null} where id = ${id}`,
  )
}

/** One member of staff and one citizen, for the tests that look at every page. */
export async function exampleAccounts(ctx: Ctx): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`(select id from accounts_account where kind = 'staff' order by id limit 1)
      union all (select id from accounts_account where kind = 'citizen' order by id limit 1)`,
  )
  return rows.map(({ id }) => id)
}

/** Staff for the command line, by unit and name. */
export const accountsForCommand = (
  ctx: Ctx,
): Promise<{ email: string; name: string; unit: string; state: AccountState; roles: string[] }[]> =>
  many(
    ctx.db,
    sql`select a.email, a.name, a.unit_id as unit,
        case when a.disabled_at is not null then 'disabled' when a.confirmed_at is null then 'invited' else 'active' end as state,
        coalesce((select jsonb_agg(s.role_id || '@' || s.unit_id) from accounts_assignment s where s.account_id = a.id), '[]') as roles
      from accounts_account a where a.kind = 'staff' order by a.unit_id, a.name, a.id`,
  )
