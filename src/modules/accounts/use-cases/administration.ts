import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { ADMINISTRATOR, MANAGE, type RoleProposal } from '../domain/default-roles.ts'
import { mailLink } from '../mail.ts'
import { insertAccount, loginById } from '../store/accounts.ts'
import { managedAccount, setDetails, setDisabled } from '../store/administration.ts'
import {
  administrators,
  deleteAssignment,
  deleteRole,
  insertAssignment,
  insertRole,
  roleById,
  updateRole,
} from '../store/roles.ts'
import { endSessions } from '../store/sessions.ts'
import { issueLink, revokeApiTokens, revokeLinks } from '../store/tokens.ts'
import { lockAdministration, rootUnitId, unitById } from '../store/units.ts'
import { texts } from '../texts/index.ts'

export type AdministrationProblem =
  | 'not-found'
  | 'unit-not-yours'
  | 'role-not-yours'
  | 'mail-taken'
  | 'last-administrator'
  | 'own-account'
  | 'role-in-use'
  | 'id-taken'
  | 'role-fixed'

/** Thrown inside a transaction to undo it; `changing` turns it into a value. */
class LastAdministrator extends Error {}

/**
 * A change after which there must still be somebody who can manage all accounts. One at a time, as two administrators
 * who take each other's role away at the same moment would both still see the other.
 */
async function changing<T>(
  ctx: Ctx,
  change: (ctx: Ctx) => Promise<Result<T, AdministrationProblem>>,
): Promise<Result<T, AdministrationProblem>> {
  try {
    return await transaction(ctx, async (ctx) => {
      await lockAdministration(ctx)
      const before = await administrators(ctx)
      const result = await change(ctx)
      if (result.ok && before > 0 && (await administrators(ctx)) === 0) throw new LastAdministrator()
      return result
    })
  } catch (error) {
    if (error instanceof LastAdministrator) return fail('last-administrator')
    throw error
  }
}

export interface NewStaff {
  readonly name: string
  /** In its normal form. */
  readonly email: string
  readonly unitId: string
  readonly locale: Locale
}

/** Creates an account for a member of staff in a unit that the asking person manages, and sends an invitation. */
export async function createStaff(ctx: Ctx, wanted: NewStaff): Promise<Result<{ id: string }, AdministrationProblem>> {
  if (!may(ctx, MANAGE, wanted.unitId)) return fail('unit-not-yours')
  return transaction(ctx, async (ctx) => {
    const id = newId()
    const account = { ...wanted, id, kind: 'staff', passwordHash: null, confirmed: false } as const
    if (!(await insertAccount(ctx, account))) return fail('mail-taken')
    await audit(ctx, { subject: `account:${id}`, action: 'accounts.created', data: { unit: wanted.unitId } })
    await sendInvitation(ctx, account)
    return ok({ id })
  })
}

/** Sends the invitation once more; older ones no longer work. */
export async function inviteAgain(ctx: Ctx, id: string): Promise<Result<null, AdministrationProblem>> {
  const account = await managedAccount(ctx, id)
  if (account?.state !== 'invited') return fail('not-found')
  await transaction(ctx, (ctx) => sendInvitation(ctx, account))
  return ok(null)
}

/** Makes an invitation link and mails it; returns its path for who invites from the command line. */
export async function sendInvitation(
  ctx: Ctx,
  account: { id: string; email: string; locale: Locale },
): Promise<string> {
  await revokeLinks(ctx, account.id, ['invite'])
  const issued = await issueLink(ctx, { purpose: 'invite', accountId: account.id, locale: account.locale })
  const words = texts(account).mails.invite(ctx.tenant.name)
  const path = '/passwort-vergessen/neu'
  await mailLink(ctx, { issued, path, to: account.email, locale: account.locale, words })
  return `${path}?code=${issued.token}`
}

export async function changeDetails(
  ctx: Ctx,
  id: string,
  details: { name: string; unitId: string },
): Promise<Result<null, AdministrationProblem>> {
  const account = await managedAccount(ctx, id)
  if (account?.kind !== 'staff') return fail('not-found')
  if (!may(ctx, MANAGE, details.unitId)) return fail('unit-not-yours')
  await transaction(ctx, async (ctx) => {
    await setDetails(ctx, id, details)
    await audit(ctx, { subject: `account:${id}`, action: 'accounts.details-changed', data: { unit: details.unitId } })
  })
  return ok(null)
}

/** Nobody may give more than they hold: managers of one unit hand on only what they may do there themselves. */
async function mayGive(ctx: Ctx, role: RoleProposal, unitId: string): Promise<boolean> {
  if (!may(ctx, MANAGE, unitId)) return false
  if (await managesAll(ctx)) return true
  return role.id !== ADMINISTRATOR.id && role.permissions.every((permission) => may(ctx, permission, unitId))
}

/** Whether the asking person manages accounts in the root unit, and so roles and units as well. */
export async function managesAll(ctx: Ctx): Promise<boolean> {
  const root = await rootUnitId(ctx)
  return root !== null && may(ctx, MANAGE, root)
}

export async function assignRole(
  ctx: Ctx,
  id: string,
  roleId: string,
  unitId: string,
): Promise<Result<null, AdministrationProblem>> {
  const account = await managedAccount(ctx, id)
  const role = await roleById(ctx, roleId)
  if (account?.kind !== 'staff' || !role || !(await unitById(ctx, unitId))) return fail('not-found')
  if (!(await mayGive(ctx, role, unitId))) return fail('role-not-yours')
  await transaction(ctx, async (ctx) => {
    await insertAssignment(ctx, id, roleId, unitId)
    await audit(ctx, {
      subject: `account:${id}`,
      action: 'accounts.role-assigned',
      data: { role: roleId, unit: unitId },
    })
  })
  return ok(null)
}

export async function unassignRole(
  ctx: Ctx,
  id: string,
  roleId: string,
  unitId: string,
): Promise<Result<null, AdministrationProblem>> {
  const account = await managedAccount(ctx, id)
  if (!account || !may(ctx, MANAGE, unitId)) return fail('not-found')
  return changing(ctx, async (ctx) => {
    if ((await deleteAssignment(ctx, id, roleId, unitId)) === 0) return fail('not-found')
    await audit(ctx, { subject: `account:${id}`, action: 'accounts.role-taken', data: { role: roleId, unit: unitId } })
    return ok(null)
  })
}

/** Locks the account: sessions and API tokens end now, links no longer work. */
export async function disableAccount(ctx: Ctx, id: string): Promise<Result<null, AdministrationProblem>> {
  if (id === ctx.account?.id) return fail('own-account')
  if (!(await managedAccount(ctx, id))) return fail('not-found')
  return changing(ctx, async (ctx) => {
    await disable(ctx, id)
    return ok(null)
  })
}

/** The same without asking who may: for the command line. */
export async function disable(ctx: Ctx, id: string): Promise<void> {
  await setDisabled(ctx, id, true)
  await endSessions(ctx, id)
  await revokeApiTokens(ctx, id)
  await revokeLinks(ctx, id, ['invite', 'reset-password', 'change-mail'])
  await audit(ctx, { subject: `account:${id}`, action: 'accounts.disabled' })
}

export async function enableAccount(ctx: Ctx, id: string): Promise<Result<null, AdministrationProblem>> {
  const account = await managedAccount(ctx, id)
  if (!account) return fail('not-found')
  await transaction(ctx, async (ctx) => {
    await setDisabled(ctx, id, false)
    await audit(ctx, { subject: `account:${id}`, action: 'accounts.enabled' })
    const login = await loginById(ctx, id)
    if (login && login.passwordHash === null) await sendInvitation(ctx, login)
  })
  return ok(null)
}

export async function endSessionsOf(ctx: Ctx, id: string): Promise<Result<null, AdministrationProblem>> {
  if (!(await managedAccount(ctx, id))) return fail('not-found')
  await transaction(ctx, async (ctx) => {
    await endSessions(ctx, id)
    await revokeApiTokens(ctx, id)
    await audit(ctx, { subject: `account:${id}`, action: 'accounts.sessions-ended' })
  })
  return ok(null)
}

/** Writes a new role; only for who manages all accounts (the route asks). */
export async function createRole(ctx: Ctx, role: RoleProposal): Promise<Result<null, AdministrationProblem>> {
  return transaction(ctx, async (ctx) => {
    if (!(await insertRole(ctx, role))) return fail('id-taken')
    await audit(ctx, {
      subject: `role:${role.id}`,
      action: 'accounts.role-created',
      data: { permissions: role.permissions },
    })
    return ok(null)
  })
}

export async function changeRole(ctx: Ctx, role: RoleProposal): Promise<Result<null, AdministrationProblem>> {
  if (role.id === ADMINISTRATOR.id) return fail('role-fixed')
  return changing(ctx, async (ctx) => {
    if (!(await roleById(ctx, role.id))) return fail('not-found')
    await updateRole(ctx, role)
    await audit(ctx, {
      subject: `role:${role.id}`,
      action: 'accounts.role-changed',
      data: { permissions: role.permissions },
    })
    return ok(null)
  })
}

export async function removeRole(ctx: Ctx, id: string): Promise<Result<null, AdministrationProblem>> {
  if (id === ADMINISTRATOR.id) return fail('role-fixed')
  return transaction(ctx, async (ctx) => {
    if (!(await roleById(ctx, id))) return fail('not-found')
    if (!(await deleteRole(ctx, id))) return fail('role-in-use')
    await audit(ctx, { subject: `role:${id}`, action: 'accounts.role-deleted' })
    return ok(null)
  })
}
