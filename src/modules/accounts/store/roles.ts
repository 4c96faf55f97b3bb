import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { MANAGE, type RoleProposal } from '../domain/default-roles.ts'

export interface Role extends RoleProposal {
  /** How many assignments there are. */
  readonly holders: number
}

export const roles = (ctx: Ctx): Promise<Role[]> =>
  many(
    ctx.db,
    sql<Role>`select r.id, r.name, r.permissions, count(distinct s.account_id)::int as holders from accounts_role r
      left join accounts_assignment s on s.role_id = r.id group by r.id order by r.name ->> 'de', r.id`,
  )

export const roleById = (ctx: Ctx, id: string): Promise<RoleProposal | null> =>
  maybe(ctx.db, sql<RoleProposal>`select id, name, permissions from accounts_role where id = ${id}`)

/** Whether it was written: false where there is such an id already. */
export async function insertRole(ctx: Ctx, role: RoleProposal): Promise<boolean> {
  const written = await exec(
    ctx.db,
    sql`insert into accounts_role (id, name, permissions)
      values (${role.id}, ${json(role.name)}, ${[...role.permissions]}::text[]) on conflict (id) do nothing`,
  )
  return written === 1
}

export async function updateRole(ctx: Ctx, role: RoleProposal): Promise<void> {
  await exec(
    ctx.db,
    sql`update accounts_role set name = ${json(role.name)}, permissions = ${[...role.permissions]}::text[]
      where id = ${role.id}`,
  )
}

/** Whether it was deleted: false where it is still assigned. */
export async function deleteRole(ctx: Ctx, id: string): Promise<boolean> {
  const deleted = await exec(
    ctx.db,
    sql`delete from accounts_role where id = ${id} and not exists (select from accounts_assignment where role_id = ${id})`,
  )
  return deleted === 1
}

export interface Assignment {
  readonly roleId: string
  readonly unitId: string
  readonly role: LocalizedText
  readonly unit: LocalizedText
  readonly permissions: readonly string[]
}

export const assignmentsOf = (ctx: Ctx, accountId: string): Promise<Assignment[]> =>
  many(
    ctx.db,
    sql<Assignment>`select s.role_id as "roleId", s.unit_id as "unitId", r.name as role, u.name as unit, r.permissions
      from accounts_assignment s join accounts_role r on r.id = s.role_id join accounts_unit u on u.id = s.unit_id
      where s.account_id = ${accountId} order by u.path, r.id`,
  )

export async function insertAssignment(ctx: Ctx, accountId: string, roleId: string, unitId: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into accounts_assignment (account_id, role_id, unit_id, created_at)
      values (${accountId}, ${roleId}, ${unitId}, ${ctx.clock.now()}) on conflict do nothing`,
  )
}

export const deleteAssignment = (ctx: Ctx, accountId: string, roleId: string, unitId: string): Promise<number> =>
  exec(
    ctx.db,
    sql`delete from accounts_assignment where account_id = ${accountId} and role_id = ${roleId} and unit_id = ${unitId}`,
  )

/** How many accounts can manage all accounts: active, with a password, and the permission in the root unit. */
export async function administrators(ctx: Ctx): Promise<number> {
  const row = await maybe(
    ctx.db,
    sql<{ count: number }>`select count(distinct a.id)::int as count from accounts_account a
      join accounts_assignment s on s.account_id = a.id
      join accounts_role r on r.id = s.role_id and ${MANAGE} = any(r.permissions)
      join accounts_unit u on u.id = s.unit_id and u.parent_id is null
      where a.kind = 'staff' and a.disabled_at is null and a.password_hash is not null`,
  )
  return row?.count ?? 0
}
