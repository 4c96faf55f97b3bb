import type { Ctx } from '#platform/context.ts'
import { csvButton, emptyState, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { RetentionRule } from '#platform/module.ts'
import { texts } from '../texts/index.ts'
import { frame, RETENTION } from './frame.ts'

export interface RuleRow {
  readonly rule: RetentionRule
  readonly rows: number | null
}

export function retentionPage(ctx: Ctx, rows: readonly RuleRow[]): Html {
  const t = texts(ctx).retention
  return frame(ctx, {
    path: RETENTION,
    title: texts(ctx).tabs.retention,
    lead: t.lead,
    main: html`${table<RuleRow>(ctx, {
      caption: t.caption,
      captionHidden: true,
      dense: true,
      rows,
      empty: emptyState({ title: t.emptyTitle, body: t.emptyBody }),
      columns: [
        { key: 'table', title: t.table, nowrap: true, cell: (row) => html`<code>${row.rule.table}</code>` },
        { key: 'purpose', title: t.purpose, cell: (row) => row.rule.purpose[ctx.locale] },
        { key: 'rule', title: t.rule, cell: (row) => row.rule.rule[ctx.locale] },
        { key: 'how', title: t.how, nowrap: true, cell: (row) => (row.rule.run ? t.automatic : t.withOthers) },
        {
          key: 'rows',
          title: t.rows,
          numeric: true,
          cell: (row) => (row.rows === null ? '–' : formatNumber(ctx, row.rows)),
        },
      ],
    })}
    ${csvButton(ctx, href(ctx, `${RETENTION}.csv`))}`,
  })
}
