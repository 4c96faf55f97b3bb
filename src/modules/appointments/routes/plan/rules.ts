import { accountsByIds } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { ruleVersions, type RuleVersion } from '../../store/rules.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { emptyRule } from '../../typed-rule.ts'
import { historyPage } from '../../views/plan/history.ts'
import { endRule, formPage, knownRule, newRule, seenIn, typedOfVersion, work } from './rule-work.ts'
import { plannedTeams, ruleParams, teamParams, withRule, withTeam } from './one-team.ts'

const access = staff(PLAN)

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
    // `ab`: the day of a version that is planned for later, and is to be changed before it begins.
    handle: withRule((ctx, one, req) => {
      const wanted = queryText(req, 'ab')
      const version = one.standing.find(({ from }) => from?.toString() === wanted) ?? one.held
      return formPage(ctx, knownRule(ctx, one), typedOfVersion(ctx, version))
    }),
  }),
  action({
    path: '/workbench/termine/regeln/:id',
    access,
    params: ruleParams,
    handle: withRule((ctx, one, req) => work(ctx, knownRule(ctx, one, seenIn(req.form)), req.form)),
  }),
  action({
    path: '/workbench/termine/regeln/:id/ende',
    access,
    params: ruleParams,
    handle: withRule((ctx, one, req) =>
      endRule(ctx, one, knownRule(ctx, one, seenIn(req.form)), req.form.get('lastDay').trim().slice(0, 20)),
    ),
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

/** One that has a planned change, where there is one: more is to be seen there. */
async function exampleRules(ctx: Ctx, behind: string): Promise<string[]> {
  const { plan, teams } = await plannedTeams(ctx)
  const rules = plan.rules.filter(({ team }) => teams.some(({ id }) => id === team))
  const example = rules.find(({ inForce }) => inForce?.until) ?? rules[0]
  return example ? [`/workbench/termine/regeln/${example.id}${behind}`] : []
}

async function namesOf(ctx: Ctx, versions: readonly RuleVersion[]): Promise<(id: string) => string> {
  const accounts = await accountsByIds(
    ctx,
    versions.flatMap(({ madeBy }) => madeBy ?? []),
  )
  return (id) => accounts.get(id)?.name ?? '–'
}
