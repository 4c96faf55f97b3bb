import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { queryText } from '#platform/http/query.ts'
import { checkSafeField } from '../../domain/check-data-safe.ts'
import { MANAGE } from '../../domain/default-roles.ts'
import { UNIT_ID } from '../../domain/unit.ts'
import { unitById, units, unitsWithStaff } from '../../store/units.ts'
import { texts } from '../../texts/index.ts'
import { managesAll } from '../../use-cases/administration.ts'
import { changeUnit, createUnit } from '../../use-cases/units.ts'
import { unitPage, unitsPage, type UnitForm } from '../../views/workbench/units.ts'
import { mailFrom } from '../input.ts'

const LIST = '/workbench/aemter'
const manage = staff(MANAGE)

const typedFrom = (form: Req['form'], id: string): UnitForm['typed'] => ({
  id,
  parent: form.get('parent'),
  de: form.get('de').trim(),
  en: form.get('en').trim(),
  telephone: form.get('telephone').trim(),
  email: form.get('email').trim(),
})

function errorsOf(ctx: Ctx, typed: UnitForm['typed']): Record<string, string> {
  const t = texts(ctx)
  const name = (key: 'de' | 'en') =>
    typed[key] === ''
      ? { [key]: t.staff.errors.name }
      : [...typed[key]].length > 80
        ? { [key]: t.errors.tooLong(80) }
        : {}
  const telephone = checkSafeField('telephone', typed.telephone, today(ctx.clock))
  const mail = typed.email === '' ? null : mailFrom(t, typed.email)
  return {
    ...(UNIT_ID.test(typed.id) && typed.id.length <= 40 && typed.id !== 'neu' ? {} : { id: t.staff.errors.id }),
    ...name('de'),
    ...name('en'),
    ...(telephone.ok ? {} : { telephone: t.errors.telephone }),
    ...(mail !== null && 'error' in mail ? { email: mail.error } : {}),
  }
}

const unitFrom = (typed: UnitForm['typed']) => ({
  id: typed.id,
  name: { de: typed.de, en: typed.en },
  telephone: typed.telephone || null,
  email: typed.email || null,
})

const shown = async (ctx: Ctx, o: Omit<UnitForm, 'units'>): Promise<Reply> =>
  htmlPage(unitPage(ctx, { ...o, units: await units(ctx) }), { status: Object.keys(o.errors).length > 0 ? 422 : 200 })

/** The tree is the city's: only who manages accounts in the root unit changes it. */
const forAll =
  (handle: (ctx: Ctx, req: Req) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req): Promise<Reply> =>
    (await managesAll(ctx)) ? handle(ctx, req) : problem(fail('forbidden'))

const EMPTY = { id: '', parent: '', de: '', en: '', telephone: '', email: '' }

export const unitsRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: manage,
    handle: async (ctx, req) => {
      const notice = queryText(req, 'hinweis') === 'gespeichert' ? texts(ctx).staff.changed : null
      return htmlPage(unitsPage(ctx, { units: await unitsWithStaff(ctx), mayChange: await managesAll(ctx), notice }))
    },
  }),
  page({
    path: `${LIST}.csv`,
    access: manage,
    handle: async (ctx) => {
      const t = texts(ctx).staff
      const rows = (await unitsWithStaff(ctx)).map((unit) => [
        unit.name[ctx.locale],
        unit.id,
        unit.telephone,
        unit.email,
        unit.staff,
      ])
      return csvReply(`${t.units}.csv`, [t.name, t.unitId, t.telephone, t.email, t.staffCount], rows)
    },
  }),
  page({
    path: `${LIST}/neu`,
    access: manage,
    handle: forAll((ctx) => shown(ctx, { id: null, typed: EMPTY, errors: {} })),
  }),
  action({
    path: `${LIST}/neu`,
    access: manage,
    handle: forAll(async (ctx, req) => {
      const t = texts(ctx).staff.errors
      const typed = typedFrom(req.form, req.form.get('id').trim())
      const errors = errorsOf(ctx, typed)
      if (Object.keys(errors).length > 0) return shown(ctx, { id: null, typed, errors })
      const result = await createUnit(ctx, { ...unitFrom(typed), parentId: typed.parent })
      if (result.ok) return redirect(`${LIST}?hinweis=gespeichert`)
      return shown(ctx, {
        id: null,
        typed,
        errors: result.problem === 'id-taken' ? { id: t.idTaken } : { parent: t.unit },
      })
    }),
  }),
  page({
    path: `${LIST}/:id`,
    access: manage,
    examples: () => [`${LIST}/rathaus`],
    handle: forAll(async (ctx, req) => {
      const unit = await unitById(ctx, req.params.id ?? '')
      if (!unit) return problem(fail('not-found'))
      const typed = { ...EMPTY, id: unit.id, ...unit.name, telephone: unit.telephone ?? '', email: unit.email ?? '' }
      return shown(ctx, { id: unit.id, typed, errors: {} })
    }),
  }),
  action({
    path: `${LIST}/:id`,
    access: manage,
    handle: forAll(async (ctx, req) => {
      const unit = await unitById(ctx, req.params.id ?? '')
      if (!unit) return problem(fail('not-found'))
      const typed = typedFrom(req.form, unit.id)
      const errors = errorsOf(ctx, typed)
      if (Object.keys(errors).length > 0) return shown(ctx, { id: unit.id, typed, errors })
      await changeUnit(ctx, unitFrom(typed))
      return redirect(`${LIST}?hinweis=gespeichert`)
    }),
  }),
]
