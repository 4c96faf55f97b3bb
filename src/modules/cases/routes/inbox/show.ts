import { accountsByIds, units } from '#modules/accounts/public.ts'
import { allPublished } from '#modules/services/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { alert, type Choice } from '#platform/html/components/index.ts'
import type { Html } from '#platform/html/html.ts'
import { htmlPage } from '#platform/http/reply.ts'
import type { FormFields } from '#platform/http/route.ts'
import { readCursor, readInboxFilter, type InboxFilter } from '../../domain/inbox.ts'
import { countedPage, countInboxes, inboxChoices } from '../../store/inbox.ts'
import { viewsOf } from '../../store/views.ts'
import { texts } from '../../texts/index.ts'
import { mayHandOver, WORK } from '../../use-cases/work.ts'
import { messageOf } from '../../views/inbox/done.ts'
import { inboxView } from '../../views/inbox/inbox.ts'
import { tabFilters, type InboxModel } from '../../views/inbox/model.ts'
import { wordsFor } from '../../views/words.ts'
import { colleaguesOf } from '../colleagues.ts'

/** Rows of a page: what fits on a clerk's screen twice, so that `j` and `k` rarely need the next page. */
const PAGE_SIZE = 50

const PLAIN = readInboxFilter({})

export async function showInbox(ctx: Ctx, query: Readonly<Record<string, unknown>>, message?: Html): Promise<Html> {
  const filter = readInboxFilter(query)
  const place = { after: readCursor(query['after'], filter.sort), before: readCursor(query['before'], filter.sort) }
  const [found, tabs, views, choices, colleagues, allUnits] = await Promise.all([
    countedPage(ctx, filter, place, PAGE_SIZE),
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
    count: found.count,
    tabs,
    views,
    ...(await choicesFor(ctx, filter, choices, unitName)),
    may: {
      work: found.rows.some(({ unit }) => may(ctx, WORK, unit)),
      handOver: found.rows.some((row) => may(ctx, WORK, row.unit) && mayHandOver(ctx, row)),
    },
    colleagues,
    words: await wordsFor(ctx, found.rows),
    nameOf: (id) => names.get(id)?.name ?? texts(ctx).timeline.unknown,
    unitName,
    message: message ?? messageOf(ctx, query),
  }
  return inboxView(ctx, model)
}

/** The list again with what is wrong; nothing was changed. */
export async function refused(ctx: Ctx, form: FormFields, title: string, query = form.get('back')) {
  const params = Object.fromEntries(new URLSearchParams(query))
  return htmlPage(await showInbox(ctx, params, alert(ctx, { kind: 'danger', title, live: true })), { status: 422 })
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
