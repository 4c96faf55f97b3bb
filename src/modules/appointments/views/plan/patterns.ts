import type { Ctx } from '#platform/context.ts'
import { backLink, csvButton, emptyState, pageHeading, prose, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { MailPattern } from '../../store/patterns.ts'
import { texts } from '../../texts/index.ts'
import { PLAN_STYLES } from './frame.ts'

/** Days back that are looked at. */
export const PATTERN_DAYS = 30

/** `/workbench/termine/ausfaelle/auffaelliges`: addresses that book as traders and programs do. */
export function patternsPage(ctx: Ctx, patterns: readonly MailPattern[]): Html {
  const t = texts(ctx).plan.patterns
  const number = (value: number) => formatNumber(ctx, value)
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    main: html`${backLink(ctx, href(ctx, '/workbench/termine/ausfaelle'), texts(ctx).plan.missed.title)}
    ${pageHeading({ title: t.title, lead: t.lead(number(PATTERN_DAYS)) })}
    ${table(ctx, {
      caption: t.title,
      captionHidden: true,
      dense: true,
      rows: patterns,
      empty: emptyState({ title: t.emptyTitle, body: t.emptyBody }),
      columns: [
        { key: 'email', title: t.email, cell: ({ email }) => email },
        { key: 'booked', title: t.booked, numeric: true, cell: ({ booked }) => number(booked) },
        { key: 'cancelled', title: t.cancelled, numeric: true, cell: ({ cancelled }) => number(cancelled) },
        { key: 'handedOn', title: t.handedOn, numeric: true, cell: ({ handedOn }) => number(handedOn) },
        { key: 'names', title: t.names, numeric: true, cell: ({ names }) => number(names) },
        { key: 'overlapping', title: t.overlapping, numeric: true, cell: ({ overlapping }) => number(overlapping) },
        { key: 'unconfirmed', title: t.unconfirmed, numeric: true, cell: ({ unconfirmed }) => number(unconfirmed) },
        { key: 'missed', title: t.missed, numeric: true, cell: ({ missed }) => number(missed) },
      ],
    })}
    <p>${csvButton(ctx, href(ctx, '/workbench/termine/ausfaelle/auffaelliges.csv'))}</p>
    ${prose(html`<p>${t.means}</p>`)}`,
  })
}
