import { accountById } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { offerOf } from '../../offer.ts'
import { changesWithHits, displacedWithBookings, planChange, type PlanChange } from '../../store/plan-changes.ts'
import { PLAN, teamIdsFor, WORK } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { changePage } from '../../views/plan/change.ts'
import { PEOPLE } from '../../views/plan/people.ts'
import { ruleParams } from './one-team.ts'

export const changeRoutes: readonly Route[] = [
  page({
    path: '/workbench/termine/aenderungen/:id',
    access: staff(PLAN),
    params: ruleParams,
    examples: async (ctx) =>
      (await changesWithHits(ctx, await teamIdsFor(ctx, PLAN), 1)).map(
        ({ id }) => `/workbench/termine/aenderungen/${id}`,
      ),
    handle: async (ctx, req) => {
      const change = await planChange(ctx, req.params.id)
      const teams = await teamIdsFor(ctx, PLAN)
      if (!change?.teams.some((team) => teams.includes(team))) return problem(fail('not-found'))
      const working = await teamIdsFor(ctx, WORK)
      const displaced = (await displacedWithBookings(ctx, change.id)).filter(
        ({ now }) => now === null || teams.includes(now.team),
      )
      return htmlPage(
        changePage(ctx, {
          change,
          displaced,
          madeBy: await nameOf(ctx, change),
          offer: await offerOf(ctx),
          back: backOf(ctx, change),
          mayOpen: ({ team }) => working.includes(team),
        }),
      )
    },
  }),
]

function backOf(ctx: Ctx, { kind }: PlanChange) {
  const t = texts(ctx).plan.change
  if (kind === 'duty' || kind === 'qualification') return { path: PEOPLE, label: t.backToPeople }
  return { path: kind === 'closure' ? '/workbench/termine/schliesstage' : '/workbench/termine', label: t.back }
}

async function nameOf(ctx: Ctx, { madeBy }: PlanChange): Promise<string | null> {
  return madeBy === null ? null : ((await accountById(ctx, madeBy))?.name ?? null)
}
