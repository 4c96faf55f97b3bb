import { Type } from 'typebox'
import { accountsByIds, units } from '#modules/accounts/public.ts'
import { allPublished } from '#modules/services/public.ts'
import { csvReply } from '#platform/csv.ts'
import type { Ctx } from '#platform/context.ts'
import { alert, link, list, type Choice } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/layout.ts'
import { may } from '#platform/auth/principal.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { errorForLog } from '#platform/log.ts'
import { fail, type Result } from '#platform/problem.ts'
import { readCaseNumber } from '../domain/case-number.ts'
import { inboxQuery, readCursor, readInboxFilter, type InboxFilter } from '../domain/inbox.ts'
import { readDay } from '../domain/workflow.ts'
import {
  allRows,
  countInbox,
  countInboxes,
  inboxChoices,
  inboxPage,
  visibleAmong,
  type InboxRow,
} from '../store/inbox.ts'
import { deleteView, renameView, saveView, viewsOf } from '../store/views.ts'
import { READ } from '../store/visible.ts'
import { texts } from '../texts/index.ts'
import { followUp, handOver, takeCase, WORK } from '../use-cases/work.ts'
import { colleaguesOf } from './colleagues.ts'
import { casePath } from '../views/case-page.ts'
import { inboxView, said, tabFilters, type InboxModel } from '../views/inbox.ts'
import { wordsFor } from '../views/words.ts'

/** Rows of a page: what fits on a clerk's screen twice, so that `j` and `k` rarely need the next page. */
const PAGE_SIZE = 50
/** Most cases that one bulk action changes: a page. */
const MOST_AT_ONCE = 200

/** Most cases that are named where a bulk action left some as they were; the others are counted. */
const MOST_NAMED = 20

const PLAIN = readInboxFilter({})

export const inboxRoutes: readonly Route[] = [
  page({
    path: '/workbench',
    access: staff(null),
    handle: async (ctx, req) => (may(ctx, READ) ? htmlPage(await showInbox(ctx, req.query)) : somewhereElse(ctx)),
  }),

  page({
    path: '/workbench/vorgaenge.csv',
    access: staff(READ),
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const rows = csvRows(ctx, readInboxFilter(req.query))
      const c = t.columns
      const header = [
        c.number,
        c.service,
        c.applicant,
        c.state,
        c.reason,
        c.opened,
        c.due,
        c.followUp,
        c.assignee,
        c.unit,
        c.changed,
        c.closed,
        c.outcome,
      ]
      return csvReply(t.inbox.csvName, header, rows)
    },
  }),

  action({
    path: '/workbench/uebernahmen',
    access: staff(WORK),
    handle: (ctx, req) => bulk(ctx, req.form, (id, revision) => takeCase(ctx, id, revision)),
  }),

  action({
    path: '/workbench/uebergaben',
    access: staff(WORK),
    handle: (ctx, req) => {
      const to = req.form.get('to')
      if (to === '') return refused(ctx, req.form, texts(ctx).bulk.noColleague)
      return bulk(ctx, req.form, (id, revision) => handOver(ctx, id, revision, { to: to === 'nobody' ? null : to }))
    },
  }),

  action({
    path: '/workbench/wiedervorlagen',
    access: staff(WORK),
    handle: (ctx, req) => {
      const typed = req.form.get('on').trim()
      const on = typed === '' ? null : readDay(typed)
      if (typed !== '' && on === null) return refused(ctx, req.form, texts(ctx).bulk.noDay)
      return bulk(ctx, req.form, (id, revision) => followUp(ctx, id, revision, on))
    },
  }),

  action({
    path: '/workbench/ansichten',
    access: staff(READ),
    handle: async (ctx, req) => {
      const query = inboxQuery(readInboxFilter(Object.fromEntries(new URLSearchParams(req.form.get('query')))))
      const name = viewName(req.form)
      if (name === '') return refused(ctx, req.form, texts(ctx).views.nameMissing, query)
      if (!(await saveView(ctx, name, query))) return refused(ctx, req.form, texts(ctx).views.tooMany, query)
      return redirect(backTo(query, 'done=view'))
    },
  }),

  action({
    path: '/workbench/ansichten/:id/loeschung',
    access: staff(READ),
    params: Type.Object({ id: Type.String() }),
    handle: async (ctx, req) => {
      await deleteView(ctx, req.params.id)
      return redirect('/workbench?done=viewRemoved')
    },
  }),

  action({
    path: '/workbench/ansichten/:id/umbenennung',
    access: staff(READ),
    params: Type.Object({ id: Type.String() }),
    handle: async (ctx, req) => {
      const name = viewName(req.form)
      if (name === '') return refused(ctx, req.form, texts(ctx).views.nameMissing)
      return (await renameView(ctx, req.params.id, name))
        ? redirect('/workbench?done=viewRenamed')
        : refused(ctx, req.form, texts(ctx).views.nameTaken)
    },
  }),
]

const viewName = (form: FormFields): string => form.get('name').normalize('NFC').trim().slice(0, 60)

/** Staff who read no cases (an enforcement officer) go to the first page of the workbench that is theirs. */
function somewhereElse(ctx: Ctx): Reply {
  const entries = ctx.app.modules
    .flatMap(({ navigation = [] }) => navigation)
    .filter(
      ({ area, path, permission }) =>
        area === 'workbench' && path !== '/workbench' && (!permission || may(ctx, permission)),
    )
    .toSorted((a, b) => a.order - b.order)
  return entries[0] ? redirect(entries[0].path) : problem(fail('forbidden'))
}

async function showInbox(ctx: Ctx, query: Readonly<Record<string, unknown>>, message?: Html): Promise<Html> {
  const filter = readInboxFilter(query)
  const place = { after: readCursor(query['after'], filter.sort), before: readCursor(query['before'], filter.sort) }
  const [found, count, tabs, views, choices, colleagues, allUnits] = await Promise.all([
    inboxPage(ctx, filter, place, PAGE_SIZE),
    countInbox(ctx, filter),
    countInboxes(ctx, tabFilters(PLAIN)),
    viewsOf(ctx),
    inboxChoices(ctx),
    colleaguesOf(ctx),
    units(ctx),
  ])
  const unitNames = new Map(allUnits.map(({ id, name }) => [id, name[ctx.locale]]))
  const unitName = (id: string) => unitNames.get(id) ?? id
  const names = await accountsByIds(ctx, [...new Set(found.rows.flatMap(({ assignee }) => assignee ?? []))])
  const model: InboxModel = {
    filter,
    page: found,
    count,
    tabs,
    views,
    ...(await choicesFor(ctx, filter, choices, unitName)),
    colleagues,
    words: await wordsFor(ctx, found.rows),
    nameOf: (id) => names.get(id)?.name ?? texts(ctx).timeline.unknown,
    unitName,
    message: message ?? messageOf(ctx, query),
  }
  return inboxView(ctx, model)
}

/** What the filters offer: only what there is, in the words of the services. */
async function choicesFor(
  ctx: Ctx,
  filter: InboxFilter,
  cells: readonly { unit: string; service: string; state: string }[],
  unitName: (id: string) => string,
): Promise<Pick<InboxModel, 'units' | 'services' | 'states'>> {
  const published = new Map((await allPublished(ctx)).map(({ slug, definition }) => [slug, definition]))
  const byLabel = (a: Choice, b: Choice) => a.label.localeCompare(b.label, ctx.locale)
  const distinct = (values: readonly string[], label: (value: string) => string) =>
    [...new Set(values)].map((value) => ({ value, label: label(value) })).toSorted(byLabel)
  const shown = cells.filter(({ service }) => filter.service === null || service === filter.service)
  const stateWords = (state: string) => {
    for (const { service } of shown) {
      const words = published.get(service)?.texts[ctx.locale].states[state]
      if (words) return words.staff ?? words.plain
    }
    return state
  }
  return {
    units: distinct(
      cells.map(({ unit }) => unit),
      unitName,
    ),
    services: distinct(
      cells.map(({ service }) => service),
      (slug) => published.get(slug)?.texts[ctx.locale].service.title ?? slug,
    ),
    states: distinct(
      shown.map(({ state }) => state),
      stateWords,
    ),
  }
}

function messageOf(ctx: Ctx, query: Readonly<Record<string, unknown>>): Html {
  const t = texts(ctx)
  const { done } = query
  if (done === 'view' || done === 'viewRenamed' || done === 'viewRemoved') return said(ctx, t.done[done])
  const changed = Number(query['changed'])
  const left = Number(query['left'])
  if (!Number.isInteger(changed) || changed < 0 || changed > MOST_AT_ONCE || query['changed'] === undefined)
    return nothing
  if (left > 0 && left <= MOST_AT_ONCE) {
    const body = html`<p>${t.bulk.left(left)}</p>${list(leftAlone(ctx, query['not']))}`
    return alert(ctx, { kind: 'warning', title: t.bulk.done(changed), body, live: true })
  }
  return said(ctx, t.bulk.done(changed))
}

/** Which cases a bulk action left as they were, and why. From the address, so anything may stand there. */
function leftAlone(ctx: Ctx, named: unknown): Html[] {
  const words = texts(ctx).bulk.why
  return [named]
    .flat()
    .slice(0, MOST_NAMED)
    .flatMap((one) => {
      const [typed = '', problem = ''] = typeof one === 'string' ? one.split('.') : []
      const read = readCaseNumber(typed)
      if (!read.ok) return []
      const why = Object.hasOwn(words, problem) ? words[problem as keyof typeof words] : words.other
      return [html`${link(href(ctx, casePath(read.number)), read.number)}: ${why}`]
    })
}

const backTo = (query: string, more: string): string => `/workbench?${[query, more].filter(Boolean).join('&')}`

/** The list again with what is wrong; nothing was changed. */
async function refused(ctx: Ctx, form: FormFields, title: string, query = form.get('back')) {
  const params = Object.fromEntries(new URLSearchParams(query))
  return htmlPage(await showInbox(ctx, params, alert(ctx, { kind: 'danger', title, live: true })), { status: 422 })
}

/** A chosen row: the case and the revision that its line showed. */
function rowOf(value: string): [id: string, revision: number] {
  const [id = '', revision = ''] = value.split('.')
  return [id, Number(revision) || 0]
}

/** Does something to every chosen case that the clerk may see, each in a transaction of its own, and says what came of it. */
async function bulk(ctx: Ctx, form: FormFields, change: (id: string, revision: number) => Promise<Result<null>>) {
  const chosen = new Map(form.all('case').slice(0, MOST_AT_ONCE).map(rowOf))
  if (chosen.size === 0) return refused(ctx, form, texts(ctx).bulk.nothing)
  const cases = await visibleAmong(ctx, [...chosen.keys()])
  const left: string[] = []
  for (const { id, number } of cases) {
    const result = await change(id, chosen.get(id) ?? 0).catch((error: unknown) => {
      ctx.log.error({ error: errorForLog(error), case: id }, 'bulk action failed')
      return fail('internal-error')
    })
    if (!result.ok) left.push(`not=${number}.${result.problem}`)
  }
  const changed = cases.length - left.length
  const query = inboxQuery(readInboxFilter(Object.fromEntries(new URLSearchParams(form.get('back')))))
  const counts = `changed=${changed}&left=${chosen.size - changed}`
  return redirect(backTo(query, [counts, ...left.slice(0, MOST_NAMED)].join('&')))
}

async function* csvRows(ctx: Ctx, filter: InboxFilter): AsyncGenerator<string[]> {
  const t = texts(ctx)
  const names = new Map<string, string>()
  const unitNames = new Map((await units(ctx)).map(({ id, name }) => [id, name[ctx.locale]]))
  const day = (value: Temporal.PlainDate | Temporal.Instant | null) => (value ? formatShortDate(ctx, value) : '')
  const nameOf = async (id: string) => {
    if (!names.has(id)) names.set(id, (await accountsByIds(ctx, [id])).get(id)?.name ?? t.timeline.unknown)
    return names.get(id)!
  }
  const seen: InboxRow[] = []
  let words = await wordsFor<InboxRow>(ctx, seen)
  const known = new Set<string>()
  for await (const row of allRows(ctx, filter)) {
    const key = `${row.service}/${row.version}`
    if (!known.has(key)) {
      known.add(key)
      seen.push(row)
      words = await wordsFor(ctx, seen)
    }
    const w = words(row)
    yield [
      row.number,
      w.title,
      row.name,
      w.state(row.state),
      (row.reason && w.reason(row.reason)) || '',
      day(row.openedAt),
      day(row.dueOn),
      day(row.followUpOn),
      row.assignee ? await nameOf(row.assignee) : '',
      unitNames.get(row.unit) ?? row.unit,
      day(row.changedAt),
      day(row.closedAt),
      row.outcome ? outcomeText(t.kase.outcomes, row.outcome) : '',
    ]
  }
}

const outcomeText = (outcomes: Readonly<Record<string, string>>, outcome: string): string =>
  outcomes[outcome] ?? outcome
