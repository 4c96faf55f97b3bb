import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { Type } from '#platform/schema.ts'
import type { Req } from '#platform/http/route.ts'
import { problem, type Reply } from '#platform/http/reply.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { versionOn } from '../../domain/versions.ts'
import { readPlan, teamsFor, type NamedTeam, type Plan } from '../../store/plan.ts'
import { standingVersions, type RuleVersion } from '../../store/rules.ts'
import { officesFor, PLAN, teamIdsFor } from '../../use-cases/plan/offices.ts'
import { teamName } from '../../views/plan/frame.ts'

/** A team for which the account plans, with its house. */
export interface OneTeam {
  readonly team: NamedTeam
  readonly office: Office
  readonly name: string
  readonly plan: Plan
}

export const teamParams = Type.Object({ team: Type.String({ maxLength: 120 }) })
export const ruleParams = Type.Object({ id: Type.String({ maxLength: 40 }) })

async function oneTeam(ctx: Ctx, id: string): Promise<OneTeam | null> {
  const [offices, plan, own] = [await officesFor(ctx, PLAN), await readPlan(ctx), await teamsFor(ctx, PLAN)]
  const team = own.find((one) => one.id === id)
  const office = team && offices.find(({ slug }) => slug === team.office)
  return team && office ? { team, office, name: teamName(ctx, team, office), plan } : null
}

type TeamReq = Req<{ team: string }, any>
type RuleReq = Req<{ id: string }, any>

/** Pages of a team for which the account plans; what is of another one is not there. */
export const withTeam =
  (handle: (ctx: Ctx, one: OneTeam, req: TeamReq) => Promise<Reply> | Reply) =>
  async (ctx: Ctx, req: TeamReq): Promise<Reply> => {
    const one = await oneTeam(ctx, req.params.team)
    return one ? handle(ctx, one, req) : problem(fail('not-found'))
  }

export interface OneRule extends OneTeam {
  /** The versions that hold, each on its days. */
  readonly standing: readonly RuleVersion[]
  /** The one of today. */
  readonly held: RuleVersion
}

export const withRule =
  (handle: (ctx: Ctx, one: OneRule, req: RuleReq) => Promise<Reply> | Reply) =>
  async (ctx: Ctx, req: RuleReq): Promise<Reply> => {
    const standing = await standingVersions(ctx, req.params.id, await teamIdsFor(ctx, PLAN))
    const held = versionOn(standing, today(ctx.clock))
    const one = held && (await oneTeam(ctx, held.rule.team))
    return one ? handle(ctx, { ...one, standing, held }, req) : problem(fail('not-found'))
  }

/** Teams of the units for which the account plans, and their houses. */
export async function plannedTeams(ctx: Ctx): Promise<{ offices: Office[]; plan: Plan; teams: NamedTeam[] }> {
  const [offices, plan, teams] = [await officesFor(ctx, PLAN), await readPlan(ctx), await teamsFor(ctx, PLAN)]
  const slugs = offices.map(({ slug }) => slug)
  return { offices, plan, teams: teams.toSorted((a, b) => slugs.indexOf(a.office) - slugs.indexOf(b.office)) }
}
