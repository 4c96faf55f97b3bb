import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { fail, type Result } from '#platform/problem.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { problemsOf, type RuleProblem } from '../../domain/rule-problems.ts'
import { withVersion, type PlannedVersion } from '../../domain/versions.ts'
import { readPlan, type Plan } from '../../store/plan.ts'
import { insertVersion, ruleVersions } from '../../store/rules.ts'
import { makeChange, type Change, type Choices, type Made } from './make-change.ts'

export interface WantedRule extends PlannedVersion {
  /** Whether its hours are meant to go on after midnight. */
  readonly overMidnight: boolean
  /** The version that somebody changes; 0 begins a rule. */
  readonly seen: number
}

export const changeOfRule = (wanted: WantedRule): Change => ({
  kind: 'rule',
  subject: wanted.rule.id,
  from: wanted.from,
  of: ({ id }) => id === wanted.rule.team,
  after: (before) => ({ ...before, rules: withVersion(before.rules, wanted) }),
  says: {
    action: wanted.seen === 0 ? 'appointments.rule-made' : 'appointments.rule-changed',
    data: { team: wanted.rule.team, version: wanted.seen + 1, from: wanted.from?.toString() ?? null },
  },
})

/** What stands in the plan of a wanted version: the days on which it holds are known by the others of its rule. */
export const placedIn = (rules: readonly OpeningRule[], wanted: WantedRule): OpeningRule =>
  withVersion(rules, wanted).find((one) => one.id === wanted.rule.id && sameDay(one.inForce?.from, wanted.from))!

const sameDay = (a: Temporal.PlainDate | null | undefined, b: Temporal.PlainDate | null) =>
  (a?.toString() ?? null) === (b?.toString() ?? null)

/** What contradicts itself, or another rule of the team as it stands now. */
export async function checkRule(ctx: Ctx, wanted: WantedRule): Promise<RuleProblem[]> {
  return problemsIn(ctx, await readPlan(ctx), wanted)
}

const problemsIn = (ctx: Ctx, { rules }: Pick<Plan, 'rules'>, wanted: WantedRule) =>
  problemsOf(placedIn(rules, wanted), {
    today: today(ctx.clock),
    isNew: wanted.seen === 0,
    overMidnight: wanted.overMidnight,
    others: rules.filter(({ id, team }) => team === wanted.rule.team && id !== wanted.rule.id),
  })

/** Begins a rule or adds a version to it, unless somebody else has been quicker. */
export const saveRule = (ctx: Ctx, wanted: WantedRule, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfRule(wanted), choices, async (ctx, before) => {
    const { rule, seen } = wanted
    const newest = (await ruleVersions(ctx, rule.id))[0]?.version ?? 0
    const isGone = seen > 0 && !before.rules.some(({ id }) => id === rule.id)
    if (newest !== seen || isGone) return fail('edited-by-others')
    if (problemsIn(ctx, before, wanted).length > 0) return fail('edited-by-others')
    await insertVersion(ctx, rule, seen + 1, wanted)
    return null
  })
