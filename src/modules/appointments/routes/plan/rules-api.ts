import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { versionSeen } from '#platform/http/if-match.ts'
import { Problem } from '#platform/http/openapi.ts'
import { isId, queryDate } from '#platform/http/query.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { today } from '#platform/time/clock.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { sideBySide, versionOn } from '../../domain/versions.ts'
import { ruleOf, type StoredRule } from '../../store/plan.ts'
import { standingOfTeams, standingVersions, type RuleVersion } from '../../store/rules.ts'
import { changeOfRule, checkRule, saveRule, type WantedRule } from '../../use-cases/plan/change-rule.ts'
import { teamIdsFor, PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { wordsOfProblems } from '../../typed-rule.ts'
import {
  changed,
  Changed,
  Day,
  DecidingFields,
  RuleFields,
  SomeRuleFields,
  planTags,
  versionHeaders,
  type Deciding,
} from './plan-api.ts'
import { plannedTeams, ruleParams } from './one-team.ts'

const Version = Type.Object({
  version: Type.Integer(),
  from: Type.Union([Day, Type.Null()], { description: 'null: from the first day of the rule' }),
  until: Type.Union([Day, Type.Null()], { description: 'The day before the next version' }),
  ...RuleFields,
})
const Rule = Type.Object({
  id: Type.String({ format: 'uuid' }),
  team: Type.String(),
  office: Type.String(),
  version: Type.Integer({ description: 'The newest, for If-Match' }),
  versions: Type.Array(Version, { description: 'Side by side, each on its days' }),
})
const refusals = { 404: Problem, 409: Problem, 422: Problem }
const changeRefusals = { ...refusals, 412: Problem, 428: Problem }
const access = staff(PLAN)
const OverMidnight = Type.Optional(Type.Boolean({ description: 'Whether the hours are meant to go on after midnight' }))
const NewRule = Type.Object({
  id: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Yours: sent twice, it is one rule, and the second time is refused (409)',
    }),
  ),
  team: Type.String({ maxLength: 120 }),
  ...RuleFields,
  overMidnight: OverMidnight,
  ...DecidingFields,
})
const ChangedRule = Type.Object({
  from: Type.Optional({ ...Day, description: 'The change applies from that day on; today where nothing is said' }),
  keepsLater: Type.Optional(Type.Boolean({ description: 'Whether versions that begin later stay; true if not said' })),
  ...SomeRuleFields,
  overMidnight: OverMidnight,
  ...DecidingFields,
})

/** Opening hours for programs of the staff: with what the pages check, and whom a change hits. */
export const ruleApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/appointments/rules',
    access,
    summary: 'Rules of the teams for which the account plans, each with the versions that hold',
    tags: planTags,
    query: Type.Object({ office: Type.Optional(Type.String({ maxLength: 80 })) }),
    replies: { 200: Type.Object({ rules: Type.Array(Rule) }) },
    handle: async (ctx, { query }) => {
      const { teams } = await plannedTeams(ctx)
      const own = teams.filter(({ office }) => query.office === undefined || office === query.office)
      const rules = await standingOfTeams(
        ctx,
        own.map(({ id }) => id),
      )
      const officeOf = new Map(own.map(({ id, office }) => [id, office]))
      const byRule = [...Map.groupBy(rules, ({ rule }) => rule.id).values()]
      return jsonReply({ rules: byRule.map((own) => told(own, officeOf.get(own[0]!.rule.team)!)) })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/appointments/rules',
    access,
    summary: 'Begins a rule',
    tags: planTags,
    body: NewRule,
    replies: { 200: Changed, 201: Changed, ...refusals },
    handle: async (ctx, { body }) => {
      const { id = newId(), team, overMidnight = false } = body
      if (!isId(id) || !(await plannedTeams(ctx)).teams.some((one) => one.id === team))
        return problem(fail('not-found'))
      const rule = ruleOf(id, team, contentOf(body))
      return save(ctx, { rule, from: null, keepsLater: false, overMidnight, seen: 0 }, body)
    },
  }),
  api({
    method: 'PATCH',
    path: '/api/v1/appointments/rules/:id',
    access,
    summary: 'Changes a rule from a day on; until then it goes on as it was',
    tags: planTags,
    params: ruleParams,
    body: ChangedRule,
    alsoReads: versionHeaders,
    replies: { 200: Changed, ...changeRefusals },
    handle: async (ctx, req) => {
      const { body } = req
      const seen = versionSeen(req.headers)
      if (seen === null) return problem(fail('version-required'))
      const standing = await standingVersions(ctx, req.params.id, await teamIdsFor(ctx, PLAN))
      const from = body.from === undefined ? today(ctx.clock) : Temporal.PlainDate.from(body.from)
      const before = versionOn(standing, from)
      if (!before) return problem(fail('not-found'))
      const { id, team } = before.rule
      if (body.from !== undefined && !hasBegun(ctx, standing) && !from.equals(before.rule.firstDay))
        return problem(fail('invalid-input', { fields: { from: texts(ctx).plan.problems.fromBeforeBegin } }))
      const rule = ruleOf(id, team, contentOf({ ...asJson(before.rule), ...body }))
      return save(
        ctx,
        {
          rule,
          from: hasBegun(ctx, standing) ? laterOf(from, rule.firstDay) : null,
          keepsLater: body.keepsLater ?? true,
          // Where nothing is said a night stays one, and nothing becomes one by mistake.
          overMidnight:
            body.overMidnight ?? before.rule.hours.some(({ from, to }) => Temporal.PlainTime.compare(to, from) < 0),
          seen,
        },
        body,
      )
    },
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/appointments/rules/:id',
    access,
    summary: 'Ends a rule: `lastDay` is the last one on which it holds, yesterday where nothing is said',
    tags: planTags,
    params: ruleParams,
    query: Type.Object({ lastDay: Type.Optional(Day), ...DecidingFields }),
    alsoReads: versionHeaders,
    replies: { 200: Changed, ...changeRefusals },
    handle: async (ctx, req) => {
      const seen = versionSeen(req.headers)
      if (seen === null) return problem(fail('version-required'))
      const standing = await standingVersions(ctx, req.params.id, await teamIdsFor(ctx, PLAN))
      const now = today(ctx.clock)
      const lastDay = queryDate({ query: req.query }, 'lastDay').date ?? now.subtract({ days: 1 })
      const ended = versionOn(standing, laterOf(lastDay, now))
      if (!ended) return problem(fail('not-found'))
      const from = hasBegun(ctx, standing) ? laterOf(ended.from ?? now, now) : null
      const rule = { ...ended.rule, lastDay }
      return save(ctx, { rule, from, keepsLater: false, overMidnight: true, seen }, req.query)
    },
  }),
]

/** Checked as on the page; what is wrong is named by the fields of the document. */
async function save(ctx: Ctx, wanted: WantedRule, asked: Deciding): Promise<Reply> {
  const problems = await checkRule(ctx, wanted)
  if (problems.length > 0) {
    const words = Object.entries(wordsOfProblems(ctx, problems))
    return problem(
      fail('invalid-input', { fields: Object.fromEntries(words.map(([at, said]) => [FIELDS[at] ?? at, said])) }),
    )
  }
  const status = wanted.seen === 0 ? 201 : 200
  return changed(ctx, changeOfRule(wanted), asked, (choices) => saveRule(ctx, wanted, choices), { status })
}

const FIELDS: Readonly<Record<string, string>> = {
  weekdays: 'days/weekdays',
  everyWeeks: 'days/everyWeeks',
  public: 'seats',
  step: 'stepMinutes',
  weeksAhead: 'release/weeksAhead',
}

/** Of a rule as JSON has it, and nothing else. */
const contentOf = (rule: StoredRule): StoredRule =>
  Object.fromEntries(
    Object.keys(RuleFields).map((name) => [name, rule[name as keyof StoredRule]]),
  ) as unknown as StoredRule

const asJson = (rule: OpeningRule) => contentOf(JSON.parse(JSON.stringify(rule)) as StoredRule)

const hasBegun = (ctx: Ctx, [first]: readonly RuleVersion[]) =>
  first !== undefined && Temporal.PlainDate.compare(first.rule.firstDay, today(ctx.clock)) <= 0

const laterOf = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)

function told(standing: readonly RuleVersion[], office: string) {
  const { id, team } = standing[0]!.rule
  const placed = sideBySide(standing)
  return {
    id,
    team,
    office,
    version: Math.max(...standing.map(({ version }) => version)),
    versions: standing.map(({ version, rule, from }, i) => ({
      version,
      from: from?.toString() ?? null,
      until: placed[i]!.inForce?.until?.toString() ?? null,
      ...asJson(rule),
    })),
  }
}
