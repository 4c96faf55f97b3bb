import type { Ctx } from '#platform/context.ts'
import { ADMINISTRATOR, ROLE_PROPOSALS } from './domain/default-roles.ts'
import { insertRole, updateRole } from './store/roles.ts'
import { insertUnit, rootUnitId } from './store/units.ts'
import { warmUpHashing } from './hashing.ts'

/** Every permission that a module of this installation declares, in the order of their names. */
export const declaredPermissions = (ctx: Pick<Ctx, 'app'>): string[] =>
  ctx.app.modules.flatMap((module) => Object.keys(module.permissions ?? {})).toSorted()

/**
 * What a city needs before anybody can work: the root of its units and the roles to begin with. At every later start
 * only the administrator role is brought up to date, with the permissions of new modules.
 */
export async function prepare(ctx: Ctx): Promise<void> {
  await warmUpHashing()
  const declared = declaredPermissions(ctx)
  const fresh = (await rootUnitId(ctx)) === null
  if (fresh) {
    const name = { de: 'Rathaus', en: 'City Hall' }
    await insertUnit(ctx, { id: 'rathaus', parentId: null, name })
    for (const role of ROLE_PROPOSALS)
      await insertRole(ctx, {
        ...role,
        permissions: role.permissions.filter((permission) => declared.includes(permission)),
      })
  }
  const administrator = { ...ADMINISTRATOR, permissions: declared }
  if (!(await insertRole(ctx, administrator))) await updateRole(ctx, administrator)
}
