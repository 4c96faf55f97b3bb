import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  badge,
  buttonForm,
  buttonGroup,
  details,
  emptyState,
  linkButton,
  pageHeading,
  section,
  table,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDay } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { firstDayOf, lastDayOf, type Opening, type OpeningRule } from '../../domain/rule.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { PLAN_STYLES, teamName } from './frame.ts'
import { openingsWords } from './openings.ts'
import { capital, ruleTitle, ruleWords } from './words.ts'

export interface TeamRule {
  /** The version of today, or the first one. */
  readonly rule: OpeningRule
  readonly later: readonly OpeningRule[]
}

export interface TeamView {
  readonly team: NamedTeam
  readonly office: Office | undefined
  /** Each with what is planned for it. */
  readonly rules: readonly TeamRule[]
  /** What is open in the next days, closing days and holidays counted. */
  readonly days: readonly { readonly day: Temporal.PlainDate; readonly openings: readonly Opening[] }[]
  readonly done: 'gespeichert' | 'zurueckgenommen' | null
}

/** `/workbench/termine/teams/:team`: when a team sees people, in plain words. */
export function teamPage(ctx: Ctx, { team, office, rules, days, done }: TeamView): Html {
  const t = texts(ctx).plan.team
  const name = teamName(ctx, team, office)
  const [current, ended] = [rules.filter((one) => !isOver(ctx, one)), rules.filter((one) => isOver(ctx, one))]
  const add = linkButton({
    label: t.add,
    kind: 'primary',
    href: href(ctx, `/workbench/termine/teams/${team.id}/regeln/neu`),
  })
  return layout(ctx, {
    title: name,
    styles: PLAN_STYLES,
    main: html`${backLink(ctx, href(ctx, '/workbench/termine'), t.back)}
    ${done ? alert(ctx, { kind: 'success', title: t.done[done], live: true }) : nothing}
    ${pageHeading({ title: name, actions: add })}
    ${section(
      { title: t.rules },
      current.length === 0
        ? emptyState({ title: t.empty, body: t.emptyBody, headingLevel: 3 })
        : html`<ul class="ap-rules">
            ${current.map((one) => html`<li>${ruleCard(ctx, one)}</li>`)}
          </ul>`,
      ended.length === 0
        ? nothing
        : details(
            { summary: t.ended },
            html`<ul class="ap-rules">
              ${ended.map((one) => html`<li>${ruleCard(ctx, one)}</li>`)}
            </ul>`,
          ),
    )}
    ${section({ title: t.next }, nextDays(ctx, days))}`,
  })
}

const isOver = (ctx: Ctx, { rule, later }: TeamRule) => {
  const last = lastDayOf(rule)
  return later.length === 0 && last !== null && Temporal.PlainDate.compare(last, today(ctx.clock)) < 0
}

function ruleCard(ctx: Ctx, one: TeamRule): Html {
  const t = texts(ctx).plan
  const { rule, later } = one
  const { seats, step, release, validity } = ruleWords(ctx, rule)
  const to = (path: string) => href(ctx, `/workbench/termine/regeln/${rule.id}${path}`)
  const about = ruleTitle(ctx, rule)
  const isUpcoming = Temporal.PlainDate.compare(firstDayOf(rule), today(ctx.clock)) > 0
  const standing = isOver(ctx, one)
    ? badge({ kind: 'neutral', label: t.team.over, small: true })
    : isUpcoming
      ? badge({ kind: 'info', label: t.team.upcoming, small: true })
      : badge({ kind: 'success', label: t.team.valid, small: true })
  return html`<article class="ap-rule">
    <h3 class="kern-title">${about}</h3>
    <p>${capital(seats)}; ${step}</p>
    <p>${standing} ${validity}${rule.onHolidays ? html`, ${t.words.holidays}` : nothing}; ${release}</p>
    ${later.map((planned) => plannedChange(ctx, planned))}
    ${buttonGroup(
      linkButton({ label: t.team.change, href: to(''), about }),
      isOver(ctx, one) || isUpcoming
        ? nothing
        : linkButton({ label: t.team.end, href: to('#ende'), kind: 'tertiary', about }),
      isUpcoming ? takeBack(ctx, rule, '', about) : nothing,
      linkButton({ label: t.team.history, href: to('/verlauf'), kind: 'tertiary', about }),
    )}
  </article>`
}

/** What will hold in the place of the version above, and since when. */
function plannedChange(ctx: Ctx, rule: OpeningRule): Html {
  const t = texts(ctx).plan.team
  const from = formatDate(ctx, firstDayOf(rule))
  const { seats, step } = ruleWords(ctx, rule)
  const day = rule.inForce!.from!.toString()
  return html`<div class="ap-rule__later">
    <p>${badge({ kind: 'info', label: t.from(from), small: true })} <strong>${ruleTitle(ctx, rule)}</strong>; ${seats}; ${step}.</p>
    ${buttonGroup(
      linkButton({
        label: t.changePlanned,
        href: href(ctx, `/workbench/termine/regeln/${rule.id}?ab=${day}`),
        kind: 'tertiary',
        about: t.from(from),
      }),
      takeBack(ctx, rule, day, t.from(from)),
    )}
  </div>`
}

/** Shows first whom that hits. */
const takeBack = (ctx: Ctx, { id }: OpeningRule, ab: string, about: string) =>
  buttonForm({
    action: href(ctx, `/workbench/termine/regeln/${id}/zuruecknehmen`),
    label: texts(ctx).plan.team.takeBack,
    kind: 'tertiary',
    fields: { ab },
    about,
  })

function nextDays(ctx: Ctx, days: TeamView['days']): Html {
  const t = texts(ctx).plan.team
  if (days.length === 0) return html`<p>${t.nextEmpty}</p>`
  return table(ctx, {
    caption: t.nextCaption,
    captionHidden: true,
    dense: true,
    rows: days,
    columns: [
      { key: 'day', title: t.day, nowrap: true, cell: ({ day }) => formatDay(ctx, day) },
      { key: 'times', title: t.times, cell: ({ openings }) => openingsWords(ctx, openings) },
    ],
  })
}
