import type { Ctx } from '#platform/context.ts'
import {
  alert,
  badge,
  button,
  details,
  emptyState,
  filterBar,
  form,
  link,
  linkButton,
  list,
  pageHeading,
  selectField,
  table,
  tabs,
  textField,
  type Choice,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href, layout } from '#platform/html/layout.ts'
import { formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { workingDaysLeft } from '../domain/deadline.ts'
import { DEFAULT_SORT, inboxQuery, readInboxFilter, writeCursor, type InboxFilter, type Sort } from '../domain/inbox.ts'
import { countedUpTo, type InboxPage, type InboxRow } from '../store/inbox.ts'
import type { SavedView } from '../store/views.ts'
import { texts } from '../texts/index.ts'
import type { ServiceWords } from './words.ts'

export interface InboxModel {
  readonly filter: InboxFilter
  readonly page: InboxPage
  /** How many the list holds; above `countedUpTo`: "more than". */
  readonly count: number
  readonly tabs: Readonly<Record<InboxTab, number>>
  readonly views: readonly SavedView[]
  readonly units: readonly Choice[]
  readonly services: readonly Choice[]
  readonly states: readonly Choice[]
  /** Colleagues who can take over. */
  readonly colleagues: readonly Choice[]
  readonly words: (row: InboxRow) => ServiceWords
  readonly nameOf: (accountId: string) => string
  readonly unitName: (id: string) => string
  /** What has just been done, or did not work. */
  readonly message: Html
}

export const INBOX_TABS = ['open', 'mine', 'unassigned', 'overdue', 'followUp', 'news'] as const
export type InboxTab = (typeof INBOX_TABS)[number]

/** The filters behind the tabs; the rest of the filter is that of the plain inbox. */
export const tabFilters = (plain: InboxFilter): Record<InboxTab, InboxFilter> => ({
  open: plain,
  mine: { ...plain, assignee: 'me' },
  unassigned: { ...plain, assignee: 'none' },
  overdue: { ...plain, due: 'overdue' },
  followUp: { ...plain, followUp: 'due' },
  news: { ...plain, news: true, phase: 'all' },
})

export const inboxPath = (filter: InboxFilter, more = ''): string => {
  const query = [inboxQuery(filter), more].filter((part) => part !== '').join('&')
  return query === '' ? '/workbench' : `/workbench?${query}`
}

export function inboxView(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx)
  const { filter } = model
  const query = inboxQuery(filter)
  return layout(ctx, {
    title: t.inbox.title,
    scripts: ['cases-inbox.js'],
    styles: ['cases-inbox.css'],
    main: html`
      ${pageHeading({
        title: t.inbox.title,
        actions: linkButton({
          label: t.inbox.csv,
          icon: 'download',
          kind: 'tertiary',
          href: href(ctx, `/workbench/vorgaenge.csv${query ? `?${query}` : ''}`),
        }),
      })}
      ${model.message} ${tabBar(ctx, model)} ${ownViews(ctx, model)} ${filters(ctx, model)}
      <p class="rh-result-count" role="status">${countText(ctx, model)}</p>
      ${rows(ctx, model)} ${pages(ctx, model)} ${model.page.rows.length > 0 ? bulk(ctx, model) : nothing}
      ${savedViews(ctx, model)}
    `,
  })
}

function countText(ctx: Ctx, { filter, count }: InboxModel): string {
  const t = texts(ctx).inbox
  const most = countedUpTo(filter)
  if (count > most) return t.foundMany(formatNumber(ctx, most))
  return count === 1 ? t.foundOne : t.found(formatNumber(ctx, count))
}

function tabBar(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).inbox
  const plain: InboxFilter = {
    ...tabFilters(model.filter).open,
    q: '',
    unit: null,
    service: null,
    state: null,
    assignee: null,
    phase: 'open',
    due: null,
    followUp: null,
    news: false,
    sort: DEFAULT_SORT,
  }
  const targets = tabFilters(plain)
  const now = inboxQuery({ ...model.filter, sort: DEFAULT_SORT })
  const entries = INBOX_TABS.map((tab) => {
    const count = model.tabs[tab]
    const most = countedUpTo(targets[tab])
    const isMany = count > most
    return {
      label: isMany ? `${t.tabs[tab]} (${t.many(formatNumber(ctx, most))})` : t.tabs[tab],
      ...(isMany ? {} : { count }),
      href: href(ctx, inboxPath(targets[tab])),
      current: inboxQuery(targets[tab]) === now,
    }
  })
  const closed: InboxFilter = { ...plain, phase: 'closed', sort: '-changed' }
  return tabs(t.tabs.label, [
    ...entries,
    {
      label: t.tabs.closed,
      href: href(ctx, inboxPath(closed)),
      current: inboxQuery({ ...closed, sort: DEFAULT_SORT }) === now,
    },
  ])
}

function filters(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).filter
  const { filter } = model
  const select = (
    name: string,
    label: string,
    value: string | null,
    choices: readonly Choice[],
    empty: string | null,
  ) => selectField(ctx, { name, label, value, choices, empty, optional: false })
  return filterBar(
    ctx,
    {
      action: href(ctx, '/workbench'),
      resetHref: href(ctx, '/workbench'),
      hidden: {
        ...(filter.q === '' && filter.phase === 'closed' ? { phase: 'closed' } : {}),
        ...(filter.sort === DEFAULT_SORT ? {} : { sort: filter.sort }),
        ...(filter.news ? { news: '1' } : {}),
      },
    },
    textField(ctx, {
      name: 'q',
      label: t.q,
      hint: t.qHint,
      value: filter.q,
      type: 'search',
      maxLength: 200,
      width: 30,
    }),
    select('service', t.service, filter.service, model.services, t.all),
    select('state', t.state, filter.state, model.states, t.all),
    model.units.length > 1 ? select('unit', t.unit, filter.unit, model.units, t.all) : nothing,
    select(
      'assignee',
      t.assignee,
      filter.assignee,
      [{ value: 'me', label: t.me }, { value: 'none', label: t.nobody }, ...model.colleagues],
      t.all,
    ),
    // The tabs say open or closed; only a search over both needs the field.
    filter.q === '' && filter.phase !== 'all'
      ? nothing
      : select(
          'phase',
          t.phase,
          filter.phase,
          [
            { value: 'open', label: t.open },
            { value: 'closed', label: t.closed },
            { value: 'all', label: t.both },
          ],
          null,
        ),
    select(
      'due',
      t.due,
      filter.due,
      [
        { value: 'overdue', label: t.overdue },
        { value: 'week', label: t.week },
      ],
      t.all,
    ),
    select(
      'followup',
      t.followUp,
      filter.followUp,
      [
        { value: 'due', label: t.followUpDue },
        { value: 'any', label: t.followUpAny },
      ],
      t.all,
    ),
  )
}

const COLUMN_OF: Readonly<Record<string, string>> = { opened: 'opened', due: 'due', changed: 'changed' }

function rows(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx)
  const day = today(ctx.clock)
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
      { key: 'due', title: t.columns.due, sortable: true, cell: (row) => dueCell(ctx, row, day) },
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

function dueCell(ctx: Ctx, row: InboxRow, day: Temporal.PlainDate): Html {
  if (!row.dueOn) return html`–`
  const isOver = Temporal.PlainDate.compare(row.dueOn, day) < 0
  const isSoon = !isOver && workingDaysLeft(day, row.dueOn) <= 2
  const date = html`<span class="rh-nowrap">${formatShortDate(ctx, row.dueOn)}</span>`
  if (isOver) return html`${date} ${badge({ kind: 'danger', label: texts(ctx).kase.isOverdue, small: true })}`
  return isSoon
    ? html`${date} ${badge({ kind: 'warning', label: texts(ctx).kase.daysLeft(workingDaysLeft(day, row.dueOn)), small: true })}`
    : date
}

function pages(ctx: Ctx, model: InboxModel): Html {
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

function bulk(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).bulk
  return html`<section class="rh-section cases-bulk" aria-labelledby="bulk-title">
    <h2 class="kern-heading-medium" id="bulk-title">${t.title}</h2>
    <form class="rh-filters" method="post" id="bulk" action="${href(ctx, '/workbench/uebernahmen')}" data-all="${t.all}" data-chosen="${t.chosen}" novalidate>
      <input type="hidden" name="back" value="${inboxQuery(model.filter)}">
      ${/* The first button is the one that Enter presses in the field for the day. */ nothing}
      ${textField(ctx, { name: 'on', label: t.followUpOn, width: 10, hint: texts(ctx).decide.dateHint })}
      ${button({ label: t.setFollowUp, kind: 'secondary', formaction: href(ctx, '/workbench/wiedervorlagen') })}
      ${selectField(ctx, {
        name: 'to',
        label: t.handTo,
        choices: [{ value: 'nobody', label: t.toNobody }, ...model.colleagues],
        optional: false,
      })}
      ${button({ label: t.hand, kind: 'secondary', formaction: href(ctx, '/workbench/uebergaben') })}
      ${button({ label: t.take, kind: 'secondary', data: { key: 't' } })}
      <output class="kern-body"></output>
    </form>
  </section>`
}

const viewPath = ({ query }: SavedView): string => (query ? `/workbench?${query}` : '/workbench')

/** The clerk's own lists, above the filters, where a day begins. */
function ownViews(ctx: Ctx, { views }: InboxModel): Html {
  if (views.length === 0) return nothing
  const t = texts(ctx).views
  return html`<nav class="cases-views" aria-label="${t.title}">
    ${list(views.map((view) => link(href(ctx, viewPath(view)), view.name)))}
  </nav>`
}

function savedViews(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).views
  const back = html`<input type="hidden" name="back" value="${inboxQuery(model.filter)}">`
  const saved = model.views.map((view) =>
    details(
      { summary: view.name },
      form(
        {
          action: href(ctx, `/workbench/ansichten/${view.id}/umbenennung`),
          inline: true,
          label: t.renameOf(view.name),
        },
        back,
        textField(ctx, {
          name: 'name',
          id: `name-${view.id}`,
          label: t.newName,
          value: view.name,
          maxLength: 60,
          width: 20,
        }),
        button({ label: t.rename, kind: 'secondary', about: view.name }),
      ),
      html`<form class="rh-button-form" method="post" action="${href(ctx, `/workbench/ansichten/${view.id}/loeschung`)}">
        ${button({ label: t.remove, kind: 'tertiary', about: view.name })}
      </form>`,
    ),
  )
  return details(
    { summary: t.title, id: 'ansichten' },
    saved.length > 0 ? saved : html`<p class="kern-body">${t.none}</p>`,
    form(
      { action: href(ctx, '/workbench/ansichten'), inline: true, label: t.save },
      html`<input type="hidden" name="query" value="${inboxQuery(model.filter)}">`,
      textField(ctx, { name: 'name', label: t.name, hint: t.nameHint, maxLength: 60, width: 20 }),
      button({ label: t.save, kind: 'secondary' }),
    ),
  )
}

/** What has just happened, above a list or a case. */
export const said = (ctx: Ctx, title: string, body?: string): Html =>
  alert(ctx, { kind: 'success', title, body, live: true })
