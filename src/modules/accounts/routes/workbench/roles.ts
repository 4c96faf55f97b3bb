import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { queryEntry } from '#platform/http/query.ts'
import { ADMINISTRATOR, MANAGE } from '../../domain/default-roles.ts'
import { UNIT_ID } from '../../domain/unit.ts'
import { roleById, roles } from '../../store/roles.ts'
import { texts } from '../../texts/index.ts'
import { changeRole, createRole, managesAll, removeRole } from '../../use-cases/administration.ts'
import { permissionNames, permissionsOf, rolePage, rolesPage, type RoleForm } from '../../views/workbench/roles.ts'

const LIST = '/workbench/rollen'
const manage = staff(MANAGE)

const typedFrom = (form: Req['form'], id: string): RoleForm['typed'] => ({
  id,
  de: form.get('de').trim(),
  en: form.get('en').trim(),
  permissions: form.all('permissions'),
})

function errorsOf(ctx: Ctx, typed: RoleForm['typed']): Record<string, string> {
  const t = texts(ctx)
  const known = new Set(permissionNames(ctx).map(({ value }) => value))
  const name = (key: 'de' | 'en') =>
    typed[key] === ''
      ? { [key]: t.staff.errors.name }
      : [...typed[key]].length > 80
        ? { [key]: t.errors.tooLong(80) }
        : {}
  return {
    ...(UNIT_ID.test(typed.id) && typed.id.length <= 40 && typed.id !== 'neu' ? {} : { id: t.staff.errors.id }),
    ...name('de'),
    ...name('en'),
    ...(typed.permissions.every((permission) => known.has(permission))
      ? {}
      : { permissions: t.staff.errors.permission }),
  }
}

const shown = (ctx: Ctx, o: RoleForm): Reply =>
  htmlPage(rolePage(ctx, o), { status: Object.keys(o.errors).length > 0 ? 422 : 200 })

/** Roles are the city's: only who manages accounts in the root unit changes them. */
const forAll =
  (handle: (ctx: Ctx, req: Req) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req): Promise<Reply> =>
    (await managesAll(ctx)) ? handle(ctx, req) : problem(fail('forbidden'))

export const rolesRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx).staff
      const notice = queryEntry(req, 'hinweis', { gespeichert: t.changed, geloescht: t.deletedRole })
      return htmlPage(rolesPage(ctx, { roles: await roles(ctx), mayChange: await managesAll(ctx), notice }))
    },
  }),
  page({
    path: `${LIST}.csv`,
    access: manage,
    handle: async (ctx) => {
      const t = texts(ctx).staff
      const rows = (await roles(ctx)).map((role) => [
        role.name[ctx.locale],
        permissionsOf(ctx, role).join(', '),
        role.holders,
      ])
      return csvReply(`${t.roles}.csv`, [t.name, t.permissions, t.holders], rows)
    },
  }),
  page({
    path: `${LIST}/neu`,
    access: manage,
    handle: forAll(async (ctx) =>
      shown(ctx, { id: null, typed: { id: '', de: '', en: '', permissions: [] }, errors: {} }),
    ),
  }),
  action({
    path: `${LIST}/neu`,
    access: manage,
    handle: forAll(async (ctx, req) => {
      const typed = typedFrom(req.form, req.form.get('id').trim())
      const errors = errorsOf(ctx, typed)
      if (Object.keys(errors).length > 0) return shown(ctx, { id: null, typed, errors })
      const result = await createRole(ctx, {
        id: typed.id,
        name: { de: typed.de, en: typed.en },
        permissions: typed.permissions,
      })
      if (result.ok) return redirect(`${LIST}?hinweis=gespeichert`)
      return shown(ctx, { id: null, typed, errors: { id: texts(ctx).staff.errors.idTaken } })
    }),
  }),
  page({
    path: `${LIST}/:id`,
    access: manage,
    examples: () => [`${LIST}/clerk`],
    handle: forAll(async (ctx, req) => {
      const role = await roleById(ctx, req.params.id ?? '')
      if (!role || role.id === ADMINISTRATOR.id) return problem(fail('not-found'))
      return shown(ctx, {
        id: role.id,
        typed: { id: role.id, ...role.name, permissions: role.permissions },
        errors: {},
      })
    }),
  }),
  action({
    path: `${LIST}/:id`,
    access: manage,
    handle: forAll(async (ctx, req) => {
      const { id = '' } = req.params
      const typed = typedFrom(req.form, id)
      const errors = errorsOf(ctx, typed)
      if (Object.keys(errors).length > 0) return shown(ctx, { id, typed, errors })
      const result = await changeRole(ctx, { id, name: { de: typed.de, en: typed.en }, permissions: typed.permissions })
      if (result.ok) return redirect(`${LIST}?hinweis=gespeichert`)
      if (result.problem === 'last-administrator')
        return shown(ctx, { id, typed, errors: { permissions: texts(ctx).staff.errors.lastAdministrator } })
      return problem(fail('not-found'))
    }),
  }),
  action({
    path: `${LIST}/:id/loeschen`,
    access: manage,
    handle: forAll(async (ctx, req) => {
      const { id = '' } = req.params
      const role = await roleById(ctx, id)
      const result = await removeRole(ctx, id)
      if (result.ok) return redirect(`${LIST}?hinweis=geloescht`)
      if (result.problem !== 'role-in-use' || !role) return problem(fail('not-found'))
      const typed = { id, ...role.name, permissions: role.permissions }
      return shown(ctx, { id, typed, errors: { '': texts(ctx).staff.roleInUse } })
    }),
  }),
]
