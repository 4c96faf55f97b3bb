import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { csvButton, emptyState, link, pageHeading, section, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { firstDayOf, type OpeningRule } from '../../domain/rule.ts'
import type { ListedChange } from '../../store/plan-changes.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { planTabs, teamName } from './frame.ts'
import { ruleTitle } from './words.ts'

export interface OfficesView {
  readonly offices: readonly Office[]
  readonly teams: readonly { readonly team: NamedTeam; readonly rules: readonly OpeningRule[] }[]
  readonly changes: readonly ListedChange[]
}

/** `/workbench/termine`: teams of the offices for which somebody plans, each with its hours in words. */
export function officesPage(ctx: Ctx, { offices, teams, changes }: OfficesView): Html {
  const t = texts(ctx).plan.offices
  const officeOf = (slug: string) => offices.find((office) => office.slug === slug)
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({ title: t.title, lead: t.lead, actions: csvButton(ctx, href(ctx, '/workbench/termine.csv')) })} ${planTabs(ctx, 'offices')}
    ${table(ctx, {
      caption: t.title,
      captionHidden: true,
      dense: true,
      rows: teams,
      columns: [
        {
          key: 'team',
          title: t.team,
          cell: ({ team }) =>
            link(href(ctx, `/workbench/termine/teams/${team.id}`), teamName(ctx, team, officeOf(team.office))),
        },
        {
          key: 'matters',
          title: texts(ctx).booking.services,
          numeric: true,
          cell: ({ team }) => formatNumber(ctx, team.services.length),
        },
        {
          key: 'hours',
          title: t.hours,
          cell: ({ rules }) =>
            rules.length === 0
              ? t.noRules
              : rules.map((rule, i) => html`${i > 0 ? html`<br>` : ''}${titleInList(ctx, rule)}`),
        },
      ],
      empty: emptyState({ title: t.emptyTitle, body: t.emptyBody }),
    })}
    ${teams.length === 0 ? '' : section({ title: t.changes }, changesTable(ctx, changes, officeOf))}`,
  })
}

/** What is to hold later says so. */
function titleInList(ctx: Ctx, rule: OpeningRule): string {
  const first = firstDayOf(rule)
  const isLater = Temporal.PlainDate.compare(first, today(ctx.clock)) > 0
  return isLater
    ? `${ruleTitle(ctx, rule)} (${texts(ctx).plan.words.from(formatDate(ctx, first))})`
    : ruleTitle(ctx, rule)
}

function changesTable(
  ctx: Ctx,
  changes: readonly ListedChange[],
  officeOf: (slug: string) => Office | undefined,
): Html {
  const t = texts(ctx).plan
  if (changes.length === 0) return html`<p>${t.offices.changesEmpty}</p>`
  return table(ctx, {
    caption: t.offices.changes,
    captionHidden: true,
    dense: true,
    rows: changes,
    columns: [
      {
        key: 'what',
        title: t.change.whatChanged,
        cell: ({ id, kind }) => link(href(ctx, `/workbench/termine/aenderungen/${id}`), t.change.title[kind]),
      },
      { key: 'when', title: t.change.when, nowrap: true, cell: ({ madeAt }) => formatDateTime(ctx, madeAt) },
      {
        key: 'where',
        title: t.change.where,
        cell: ({ offices }) =>
          offices.length > 1 ? t.closures.all : (officeOf(offices[0]!)?.name[ctx.locale] ?? offices[0]),
      },
      { key: 'hits', title: t.change.count, cell: ({ hits }) => t.change.hits(hits, formatNumber(ctx, hits)) },
      {
        key: 'open',
        title: t.change.outcome,
        cell: ({ open }) => (open === 0 ? t.change.done : t.change.openCount(formatNumber(ctx, open))),
      },
    ],
  })
}
