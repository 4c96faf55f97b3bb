import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { fail, type Result } from '#platform/problem.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { clashesOf, type RuleProblem } from '../../domain/rule-problems.ts'
import { isPlanned, withoutVersion } from '../../domain/versions.ts'
import { readPlan, type Plan } from '../../store/plan.ts'
import { dropVersion, insertVersion, ruleVersions, type RuleVersion } from '../../store/rules.ts'
import { makeChange, type Change, type Choices, type Made } from './make-change.ts'

export const changeOfTakingBack = (taken: RuleVersion): Change => ({
  kind: 'rule',
  subject: taken.rule.id,
  from: taken.from ?? taken.rule.firstDay,
  of: ({ id }) => id === taken.rule.team,
  after: (before) => ({ ...before, rules: withoutVersion(before.rules, taken) }),
  says: {
    action: 'appointments.rule-taken-back',
    data: { team: taken.rule.team, version: taken.version, from: taken.from?.toString() ?? null },
  },
})

/** What goes on in its place; null: nothing does, for the rule has not begun. */
export function goesOnWithout(rules: readonly OpeningRule[], taken: RuleVersion): OpeningRule | null {
  const own = withoutVersion(rules, taken).filter(({ id }) => id === taken.rule.id)
  return (
    own.findLast(({ inForce }) => !inForce?.from || Temporal.PlainDate.compare(inForce.from, taken.from!) < 0) ?? null
  )
}

/** Another rule may have been planned for the hours that this version was to leave. */
export async function checkTakingBack(ctx: Ctx, taken: RuleVersion): Promise<RuleProblem[]> {
  return problemsIn(ctx, await readPlan(ctx), taken)
}

function problemsIn(ctx: Ctx, { rules }: Pick<Plan, 'rules'>, taken: RuleVersion): RuleProblem[] {
  const goesOn = goesOnWithout(rules, taken)
  const { id, team } = taken.rule
  const others = rules.filter((one) => one.team === team && one.id !== id)
  return goesOn ? clashesOf(goesOn, { today: today(ctx.clock), others }) : []
}

/**
 * Takes a version back that has not begun. The one before it is written once more, as the newest: so who had the rule open
 * is told, and the history says who did it.
 */
export const takeBack = (ctx: Ctx, taken: RuleVersion, seen: number, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfTakingBack(taken), choices, async (ctx, before) => {
    const { id } = taken.rule
    const versions = await ruleVersions(ctx, id)
    const stands = versions.some(({ version, replacedAt }) => version === taken.version && replacedAt === null)
    if (versions[0]?.version !== seen || !stands || !isPlanned(taken, today(ctx.clock))) return fail('edited-by-others')
    if (problemsIn(ctx, before, taken).length > 0) return fail('edited-by-others')
    const goesOn = goesOnWithout(before.rules, taken)
    // One moment for both: by it the history tells what fell away with what.
    const at = ctx.clock.now()
    await dropVersion(ctx, id, { from: taken.from, at })
    if (goesOn) await insertVersion(ctx, goesOn, seen + 1, { from: goesOn.inForce?.from ?? null, keepsLater: true, at })
    return null
  })
