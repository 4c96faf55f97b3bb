import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import type { FormFields } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { readDay, dayText } from '#platform/time/day.ts'
import { openingsByDay } from '../../domain/plan.ts'
import { daysOpenedBy, tooShortFor } from '../../domain/rule-problems.ts'
import { firstDayOf, type OpeningRule } from '../../domain/rule.ts'
import { weekBeside } from '../../domain/seats-beside.ts'
import { replacedBy, versionOn, withVersion } from '../../domain/versions.ts'
import { offerOf } from '../../offer.ts'
import { standingVersions, type RuleVersion } from '../../store/rules.ts'
import { changeOfRule, checkRule, placedIn, saveRule, type WantedRule } from '../../use-cases/plan/change-rule.ts'
import { previewHits, type Made } from '../../use-cases/plan/make-change.ts'
import {
  fieldsOfRule,
  problemsBeside,
  readRule,
  typedInForm,
  typedOf,
  wordsOfProblems,
  type RuleErrors,
  type TypedRule,
} from '../../typed-rule.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { rulePreview } from '../../views/plan/rule-preview.ts'
import { ruleFormPage, type RuleFormView } from '../../views/plan/rule-form.ts'
import { choicesIn, stepIn } from './choices.ts'
import type { OneRule, OneTeam } from './one-team.ts'

/** So far ahead a preview looks. */
const PREVIEW_DAYS = 84

/** What somebody is at: the rule, the version that they saw, and where the form goes. */
interface Work {
  readonly one: OneTeam
  readonly id: string
  /** Number of the newest version; 0: there is none yet. */
  readonly seen: number
  /** Then a change applies from a day on; before that it is the rule from its beginning. */
  readonly hasBegun: boolean
  /** Versions that are to hold later. */
  readonly later: readonly RuleVersion[]
  readonly action: string
}

export const newRule = (one: OneTeam, id: string): Work => ({
  one,
  id,
  seen: 0,
  hasBegun: false,
  later: [],
  action: `/workbench/termine/teams/${one.team.id}/regeln/neu`,
})

export function knownRule(ctx: Ctx, one: OneRule, seen = newest(one.standing)): Work {
  const { held, standing } = one
  return {
    one,
    id: held.rule.id,
    seen,
    hasBegun: hasBegun(ctx, held.rule),
    later: standing.filter((version) => version !== held && isLater(ctx, version)),
    action: `/workbench/termine/regeln/${held.rule.id}`,
  }
}

const newest = (standing: readonly RuleVersion[]) => Math.max(...standing.map(({ version }) => version))
const hasBegun = (ctx: Ctx, { firstDay }: OpeningRule) => Temporal.PlainDate.compare(firstDay, today(ctx.clock)) <= 0
const isLater = (ctx: Ctx, { from }: RuleVersion) =>
  from !== null && Temporal.PlainDate.compare(from, today(ctx.clock)) > 0

/** A version in a form: a change of it applies from today on, or from the day from which it is planned. */
export const typedOfVersion = (ctx: Ctx, version: RuleVersion): TypedRule => ({
  ...typedOf(version.rule),
  from: hasBegun(ctx, version.rule) ? dayText(isLater(ctx, version) ? version.from! : today(ctx.clock)) : '',
  keepsLater: true,
})

/** The version that somebody had before them; -1 is none. */
export function seenIn(form: FormFields): number {
  const typed = form.get('seen')
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : -1
}

/** The form, the preview or the deed, whichever button was pressed. */
export async function work(ctx: Ctx, current: Work, form: FormFields): Promise<Reply> {
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

/** The preview of the rule with that last day: the version that would hold then is ended, and those after it fall away. */
export async function endRule(ctx: Ctx, one: OneRule, current: Work, lastDay: string): Promise<Reply> {
  const now = today(ctx.clock)
  const last = readDay(lastDay, { today: now, lean: 'coming' })
  const { date } = last
  const ended = date && Temporal.PlainDate.compare(date, now) > 0 ? versionOn(one.standing, date)! : one.held
  const typed = { ...typedOfVersion(ctx, ended), lastDay, keepsLater: false }
  if (!date) return formPage(ctx, current, typed, { lastDay: dayError(ctx, last, { required: true })! })
  const read = await readAndCheck(ctx, current, typed)
  return 'errors' in read ? formPage(ctx, current, typed, read.errors) : preview(ctx, current, typed, read)
}

/** What follows from a change, or back where nothing does. */
export const afterChange = ({ id, hits }: Made, otherwise: string): string =>
  hits > 0 ? `/workbench/termine/aenderungen/${id}` : otherwise

const ofTeam = ({ one, id }: Work) => ({ id, team: one.team.id })

async function readAndCheck(
  ctx: Ctx,
  current: Work,
  typed: TypedRule,
): Promise<WantedRule | { readonly errors: RuleErrors }> {
  const { errors, rule, from } = readRule(ctx, typed, ofTeam(current), current)
  const { overMidnight, keepsLater } = typed
  const wanted: WantedRule = { rule, from, overMidnight, keepsLater, seen: current.seen }
  const isRead = Object.keys(errors).length === 0
  // A change whose day nobody can read is judged as if it applied today.
  const judged = current.hasBegun && from === null ? { ...wanted, from: today(ctx.clock) } : wanted
  const found = await checkRule(ctx, judged)
  const problems = isRead ? found : problemsBeside(found, errors)
  return isRead && problems.length === 0 ? wanted : { errors: { ...wordsOfProblems(ctx, problems), ...errors } }
}

const hiddenOf = ({ id, seen }: Work): (readonly [string, string])[] =>
  seen === 0 ? [['id', id]] : [['seen', String(seen)]]

export function formPage(
  ctx: Ctx,
  current: Work,
  typed: TypedRule,
  errors: RuleErrors = {},
  more: Pick<RuleFormView, 'editedByOthers'> = { editedByOthers: null },
): Reply {
  const { one, seen, action, hasBegun, later } = current
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
      hasBegun,
      later,
      end: seen === 0 ? null : { action: `${action}/ende`, lastDay: dayText(today(ctx.clock)) },
      ...more,
    }),
    { status },
  )
}

/** The form again, with what holds now: saving it once more is a decision. */
async function editedByOthers(ctx: Ctx, current: Work, typed: TypedRule): Promise<Reply> {
  const { one, id } = current
  const standing = await standingVersions(ctx, id, [one.team.id])
  const held = versionOn(standing, today(ctx.clock))
  const next = held ? knownRule(ctx, { ...one, standing, held }) : current
  return formPage(ctx, next, typed, {}, { editedByOthers: { now: held?.rule ?? null } })
}

async function preview(ctx: Ctx, current: Work, typed: TypedRule, wanted: WantedRule): Promise<Reply> {
  const { one, action } = current
  const { rules } = one.plan
  const rule = placedIn(rules, wanted)
  const closures = one.plan.closures.filter(({ office }) => office === null || office === one.team.office)
  const first = firstDayOf(rule)
  const from = Temporal.PlainDate.compare(first, today(ctx.clock)) > 0 ? first : today(ctx.clock)
  const own = rules.filter(({ id }) => id === rule.id).map((one) => ({ rule: one, from: one.inForce?.from ?? null }))
  const days = daysOpenedBy(rule, closures, { from, days: PREVIEW_DAYS })
  const after = withVersion(rules, wanted)
  const open = openingsByDay({ rules: after, closures }, one.team)
  const services = one.plan.services.filter(({ slug }) => one.team.services.includes(slug))
  return htmlPage(
    previewPage(ctx, {
      kind: 'rule',
      preline: one.name,
      back: { path: `/workbench/termine/teams/${one.team.id}`, label: one.name },
      what: rulePreview(ctx, {
        rule,
        before: versionOn(own, from)?.rule ?? null,
        week: weekBeside({ before: rules, after }, rule, from),
        dropped: replacedBy(rules, wanted).filter(
          (one) => one.inForce?.from && Temporal.PlainDate.compare(one.inForce.from, from) > 0,
        ),
        days,
        tooShortFor: tooShortFor(
          rule,
          days.flatMap(({ day }) => [-1, 0, 1].flatMap((beside) => open(day.add({ days: beside })))),
          services,
        ),
      }),
      action,
      hidden: [...hiddenOf(current), ...fieldsOfRule(typed)],
      hits: await previewHits(ctx, changeOfRule(wanted)),
      offer: await offerOf(ctx),
    }),
  )
}
