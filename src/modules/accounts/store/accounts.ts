import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Account, AccountKind } from '../domain/account.ts'
import { normalizeMail } from '../domain/mail-address.ts'

const columns = sql`a.id, a.kind, a.name, a.email, a.locale`

/** Citizen or staff, disabled ones included; null where there is none. */
export const accountById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Account | null> =>
  maybe(ctx.db, sql<Account>`select ${columns} from accounts_account a where a.id = ${id}`)

/** Whether an account is there and not disabled: what goes on without anybody signed in ends with that. */
export const isActive = async (ctx: Pick<Ctx, 'db'>, id: string): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql<{ id: string }>`select a.id from accounts_account a where a.id = ${id} and a.disabled_at is null`,
  )) !== null

/** By mail address, in capital or small letters. */
export async function accountByEmail(ctx: Pick<Ctx, 'db'>, email: string): Promise<Account | null> {
  const mail = normalizeMail(email)
  if (mail === null) return null
  return maybe(ctx.db, sql<Account>`select ${columns} from accounts_account a where lower(a.email) = ${mail}`)
}

/** For lists: the accounts that exist, by id. */
export async function accountsByIds(ctx: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<Map<string, Account>> {
  if (ids.length === 0) return new Map()
  const rows = await many(
    ctx.db,
    sql<Account>`select ${columns} from accounts_account a where a.id = any(${[...new Set(ids)]}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export interface StaffMember {
  readonly id: string
  readonly name: string
  /** In which of the units that were asked for. */
  readonly units: readonly string[]
}

/** Active members of staff who hold the permission in one of these units, there or by a unit above it; by name. */
export const staffIn = (ctx: Pick<Ctx, 'db'>, unitIds: readonly string[], permission: string): Promise<StaffMember[]> =>
  many(
    ctx.db,
    sql<StaffMember>`select a.id, a.name, array_agg(distinct u.id) as units from accounts_account a
      join accounts_assignment s on s.account_id = a.id
      join accounts_role r on r.id = s.role_id and ${permission} = any(r.permissions)
      join accounts_unit above on above.id = s.unit_id
      join accounts_unit u on u.path <@ above.path and u.id = any(${[...unitIds]}::text[])
      where a.kind = 'staff' and a.disabled_at is null
      group by a.id order by a.name, a.id`,
  )

/** Units that a member of staff belongs to: the home unit first, then those of the roles. */
export async function unitsOf(ctx: Pick<Ctx, 'db'>, accountId: string): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{ id: string }>`select unit_id as id from (
        select unit_id, 0 as rank from accounts_account where id = ${accountId} and unit_id is not null
        union all select unit_id, 1 from accounts_assignment where account_id = ${accountId}) all_units
      group by unit_id order by min(rank), unit_id`,
  )
  return rows.map((row) => row.id)
}

/** What signing in needs to know; never leaves this module. */
export interface LoginRow extends Account {
  readonly passwordHash: string | null
  readonly disabledAt: Temporal.Instant | null
  readonly confirmedAt: Temporal.Instant | null
}

const loginColumns = sql`${columns}, a.password_hash as "passwordHash", a.disabled_at as "disabledAt", a.confirmed_at as "confirmedAt"`

/** By an address in its normal form (`normalizeMail`). */
export const loginByMail = (ctx: Pick<Ctx, 'db'>, mail: string): Promise<LoginRow | null> =>
  maybe(ctx.db, sql<LoginRow>`select ${loginColumns} from accounts_account a where lower(a.email) = ${mail}`)

export const loginById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<LoginRow | null> =>
  maybe(ctx.db, sql<LoginRow>`select ${loginColumns} from accounts_account a where a.id = ${id}`)

export interface NewAccount {
  readonly id: string
  readonly kind: AccountKind
  readonly name: string
  /** In its normal form (`normalizeMail`). */
  readonly email: string
  readonly passwordHash: string | null
  readonly locale: Locale
  readonly unitId: string | null
  readonly confirmed: boolean
}

/** Whether it was written: false where another account has the address. */
export async function insertAccount(ctx: Ctx, account: NewAccount): Promise<boolean> {
  const now = ctx.clock.now()
  const written = await exec(
    ctx.db,
    sql`insert into accounts_account
        (id, kind, name, email, password_hash, password_changed_at, locale, unit_id, created_at, confirmed_at)
      values (${account.id}, ${account.kind}, ${account.name}, ${account.email}, ${account.passwordHash},
        ${account.passwordHash === null ? null : now}, ${account.locale}, ${account.unitId}, ${now},
        ${account.confirmed ? now : null})
      on conflict (lower(email)) do nothing`,
  )
  return written === 1
}

export async function setPassword(ctx: Ctx, accountId: string, passwordHash: string): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`update accounts_account set password_hash = ${passwordHash}, password_changed_at = ${now},
        confirmed_at = coalesce(confirmed_at, ${now}) where id = ${accountId}`,
  )
}

export async function setLocale(ctx: Ctx, accountId: string, locale: Locale): Promise<void> {
  await exec(ctx.db, sql`update accounts_account set locale = ${locale} where id = ${accountId}`)
}

/** Whether it was changed: false where another account has the address. */
export async function setMail(ctx: Ctx, accountId: string, mail: string): Promise<boolean> {
  const changed = await exec(
    ctx.db,
    sql`update accounts_account set email = ${mail} where id = ${accountId}
      and not exists (select from accounts_account o where lower(o.email) = ${mail} and o.id <> ${accountId})`,
  )
  return changed === 1
}

export async function noteLogin(ctx: Ctx, accountId: string): Promise<void> {
  await exec(ctx.db, sql`update accounts_account set last_login_at = ${ctx.clock.now()} where id = ${accountId}`)
}

export async function deleteAccount(ctx: Ctx, accountId: string): Promise<void> {
  await exec(ctx.db, sql`delete from accounts_account where id = ${accountId}`)
}
