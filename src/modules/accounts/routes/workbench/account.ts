import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail, type Result } from '#platform/problem.ts'
import { isId, queryEntry } from '#platform/http/query.ts'
import { MANAGE } from '../../domain/default-roles.ts'
import { exampleAccounts, managedAccount } from '../../store/administration.ts'
import { assignmentsOf, roles } from '../../store/roles.ts'
import { texts } from '../../texts/index.ts'
import {
  assignRole,
  changeDetails,
  disableAccount,
  enableAccount,
  endSessionsOf,
  inviteAgain,
  unassignRole,
  type AdministrationProblem,
} from '../../use-cases/administration.ts'
import { managedAccountPage } from '../../views/workbench/account.ts'
import { managedUnits } from './accounts.ts'

const PATH = '/workbench/konten/:id'
const manage = staff(MANAGE)

const notices = (ctx: Ctx): Readonly<Record<string, string>> => {
  const t = texts(ctx).staff
  return {
    eingeladen: t.invited,
    geaendert: t.changed,
    vergeben: t.assigned,
    entzogen: t.unassigned,
    gesperrt: t.disabled,
    entsperrt: t.enabled,
    abgemeldet: t.endedSessions,
  }
}

async function show(
  ctx: Ctx,
  req: Pick<Req, 'params' | 'query' | 'form'>,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const { id = '' } = req.params
  const account = isId(id) ? await managedAccount(ctx, id) : null
  if (!account) return problem(fail('not-found'))
  const failed = Object.keys(errors).length > 0
  const typed = {
    name: failed && req.form.has('name') ? req.form.get('name') : account.name,
    unit: failed && req.form.has('unit') ? req.form.get('unit') : (account.unitId ?? ''),
    role: req.form.get('role'),
    roleUnit: req.form.get('roleUnit'),
  }
  const view = managedAccountPage(ctx, {
    account,
    assignments: await assignmentsOf(ctx, id),
    units: await managedUnits(ctx),
    roles: await roles(ctx),
    typed,
    errors,
    notice: failed ? null : queryEntry(req, 'hinweis', notices(ctx)),
  })
  return htmlPage(view, { status: failed ? 422 : 200 })
}

/** What each button does, and what is said afterwards. */
const CHANGES: Readonly<
  Record<
    string,
    { done: string; run: (ctx: Ctx, id: string, form: Req['form']) => Promise<Result<null, AdministrationProblem>> }
  >
> = {
  details: {
    done: 'geaendert',
    run: (ctx, id, form) => changeDetails(ctx, id, { name: nameOf(form), unitId: form.get('unit') }),
  },
  assign: { done: 'vergeben', run: (ctx, id, form) => assignRole(ctx, id, form.get('role'), form.get('roleUnit')) },
  unassign: { done: 'entzogen', run: (ctx, id, form) => unassignRole(ctx, id, form.get('role'), form.get('roleUnit')) },
  invite: { done: 'eingeladen', run: (ctx, id) => inviteAgain(ctx, id) },
  disable: { done: 'gesperrt', run: (ctx, id) => disableAccount(ctx, id) },
  enable: { done: 'entsperrt', run: (ctx, id) => enableAccount(ctx, id) },
  'end-sessions': { done: 'abgemeldet', run: (ctx, id) => endSessionsOf(ctx, id) },
}

const nameOf = (form: Req['form']) => form.get('name').replace(/\s+/g, ' ').trim()

/** What was wrong in the form, before anything is tried. */
async function formErrors(ctx: Ctx, form: Req['form']): Promise<Record<string, string>> {
  const t = texts(ctx)
  const what = form.get('what')
  const mine = (await managedUnits(ctx)).map((unit) => unit.id)
  if (what === 'details')
    return {
      ...(nameOf(form) === '' ? { name: t.staff.errors.name } : {}),
      ...([...nameOf(form)].length > 120 ? { name: t.errors.tooLong(120) } : {}),
      ...(mine.includes(form.get('unit')) ? {} : { unit: t.staff.errors.unit }),
    }
  if (what === 'assign')
    return {
      ...((await roles(ctx)).some((role) => role.id === form.get('role')) ? {} : { role: t.staff.errors.role }),
      ...(mine.includes(form.get('roleUnit')) ? {} : { roleUnit: t.staff.errors.unit }),
    }
  return {}
}

function problemErrors(ctx: Ctx, word: AdministrationProblem): Record<string, string> | null {
  const t = texts(ctx).staff.errors
  switch (word) {
    case 'last-administrator':
      return { '': t.lastAdministrator }
    case 'own-account':
      return { '': t.own }
    case 'role-not-yours':
      return { role: t.notYours }
    case 'unit-not-yours':
      return { unit: t.unit }
    default:
      return null
  }
}

export const accountRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: manage,
    examples: async (ctx) => (await exampleAccounts(ctx)).map((id) => `/workbench/konten/${id}`),
    handle: (ctx, req) => show(ctx, req),
  }),
  action({
    path: PATH,
    access: manage,
    handle: async (ctx, req) => {
      const { id = '' } = req.params
      const what = req.form.get('what')
      const change = Object.hasOwn(CHANGES, what) ? CHANGES[what] : undefined
      if (!change || !isId(id) || !(await managedAccount(ctx, id))) return problem(fail('not-found'))
      const errors = await formErrors(ctx, req.form)
      if (Object.keys(errors).length > 0) return show(ctx, req, errors)
      const result = await change.run(ctx, id, req.form)
      if (result.ok) return redirect(`/workbench/konten/${id}?hinweis=${change.done}`)
      const messages = problemErrors(ctx, result.problem)
      return messages ? show(ctx, req, messages) : problem(fail('not-found'))
    },
  }),
]
