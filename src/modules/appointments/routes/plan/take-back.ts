import type { Ctx } from '#platform/context.ts'
import { versionSeen } from '#platform/http/if-match.ts'
import { Problem } from '#platform/http/openapi.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, api, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { today } from '#platform/time/clock.ts'
import { weekBeside } from '../../domain/seats-beside.ts'
import { isPlanned, withoutVersion } from '../../domain/versions.ts'
import { offerOf } from '../../offer.ts'
import { standingVersions, type RuleVersion } from '../../store/rules.ts'
import { texts } from '../../texts/index.ts'
import { wordsOfProblems } from '../../typed-rule.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { teamIdsFor, PLAN } from '../../use-cases/plan/offices.ts'
import { changeOfTakingBack, checkTakingBack, goesOnWithout, takeBack } from '../../use-cases/plan/take-back.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { takeBackPreview } from '../../views/plan/take-back.ts'
import { choicesIn, stepIn } from './choices.ts'
import { ruleParams, withRule, type OneRule } from './one-team.ts'
import { changed, Changed, DecidingFields, planTags, versionHeaders } from './plan-api.ts'
import { afterChange, seenIn } from './rule-work.ts'

const access = staff(PLAN)
const versionParams = Type.Object({ id: Type.String({ maxLength: 40 }), version: Type.Integer({ minimum: 1 }) })

/** What is planned and has not begun is taken back, with whom that hits. */
export const takeBackRoutes: readonly Route[] = [
  action({
    path: '/workbench/termine/regeln/:id/zuruecknehmen',
    access,
    params: ruleParams,
    handle: withRule((ctx, one, req) => work(ctx, one, req.form)),
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/appointments/rules/:id/versions/:version',
    access,
    summary:
      'Takes back a version that has not begun: the one before it goes on; without its only one there is no rule',
    tags: planTags,
    params: versionParams,
    query: Type.Object(DecidingFields),
    alsoReads: versionHeaders,
    replies: { 200: Changed, 404: Problem, 409: Problem, 412: Problem, 422: Problem, 428: Problem },
    handle: async (ctx, req) => {
      const seen = versionSeen(req.headers)
      if (seen === null) return problem(fail('version-required'))
      const standing = await standingVersions(ctx, req.params.id, await teamIdsFor(ctx, PLAN))
      const taken = standing.find(({ version }) => version === req.params.version)
      if (!taken) return problem(fail('not-found'))
      const wrong = await whyNot(ctx, taken)
      if (wrong) return problem(fail('invalid-input', { fields: { version: wrong } }))
      return changed(ctx, changeOfTakingBack(taken), req.query, (choices) => takeBack(ctx, taken, seen, choices))
    },
  }),
]

async function work(ctx: Ctx, one: OneRule, form: FormFields): Promise<Reply> {
  const { team, standing } = one
  const back = `/workbench/termine/teams/${team.id}`
  const step = stepIn(form)
  if (step === 'form') return redirect(back)
  const taken = standing.find(({ from }) => (from?.toString() ?? '') === form.get('ab'))
  // Somebody else has taken it back, or has put another one in its place.
  if (!taken) return problem(fail('edited-by-others'))
  const wrong = await whyNot(ctx, taken)
  if (step === 'preview' || wrong) return preview(ctx, one, taken, wrong)
  const done = await takeBack(ctx, taken, seenIn(form), choicesIn(form))
  return done.ok ? redirect(afterChange(done.value, `${back}?erledigt=zurueckgenommen`)) : problem(done)
}

async function whyNot(ctx: Ctx, taken: RuleVersion): Promise<string | null> {
  if (!isPlanned(taken, today(ctx.clock))) return texts(ctx).plan.takeBack.hasBegun
  const [words] = Object.values(wordsOfProblems(ctx, await checkTakingBack(ctx, taken)))
  return words ?? null
}

async function preview(ctx: Ctx, one: OneRule, taken: RuleVersion, refused: string | null): Promise<Reply> {
  const t = texts(ctx).plan.takeBack
  const { rules } = one.plan
  const { id, team } = taken.rule
  const back = `/workbench/termine/teams/${team}`
  const week = weekBeside({ before: rules, after: withoutVersion(rules, taken) }, taken.rule, firstDay(taken))
  const seen = Math.max(...one.standing.map(({ version }) => version))
  return htmlPage(
    previewPage(ctx, {
      kind: 'rule',
      preline: one.name,
      back: { path: back, label: one.name },
      what: takeBackPreview(ctx, { taken: taken.rule, goesOn: goesOnWithout(rules, taken), week }),
      action: `/workbench/termine/regeln/${id}/zuruecknehmen`,
      hidden: [
        ['ab', taken.from?.toString() ?? ''],
        ['seen', String(seen)],
      ],
      hits: await previewHits(ctx, changeOfTakingBack(taken)),
      offer: await offerOf(ctx),
      words: { title: taken.from ? t.title : t.titleRule, save: t.save, back: t.back },
      refused,
    }),
    { status: refused ? 422 : 200 },
  )
}

const firstDay = ({ rule, from }: RuleVersion) => from ?? rule.firstDay
