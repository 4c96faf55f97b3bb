import type { Ctx } from '#platform/context.ts'
import {
  dayField,
  csvButton,
  details,
  emptyState,
  errorSummary,
  filterBar,
  link,
  notice,
  pagination,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts'
import type { AuditRow, SealState } from '#platform/audit/trail.ts'
import { texts } from '../texts/index.ts'
import { AUDIT, frame } from './frame.ts'

/** The filter as it was typed; it lives in the address, so that a search can be sent to a colleague. */
export interface TypedFilter {
  readonly subject: string
  readonly action: string
  readonly actor: string
  readonly from: string
  readonly until: string
}

export interface AuditView {
  readonly typed: TypedFilter
  readonly errors: Readonly<Record<string, string>>
  readonly rows: readonly AuditRow[]
  /** Account id → name. */
  readonly names: ReadonlyMap<string, string>
  readonly seals: SealState
  readonly page: number
  readonly pageSize: number
  readonly hasNext: boolean
}

export function auditPage(ctx: Ctx, view: AuditView): Html {
  const t = texts(ctx).audit
  return frame(ctx, {
    path: AUDIT,
    title: texts(ctx).tabs.audit,
    lead: t.lead,
    hasErrors: Object.keys(view.errors).length > 0,
    main: html`${errorSummary(ctx, view.errors)} ${filter(ctx, view)}
      ${table<AuditRow>(ctx, {
        caption: t.caption,
        captionHidden: true,
        dense: true,
        rows: view.rows,
        empty: emptyState({ title: t.emptyTitle, body: t.emptyBody }),
        columns: [
          {
            key: 'at',
            title: t.at,
            nowrap: true,
            cell: (row) => html`<time datetime="${String(row.at)}">${formatDateTime(ctx, row.at)}</time>`,
          },
          { key: 'actor', title: t.actor, cell: (row) => actorOf(ctx, view, row.actor) },
          { key: 'action', title: t.action, cell: (row) => html`<code>${row.action}</code>` },
          {
            key: 'subject',
            title: t.subject,
            cell: (row) => link(address(ctx, { ...nobody, subject: row.subject }), html`<code>${row.subject}</code>`),
          },
          { key: 'data', title: t.data, cell: (row) => dataOf(ctx, row) },
        ],
      })}
      ${pagination(ctx, {
        page: view.page,
        pageSize: view.pageSize,
        total: null,
        hasNext: view.hasNext,
        href: (page) => address(ctx, view.typed, page),
      })}
      ${csvButton(ctx, address(ctx, view.typed, 1, `${AUDIT}/eintraege.csv`))}
      ${notice(html`<p>${t.logged} ${sealWords(ctx, view.seals)} ${t.verify}</p>`)}`,
  })
}

const nobody: TypedFilter = { subject: '', action: '', actor: '', from: '', until: '' }

function address(ctx: Ctx, filter: TypedFilter, page = 1, path: string = AUDIT): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  if (page > 1) query.set('page', String(page))
  return href(ctx, query.size === 0 ? path : `${path}?${query}`)
}

function filter(ctx: Ctx, { typed, errors }: AuditView): Html {
  const t = texts(ctx).audit
  const field = (name: keyof TypedFilter, hint: string) =>
    textField(ctx, { name, label: t[name], hint, value: typed[name], error: errors[name], optional: true })
  const day = (name: 'from' | 'until') =>
    dayField(ctx, { name, label: t[name], value: typed[name], error: errors[name], optional: true })
  return filterBar(
    ctx,
    { action: href(ctx, AUDIT), resetHref: href(ctx, AUDIT) },
    field('subject', t.subjectHint),
    field('action', t.actionHint),
    field('actor', t.actorHint),
    day('from'),
    day('until'),
  )
}

function actorOf(ctx: Ctx, { names }: AuditView, actor: string): string {
  const t = texts(ctx).audit
  return actor === 'system' ? t.system : (names.get(actor) ?? (/^[0-9a-f-]{36}$/.test(actor) ? t.unknown : actor))
}

function dataOf(ctx: Ctx, row: AuditRow): Html | string {
  const t = texts(ctx).audit
  if (row.data === null) return '–'
  return details({ summary: t.show }, html`<pre><code>${JSON.stringify(row.data, null, 2)}</code></pre>`)
}

function sealWords(ctx: Ctx, seals: SealState): string {
  const t = texts(ctx).audit
  if (!seals.lastAt) return t.noSeals
  return t.seals(formatNumber(ctx, seals.seals), formatDateTime(ctx, seals.lastAt), formatNumber(ctx, seals.open))
}
