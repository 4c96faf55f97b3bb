import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  badge,
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
import { formatDay } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import type { Opening, OpeningRule } from '../../domain/rule.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { PLAN_STYLES, teamName } from './frame.ts'
import { openingsWords } from './openings.ts'
import { capital, ruleTitle, ruleWords } from './words.ts'

export interface TeamView {
  readonly team: NamedTeam
  readonly office: Office | undefined
  readonly rules: readonly OpeningRule[]
  /** What is open in the next days, closing days and holidays counted. */
  readonly days: readonly { readonly day: Temporal.PlainDate; readonly openings: readonly Opening[] }[]
  readonly done: 'gespeichert' | null
}

/** `/workbench/termine/teams/:team`: when a team sees people, in plain words. */
export function teamPage(ctx: Ctx, { team, office, rules, days, done }: TeamView): Html {
  const t = texts(ctx).plan.team
  const name = teamName(ctx, team, office)
  const isOver = ({ lastDay }: OpeningRule) =>
    lastDay !== null && Temporal.PlainDate.compare(lastDay, today(ctx.clock)) < 0
  const [current, ended] = [rules.filter((rule) => !isOver(rule)), rules.filter(isOver)]
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
            ${current.map((rule) => html`<li>${ruleCard(ctx, rule)}</li>`)}
          </ul>`,
      ended.length === 0
        ? nothing
        : details(
            { summary: t.ended },
            html`<ul class="ap-rules">
              ${ended.map((rule) => html`<li>${ruleCard(ctx, rule)}</li>`)}
            </ul>`,
          ),
    )}
    ${section({ title: t.next }, nextDays(ctx, days))}`,
  })
}

function ruleCard(ctx: Ctx, rule: OpeningRule): Html {
  const t = texts(ctx).plan
  const { seats, step, release, validity } = ruleWords(ctx, rule)
  const to = (path: string) => href(ctx, `/workbench/termine/regeln/${rule.id}${path}`)
  const about = ruleTitle(ctx, rule)
  const isOver = rule.lastDay !== null && Temporal.PlainDate.compare(rule.lastDay, today(ctx.clock)) < 0
  const standing = isOver
    ? badge({ kind: 'neutral', label: t.team.over, small: true })
    : Temporal.PlainDate.compare(rule.firstDay, today(ctx.clock)) > 0
      ? badge({ kind: 'info', label: t.team.upcoming, small: true })
      : badge({ kind: 'success', label: t.team.valid, small: true })
  return html`<article class="ap-rule">
    <h3 class="kern-title">${about}</h3>
    <p>${capital(seats)}; ${step}</p>
    <p>${standing} ${validity}${rule.onHolidays ? html`, ${t.words.holidays}` : nothing}; ${release}</p>
    ${buttonGroup(
      linkButton({ label: t.team.change, href: to(''), about }),
      isOver ? nothing : linkButton({ label: t.team.end, href: to('#ende'), kind: 'tertiary', about }),
      linkButton({ label: t.team.history, href: to('/verlauf'), kind: 'tertiary', about }),
    )}
  </article>`
}

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
