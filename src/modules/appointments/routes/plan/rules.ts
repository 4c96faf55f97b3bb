import { accountsByIds } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { daysOpenedBy } from '../../domain/rule-problems.ts'
import { offerOf } from '../../offer.ts'
import { ruleVersion, ruleVersions, type RuleVersion } from '../../store/rules.ts'
import { changeOfRule, checkRule, saveRule, type WantedRule } from '../../use-cases/plan/change-rule.ts'
import { previewHits, type Made } from '../../use-cases/plan/make-change.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import {
  dayText,
  emptyRule,
  fieldsOfRule,
  readRule,
  typedInForm,
  typedOf,
  wordsOfProblems,
  type RuleErrors,
  type TypedRule,
} from '../../typed-rule.ts'
import { historyPage } from '../../views/plan/history.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { rulePreview } from '../../views/plan/rule-preview.ts'
import { ruleFormPage, type RuleFormView } from '../../views/plan/rule-form.ts'
import { choicesIn, stepIn } from './choices.ts'
import { plannedTeams, ruleParams, teamParams, withRule, withTeam, type OneTeam } from './one-team.ts'

const access = staff(PLAN)
/** So far ahead a preview looks. */
const PREVIEW_DAYS = 84

/** What somebody is at: the rule, the version that they saw, and where the form goes. */
interface Work {
  readonly one: OneTeam
  readonly id: string
  /** 0: there is none yet. */
  readonly seen: number
  readonly action: string
}

export const ruleRoutes: readonly Route[] = [
  page({
    path: '/workbench/termine/teams/:team/regeln/neu',
    access,
    params: teamParams,
    examples: async (ctx) =>
      (await plannedTeams(ctx)).teams.slice(0, 1).map(({ id }) => `/workbench/termine/teams/${id}/regeln/neu`),
    handle: withTeam((ctx, one) => formPage(ctx, newRule(one, newId()), emptyRule(dayText(today(ctx.clock))))),
  }),
  action({
    path: '/workbench/termine/teams/:team/regeln/neu',
    access,
    params: teamParams,
    handle: withTeam((ctx, one, req) => {
      const id = req.form.get('id')
      return isId(id) ? work(ctx, newRule(one, id), req.form) : problem(fail('bad-request'))
    }),
  }),
  page({
    path: '/workbench/termine/regeln/:id',
    access,
    params: ruleParams,
    examples: (ctx) => exampleRules(ctx, ''),
    handle: withRule((ctx, one) => {
      const { rule, version } = one.held
      return formPage(ctx, knownRule(one, rule.id, version), typedOf(rule))
    }),
  }),
  action({
    path: '/workbench/termine/regeln/:id',
    access,
    params: ruleParams,
    handle: withRule((ctx, one, req) => work(ctx, knownRule(one, one.held.rule.id, seenIn(req.form)), req.form)),
  }),
  action({
    path: '/workbench/termine/regeln/:id/ende',
    access,
    params: ruleParams,
    handle: withRule(async (ctx, one, req) => {
      const { rule } = one.held
      const lastDay = req.form.get('lastDay').trim().slice(0, 20)
      const typed = { ...typedOf(rule), lastDay }
      const current = knownRule(one, rule.id, seenIn(req.form))
      const read = await readAndCheck(ctx, current, typed)
      if (lastDay === '') return formPage(ctx, current, typed, { lastDay: texts(ctx).plan.problems.notADay })
      return 'errors' in read ? formPage(ctx, current, typed, read.errors) : preview(ctx, current, typed, read)
    }),
  }),
  page({
    path: '/workbench/termine/regeln/:id/verlauf',
    access,
    params: ruleParams,
    examples: (ctx) => exampleRules(ctx, '/verlauf'),
    handle: withRule(async (ctx, { name, held }) => {
      const versions = await ruleVersions(ctx, held.rule.id)
      return htmlPage(historyPage(ctx, { teamName: name, versions, nameOf: await namesOf(ctx, versions) }))
    }),
  }),
]

async function exampleRules(ctx: Ctx, behind: string): Promise<string[]> {
  const { plan, teams } = await plannedTeams(ctx)
  const rules = plan.rules.filter(({ team }) => teams.some(({ id }) => id === team))
  return rules.slice(0, 1).map(({ id }) => `/workbench/termine/regeln/${id}${behind}`)
}

async function namesOf(ctx: Ctx, versions: readonly RuleVersion[]): Promise<(id: string) => string> {
  const accounts = await accountsByIds(
    ctx,
    versions.flatMap(({ madeBy }) => madeBy ?? []),
  )
  return (id) => accounts.get(id)?.name ?? '–'
}

const newRule = (one: OneTeam, id: string): Work => ({
  one,
  id,
  seen: 0,
  action: `/workbench/termine/teams/${one.team.id}/regeln/neu`,
})
const knownRule = (one: OneTeam, id: string, seen: number): Work => ({
  one,
  id,
  seen,
  action: `/workbench/termine/regeln/${id}`,
})

/** The version that somebody had before them; -1 is none. */
function seenIn(form: FormFields): number {
  const typed = form.get('seen')
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : -1
}

/** The form, the preview or the deed, whichever button was pressed. */
async function work(ctx: Ctx, current: Work, form: FormFields): Promise<Reply> {
  const typed = typedInForm(form)
  const step = stepIn(form)
  if (step === 'form') return formPage(ctx, current, typed)
  const read = await readAndCheck(ctx, current, typed)
  if ('errors' in read) return formPage(ctx, current, typed, read.errors)
  if (step === 'preview') return preview(ctx, current, typed, read)
  const saved = await saveRule(ctx, read, choicesIn(form))
  if (saved.ok)
    return redirect(afterChange(saved.value, `/workbench/termine/teams/${current.one.team.id}?erledigt=gespeichert`))
  return saved.problem === 'edited-by-others' ? editedByOthers(ctx, current, typed) : problem(saved)
}

/** What follows from a change, or back where nothing does. */
export const afterChange = ({ id, hits }: Made, otherwise: string): string =>
  hits > 0 ? `/workbench/termine/aenderungen/${id}` : otherwise

async function readAndCheck(
  ctx: Ctx,
  { one, id, seen }: Work,
  typed: TypedRule,
): Promise<WantedRule | { readonly errors: RuleErrors }> {
  const read = readRule(ctx, typed, { id, team: one.team.id })
  if ('errors' in read) return read
  const wanted: WantedRule = { rule: read.rule, overMidnight: typed.overMidnight, seen }
  const problems = await checkRule(ctx, wanted)
  return problems.length > 0 ? { errors: wordsOfProblems(ctx, problems) } : wanted
}

const hiddenOf = ({ id, seen }: Work): (readonly [string, string])[] =>
  seen === 0 ? [['id', id]] : [['seen', String(seen)]]

function formPage(
  ctx: Ctx,
  current: Work,
  typed: TypedRule,
  errors: RuleErrors = {},
  more: Pick<RuleFormView, 'editedByOthers'> = { editedByOthers: null },
): Reply {
  const { one, seen, action } = current
  const status = more.editedByOthers ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return htmlPage(
    ruleFormPage(ctx, {
      teamName: one.name,
      back: `/workbench/termine/teams/${one.team.id}`,
      action,
      typed,
      hidden: hiddenOf(current),
      errors,
      isNew: seen === 0,
      end: seen === 0 ? null : { action: `${action}/ende`, lastDay: dayText(today(ctx.clock)) },
      ...more,
    }),
    { status },
  )
}

/** The form again, with what holds now: saving it once more is a decision. */
async function editedByOthers(ctx: Ctx, current: Work, typed: TypedRule): Promise<Reply> {
  const now = await ruleVersion(ctx, current.id, [current.one.team.office])
  const next = now ? knownRule(current.one, current.id, now.version) : current
  return formPage(ctx, next, typed, {}, { editedByOthers: { now: now?.rule ?? null } })
}

async function preview(ctx: Ctx, current: Work, typed: TypedRule, wanted: WantedRule): Promise<Reply> {
  const { one, action } = current
  const { rule } = wanted
  const closures = one.plan.closures.filter(({ office }) => office === null || office === one.team.office)
  const from = Temporal.PlainDate.compare(rule.firstDay, today(ctx.clock)) > 0 ? rule.firstDay : today(ctx.clock)
  const before = one.plan.rules.find(({ id }) => id === rule.id)
  const hasGap =
    before !== undefined &&
    Temporal.PlainDate.compare(rule.firstDay, today(ctx.clock)) > 0 &&
    Temporal.PlainDate.compare(rule.firstDay, before.firstDay) > 0
  return htmlPage(
    previewPage(ctx, {
      preline: one.name,
      back: { path: `/workbench/termine/teams/${one.team.id}`, label: one.name },
      what: rulePreview(ctx, rule, daysOpenedBy(rule, closures, { from, days: PREVIEW_DAYS }), hasGap),
      action,
      hidden: [...hiddenOf(current), ...fieldsOfRule(typed)],
      hits: await previewHits(ctx, changeOfRule(wanted)),
      offer: await offerOf(ctx),
    }),
  )
}
