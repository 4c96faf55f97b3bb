import { permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply, type Cell } from '#platform/csv.ts'
import { href } from '#platform/html/href.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { queryPage, queryText } from '#platform/http/query.ts'
import { MANAGE } from '../../domain/default-roles.ts'
import type { Unit } from '../../domain/unit.ts'
import {
  countManagedAccounts,
  managedAccounts,
  type AccountFilter,
  type AccountState,
  type ManagedAccount,
} from '../../store/administration.ts'
import { roles } from '../../store/roles.ts'
import { units } from '../../store/units.ts'
import { texts } from '../../texts/index.ts'
import { createStaff } from '../../use-cases/administration.ts'
import { ACCOUNTS_PER_PAGE, accountsPage, newAccountPage } from '../../views/workbench/accounts.ts'
import { mailFrom } from '../input.ts'

const LIST = '/workbench/konten'
const manage = staff(MANAGE)

/** Units in which the asking person may manage accounts, in tree order. */
export async function managedUnits(ctx: Ctx): Promise<Unit[]> {
  const mine = new Set(permittedUnits(ctx, MANAGE))
  return (await units(ctx)).filter((unit) => mine.has(unit.id))
}

const oneOf = <T extends string>(value: string, allowed: readonly T[]): T | null =>
  allowed.find((one) => one === value) ?? null

function filterFrom(req: Pick<Req, 'query'>): AccountFilter {
  const text = (name: string) => queryText(req, name).slice(0, 200)
  return {
    words: text('q'),
    // Staff unless asked otherwise: most come for colleagues, and citizens' names are shown only to who wants them.
    kind: text('art') === 'alle' ? null : (oneOf(text('art'), ['staff', 'citizen']) ?? 'staff'),
    unit: text('amt') || null,
    role: text('rolle') || null,
    state: oneOf<AccountState>(text('zustand'), ['active', 'invited', 'disabled']),
    sort: oneOf(text('sortierung'), ['name', 'email', 'unit', 'lastLogin', 'created']) ?? 'name',
    direction: text('richtung') === 'desc' ? 'desc' : 'asc',
  }
}

function addressOf(ctx: Ctx, filter: AccountFilter) {
  const known = {
    q: filter.words,
    art: filter.kind === 'staff' ? '' : (filter.kind ?? 'alle'),
    amt: filter.unit ?? '',
    rolle: filter.role ?? '',
    zustand: filter.state ?? '',
    sortierung: filter.sort === 'name' ? '' : filter.sort,
    richtung: filter.direction === 'asc' ? '' : filter.direction,
  }
  return (changes: Readonly<Record<string, string>>, path = LIST): string => {
    const query = new URLSearchParams(Object.entries({ ...known, ...changes }).filter(([, value]) => value !== ''))
    return href(ctx, query.size > 0 ? `${path}?${query.toString()}` : path)
  }
}

/** Rows of the whole list, in pieces, so that no city is too large for its export. */
async function* exportRows(ctx: Ctx, filter: AccountFilter): AsyncGenerator<readonly Cell[]> {
  const t = texts(ctx).staff
  const cells = (a: ManagedAccount): Cell[] => [
    a.name,
    a.email,
    t.kinds[a.kind],
    a.unit?.[ctx.locale] ?? '',
    a.roles.map((role) => role[ctx.locale]).join(', '),
    t.states[a.state],
    a.createdAt.toString(),
    a.lastLoginAt?.toString() ?? '',
  ]
  for (let offset = 0; ; offset += 1_000) {
    const rows = await managedAccounts(ctx, filter, 1_000, offset)
    yield* rows.map(cells)
    if (rows.length < 1_000) return
  }
}

const newForm = async (
  ctx: Ctx,
  o: { name: string; email: string; unit: string; errors: Record<string, string> },
): Promise<Reply> =>
  htmlPage(newAccountPage(ctx, { ...o, units: await managedUnits(ctx) }), {
    status: Object.keys(o.errors).length > 0 ? 422 : 200,
  })

export const accountsRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: manage,
    handle: async (ctx, req) => {
      const filter = filterFrom(req)
      const number = queryPage(req)
      const [rows, total, mine, all] = await Promise.all([
        managedAccounts(ctx, filter, ACCOUNTS_PER_PAGE, (number - 1) * ACCOUNTS_PER_PAGE),
        countManagedAccounts(ctx, filter),
        managedUnits(ctx),
        roles(ctx),
      ])
      const address = addressOf(ctx, filter)
      return htmlPage(accountsPage(ctx, { rows, total, page: number, filter, units: mine, roles: all, address }))
    },
  }),
  page({
    path: `${LIST}.csv`,
    access: manage,
    handle: (ctx, req) => {
      const t = texts(ctx).staff
      const header = [t.name, t.email, t.kind, t.unit, t.rolesOf, t.state, t.created, t.lastLogin]
      return csvReply(t.csvName, header, exportRows(ctx, filterFrom(req)))
    },
  }),
  page({
    path: `${LIST}/neu`,
    access: manage,
    handle: (ctx) => newForm(ctx, { name: '', email: '', unit: '', errors: {} }),
  }),
  action({
    path: `${LIST}/neu`,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const typed = {
        name: req.form.get('name').replace(/\s+/g, ' ').trim(),
        email: req.form.get('email'),
        unit: req.form.get('unit'),
      }
      const checked = mailFrom(t, typed.email)
      const mine = await managedUnits(ctx)
      const errors = {
        ...(typed.name === '' ? { name: t.staff.errors.name } : {}),
        ...([...typed.name].length > 120 ? { name: t.errors.tooLong(120) } : {}),
        ...('error' in checked ? { email: checked.error } : {}),
        ...(mine.some((unit) => unit.id === typed.unit) ? {} : { unit: t.staff.errors.unit }),
      }
      if ('error' in checked || Object.keys(errors).length > 0) return newForm(ctx, { ...typed, errors })
      const result = await createStaff(ctx, {
        name: typed.name,
        email: checked.mail,
        unitId: typed.unit,
        locale: 'de',
      })
      if (result.ok) return redirect(`${LIST}/${result.value.id}?hinweis=eingeladen`)
      if (result.problem === 'mail-taken')
        return newForm(ctx, { ...typed, errors: { email: t.staff.errors.mailTaken } })
      return problem(fail('forbidden'))
    },
  }),
]
