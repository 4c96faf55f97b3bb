import type { Ctx } from '#platform/context.ts'
import { may } from '#platform/auth/principal.ts'
import { alert, csvButton, emptyState, link, pageHeading, section, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { missedPercent, type Widening } from '../../domain/widening.ts'
import { titleIn, type Offer } from '../../offer.ts'
import type { AttendanceCount } from '../../store/attendance.ts'
import { texts } from '../../texts/index.ts'
import { WORK } from '../../use-cases/plan/offices.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'

export interface MissedTeam {
  readonly id: string
  readonly name: string
  readonly booked: number
  readonly missed: number
  readonly rule: Widening | null
}

export interface MissedView {
  readonly teams: readonly MissedTeam[]
  readonly counts: readonly AttendanceCount[]
  readonly offer: Offer
  readonly done: 'gespeichert' | 'beendet' | null
}

const PATH = '/workbench/termine/ausfaelle'

/** `/workbench/termine/ausfaelle`: how many did not come, and what teams do about it. */
export function missedPage(ctx: Ctx, { teams, counts, offer, done }: MissedView): Html {
  const t = texts(ctx).plan.missed
  const number = (value: number) => formatNumber(ctx, value)
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    main: html`${done ? alert(ctx, { kind: 'success', title: t.done[done], live: true }) : nothing}
    ${pageHeading({ title: t.title, lead: t.lead })} ${planTabs(ctx, 'missed')}
    ${may(ctx, WORK) ? html`<p>${link(href(ctx, `${PATH}/auffaelliges`), t.toPatterns)}</p>` : nothing}
    ${table(ctx, {
      caption: t.byTeam,
      dense: true,
      rows: teams,
      empty: emptyState({ title: texts(ctx).plan.offices.emptyTitle, body: texts(ctx).plan.offices.emptyBody }),
      columns: [
        { key: 'team', title: t.team, cell: ({ name }) => name },
        { key: 'booked', title: t.booked, numeric: true, cell: ({ booked }) => number(booked) },
        { key: 'missed', title: t.missed, numeric: true, cell: ({ missed }) => number(missed) },
        { key: 'share', title: t.share, numeric: true, cell: (team) => percentWords(ctx, missedPercent(team)) },
        {
          key: 'rule',
          title: t.rule,
          cell: ({ id, name, rule }) =>
            html`${rule ? html`${ruleWords(ctx, rule)}<br>` : nothing}${link(href(ctx, `${PATH}/regel/${id}`), rule ? t.change : t.set, { about: name })}`,
        },
      ],
    })}
    ${section(
      { title: t.byService },
      table(ctx, {
        caption: t.byService,
        captionHidden: true,
        dense: true,
        rows: counts,
        empty: emptyState({ title: t.nothingCounted, body: t.nothingCountedBody }),
        columns: [
          { key: 'service', title: t.service, cell: ({ service }) => titleIn(offer, service) },
          { key: 'team', title: t.team, cell: ({ team }) => teams.find(({ id }) => id === team)?.name ?? team },
          { key: 'booked', title: t.booked, numeric: true, cell: ({ booked }) => number(booked) },
          { key: 'missed', title: t.missed, numeric: true, cell: ({ missed }) => number(missed) },
          { key: 'share', title: t.share, numeric: true, cell: (count) => percentWords(ctx, missedPercent(count)) },
        ],
      }),
      html`<p>${csvButton(ctx, href(ctx, `${PATH}.csv`))}</p>`,
    )}`,
  })
}

/** "14 %" */
export const percentWords = (ctx: Ctx, percent: number | null): string =>
  percent === null ? texts(ctx).plan.missed.tooFew : `${formatNumber(ctx, percent)} %`

/** "Ab 10 %: 2 Plätze mehr (zurzeit geöffnet)" */
export function ruleWords(ctx: Ctx, { fromPercent, seats, isOpen }: Widening): string {
  const t = texts(ctx).plan.missed
  return `${t.ruleIs(formatNumber(ctx, fromPercent), seats)} (${isOpen ? t.isOpen : t.isShut})`
}
