import type { Ctx } from '#platform/context.ts'
import { emptyState, icon, link, linkButton, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { lastDayOf, workingDaysLeft } from '../../domain/deadline.ts'
import { DEFAULT_SORT, readInboxFilter, writeCursor, type InboxFilter, type Sort } from '../../domain/inbox.ts'
import type { InboxRow } from '../../store/inbox.ts'
import { texts } from '../../texts/index.ts'
import { inboxPath, type InboxModel } from './model.ts'

const COLUMN_OF: Readonly<Record<string, string>> = { opened: 'opened', due: 'due', changed: 'changed' }

export function rows(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx)
  const days = { today: today(ctx.clock), notSoon: lastDayOf({ workingDays: 3 }, today(ctx.clock)) }
  const { sort } = model.filter
  return table(ctx, {
    caption: t.inbox.caption,
    captionHidden: true,
    dense: true,
    rows: model.page.rows,
    select: {
      name: 'case',
      value: (row) => `${row.id}.${row.revision}`,
      label: (row) => t.inbox.selectRow(row.number),
      form: 'bulk',
    },
    rowData: (row) => ({ number: row.number }),
    sort: {
      by: COLUMN_OF[sort.replace('-', '')]!,
      direction: sort.startsWith('-') ? 'desc' : 'asc',
      href: (by, direction) =>
        href(ctx, inboxPath({ ...model.filter, sort: `${direction === 'desc' ? '-' : ''}${by}` as Sort })),
    },
    empty: nothingFound(ctx, model.filter),
    columns: [
      {
        key: 'number',
        title: t.columns.number,
        nowrap: true,
        cell: (row) => link(href(ctx, `/workbench/vorgaenge/${row.number}`), row.number),
      },
      {
        key: 'service',
        title: t.columns.service,
        cell: (row) => html`<span class="cases-service">${model.words(row).title}</span>`,
      },
      {
        key: 'name',
        title: t.columns.applicant,
        cell: (row) => row.name,
      },
      { key: 'state', title: t.columns.state, cell: (row) => stateCell(ctx, model, row) },
      {
        key: 'opened',
        title: t.columns.opened,
        sortable: true,
        nowrap: true,
        cell: (row) => formatShortDate(ctx, row.openedAt),
      },
      { key: 'due', title: t.columns.due, sortable: true, cell: (row) => dueCell(ctx, row, days) },
      {
        key: 'assignee',
        title: t.columns.assignee,
        cell: (row) => (row.assignee ? model.nameOf(row.assignee) : t.kase.nobody),
      },
      {
        key: 'changed',
        title: t.columns.changed,
        sortable: true,
        nowrap: true,
        cell: (row) => formatShortDate(ctx, row.changedAt),
      },
    ],
  })
}

/** Where a search finds nothing, the one in all cases is a click away: somebody on the telephone names an old number. */
function nothingFound(ctx: Ctx, filter: InboxFilter): Html {
  const t = texts(ctx).inbox
  if (filter.q === '') return emptyState({ title: t.empty, body: t.emptyBody })
  const everywhere = inboxPath({ ...readInboxFilter({}), phase: 'all', q: filter.q })
  return emptyState({
    title: t.emptySearch,
    body: t.emptySearchBody,
    ...(everywhere === inboxPath({ ...filter, sort: DEFAULT_SORT })
      ? {}
      : { action: linkButton({ label: t.searchAll, href: href(ctx, everywhere) }) }),
  })
}

function stateCell(ctx: Ctx, model: InboxModel, row: InboxRow): Html {
  const words = model.words(row)
  const reason = row.reason && words.reason(row.reason)
  const followUp = row.followUpOn && `${texts(ctx).kase.followUp}: ${formatShortDate(ctx, row.followUpOn)}`
  const news = row.newsAt && html`<strong>${texts(ctx).kase.hasNews}</strong>`
  const more = [news, reason, followUp].filter(Boolean)
  return html`<span class="cases-state">${words.stage(row.state)}</span>${
    more.length === 0
      ? nothing
      : html`<span class="cases-reason">${more.map((part, at) => html`${at > 0 ? ' · ' : ''}${part}`)}</span>`
  }`
}

/** `notSoon`: the first day on which a deadline is not near. */
function dueCell(
  ctx: Ctx,
  row: InboxRow,
  { today, notSoon }: { today: Temporal.PlainDate; notSoon: Temporal.PlainDate },
): Html {
  if (!row.dueOn) return html`–`
  const isOver = Temporal.PlainDate.compare(row.dueOn, today) < 0
  const isSoon = !isOver && Temporal.PlainDate.compare(row.dueOn, notSoon) < 0
  const date = html`<span class="rh-nowrap">${formatShortDate(ctx, row.dueOn)}</span>`
  const { isOverdue, daysLeft } = texts(ctx).kase
  if (isOver) return html`${date} <span class="cases-due cases-due--over">${icon('danger')}${isOverdue}</span>`
  return isSoon
    ? html`${date} <span class="cases-due">${icon('warning')}${daysLeft(workingDaysLeft(today, row.dueOn))}</span>`
    : date
}

export function pages(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).inbox
  const { next, previous } = model.page
  if (!next && !previous) return nothing
  const to = (more: string) => href(ctx, inboxPath(model.filter, more))
  return html`<nav class="rh-pages" aria-label="${t.pages}">
    <ul class="rh-pages__list">
      ${
        previous
          ? html`<li>${link(to(''), t.newest)}</li>
            <li>${link(to(`before=${writeCursor(previous)}`), t.previous)}</li>`
          : nothing
      }
      ${next ? html`<li>${link(to(`after=${writeCursor(next)}`), t.next)}</li>` : nothing}
    </ul>
  </nav>`
}
