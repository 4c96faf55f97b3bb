import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { fail, type Result } from '#platform/problem.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { problemsOf, type RuleProblem } from '../../domain/rule-problems.ts'
import { readPlan, type Plan } from '../../store/plan.ts'
import { insertVersion, ruleVersions } from '../../store/rules.ts'
import { makeChange, type Change, type Choices, type Made } from './make-change.ts'

export interface WantedRule {
  readonly rule: OpeningRule
  /** Whether its hours are meant to go on after midnight. */
  readonly overMidnight: boolean
  /** The version that somebody changes; 0 begins a rule. */
  readonly seen: number
}

export const changeOfRule = ({ rule, seen }: Pick<WantedRule, 'rule' | 'seen'>): Change => ({
  kind: 'rule',
  subject: rule.id,
  of: ({ id }) => id === rule.team,
  after: (before) => ({ ...before, rules: [...before.rules.filter(({ id }) => id !== rule.id), rule] }),
  says: {
    action: seen === 0 ? 'appointments.rule-made' : 'appointments.rule-changed',
    data: { team: rule.team, version: seen + 1 },
  },
})

/** What contradicts itself, or another rule of the team as it stands now. */
export async function checkRule(ctx: Ctx, wanted: WantedRule): Promise<RuleProblem[]> {
  return problemsIn(ctx, await readPlan(ctx), wanted)
}

const problemsIn = (ctx: Ctx, { rules }: Pick<Plan, 'rules'>, { rule, overMidnight, seen }: WantedRule) =>
  problemsOf(rule, {
    today: today(ctx.clock),
    isNew: seen === 0,
    overMidnight,
    others: rules.filter(({ id, team }) => team === rule.team && id !== rule.id),
  })

/** Begins a rule or adds a version to it, unless somebody else has been quicker. */
export const saveRule = (ctx: Ctx, wanted: WantedRule, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfRule(wanted), choices, async (ctx, before) => {
    const { rule, seen } = wanted
    const newest = (await ruleVersions(ctx, rule.id))[0]?.version ?? 0
    if (newest !== seen) return fail('edited-by-others')
    if (problemsIn(ctx, before, wanted).length > 0) return fail('edited-by-others')
    await insertVersion(ctx, rule, seen + 1)
    return null
  })
