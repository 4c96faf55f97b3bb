import type { Ctx } from '#platform/context.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { queryChoice } from '#platform/http/query.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { inOrderOfWeek, openingsByDay } from '../../domain/plan.ts'
import { firstDayOf, lastDayOf, type OpeningRule } from '../../domain/rule.ts'
import { versionOn } from '../../domain/versions.ts'
import { changesWithHits } from '../../store/plan-changes.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { officesPage } from '../../views/plan/offices.ts'
import { teamPage, type TeamRule } from '../../views/plan/team.ts'
import { plannedTeams, teamParams, withTeam } from './one-team.ts'

const CHANGES_SHOWN = 10
const DAYS_SHOWN = 14

export const teamRoutes: readonly Route[] = [
  page({
    path: '/workbench/termine',
    access: staff(PLAN),
    handle: async (ctx) => {
      const { offices, teams } = await teamsWithRules(ctx)
      const changes = await changesWithHits(
        ctx,
        teams.map(({ team }) => team.id),
        CHANGES_SHOWN,
      )
      return htmlPage(officesPage(ctx, { offices, changes, teams }))
    },
  }),
  page({
    path: '/workbench/termine/teams/:team',
    access: staff(PLAN),
    params: teamParams,
    examples: async (ctx) =>
      (await plannedTeams(ctx)).teams.slice(0, 2).map(({ id }) => `/workbench/termine/teams/${id}`),
    handle: withTeam((ctx, { team, office, plan }, req) => {
      const open = openingsByDay(plan, team)
      const days = Array.from({ length: DAYS_SHOWN }, (_, i) => today(ctx.clock).add({ days: i }))
      return htmlPage(
        teamPage(ctx, {
          team,
          office,
          rules: withPlanned(
            ctx,
            plan.rules.filter((rule) => rule.team === team.id),
          ),
          days: days.map((day) => ({ day, openings: open(day) })).filter(({ openings }) => openings.length > 0),
          done: queryChoice(req, 'erledigt', ['gespeichert', 'zurueckgenommen']),
        }),
      )
    }),
  }),
]

/** Each rule as it is today, with what is planned for it. */
function withPlanned(ctx: Ctx, rules: readonly OpeningRule[]): TeamRule[] {
  const versions = [...Map.groupBy(rules, ({ id }) => id).values()].map((own) => {
    const rule = versionOn(
      own.map((one) => ({ rule: one, from: one.inForce?.from ?? null })),
      today(ctx.clock),
    )!.rule
    const isLater = (one: OpeningRule) => Temporal.PlainDate.compare(firstDayOf(one), firstDayOf(rule)) > 0
    return { rule, later: own.filter(isLater) }
  })
  const order = inOrderOfWeek(versions.map(({ rule }) => rule))
  return versions.toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule))
}

/** Teams for which the account plans, with the rules that hold or will. */
export async function teamsWithRules(ctx: Ctx) {
  const { offices, plan, teams } = await plannedTeams(ctx)
  const now = today(ctx.clock)
  const holds = (rule: OpeningRule) => {
    const last = lastDayOf(rule)
    return last === null || Temporal.PlainDate.compare(last, now) >= 0
  }
  return {
    offices,
    teams: teams.map((team) => ({
      team,
      rules: inOrderOfWeek(plan.rules.filter((rule) => rule.team === team.id && holds(rule))),
    })),
  }
}
