import type { RawBuilder } from 'kysely'
import type { Ctx } from '#platform/context.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { plannedAnew } from '#platform/db/planned-anew.ts'
import { today } from '#platform/time/clock.ts'
import type { Cursor, InboxFilter, PagePlace, Sort } from '../domain/inbox.ts'
import { searchQuery } from '../domain/search-words.ts'
import type { CaseRow } from './rows.ts'
import { searchHeads, type ListOrder } from './search-heads.ts'
import { visibleCells } from './visible.ts'

export interface InboxRow extends Pick<
  CaseRow,
  | 'id'
  | 'number'
  | 'service'
  | 'version'
  | 'state'
  | 'unit'
  | 'assignee'
  | 'name'
  | 'reason'
  | 'openedAt'
  | 'enteredAt'
  | 'changedAt'
  | 'newsAt'
  | 'closedAt'
  | 'outcome'
  | 'dueOn'
  | 'followUpOn'
  | 'revision'
> {
  /** Value of the sorted column, for the cursor. */
  readonly place: string
}

export interface InboxPage {
  readonly rows: readonly InboxRow[]
  readonly next: Cursor | null
  readonly previous: Cursor | null
}

/**
 * Counting stops here: "1.000+" tells a clerk as much as "31.416", and costs the same with any number of cases. Sooner
 * for a search, whose hits cannot be counted in an index.
 */
export const countedUpTo = ({ q }: Pick<InboxFilter, 'q'>): number => (q === '' ? 1_000 : 100)

const columns = sql`k.id, k.number, k.service, k.service_version as version, k.state, k.unit, k.assignee,
  k.applicant_name as name, k.reason, k.opened_at as "openedAt", k.entered_at as "enteredAt",
  k.changed_at as "changedAt", k.news_at as "newsAt", k.closed_at as "closedAt", k.outcome, k.due_on as "dueOn",
  k.follow_up_on as "followUpOn", k.version as revision`

const SORTED = {
  opened: { column: sql`k.opened_at`, type: sql`timestamptz`, half: sql`k.opened_in` },
  due: { column: sql`k.due_key`, type: sql`date`, half: sql`k.due_in` },
  changed: { column: sql`k.changed_at`, type: sql`timestamptz`, half: sql`k.changed_in` },
}

const columnOf = (sort: Sort) => sort.replace('-', '') as keyof typeof SORTED

/**
 * One page of a list of cases.
 *
 * Without a search the page merges the heads of cells: each cell (unit, service, state, open or closed, with or without
 * a clerk) gives its first `limit` rows from an index in the order of the list, and the first `limit` of those are the
 * page. The work depends on the number of cells and not on that of cases. One index over everything, in the order of the
 * list with the filter behind it, was tried first: it read the whole index wherever a filter is rare.
 * Dates (`due`, `followUp`, `news`) collect their few hits through their own indexes and sort them. Searches are the
 * planner's choice each time (`searchHeads`). Figures: `bin/bench inbox`.
 */
export async function inboxPage(ctx: Ctx, filter: InboxFilter, place: PagePlace, limit: number): Promise<InboxPage> {
  const backwards = place.before !== null
  const cursor = place.before ?? place.after
  const found = await many(ctx.db, await inboxSql(ctx, filter, cursor, backwards, limit + 1))
  return pageOf(found, place, limit)
}

/**
 * A page and how many cases its list holds, one more than `countedUpTo` at most. The first page of a search is counted
 * on the way: looking up the hits is nearly all of the work, and would else be done twice.
 */
export async function countedPage(
  ctx: Ctx,
  filter: InboxFilter,
  place: PagePlace,
  limit: number,
): Promise<InboxPage & { readonly count: number }> {
  if (filter.q === '' || place.before !== null || place.after !== null) {
    const [page, count] = await Promise.all([inboxPage(ctx, filter, place, limit), countInbox(ctx, filter)])
    return { ...page, count }
  }
  const query = await inboxSql(ctx, filter, null, false, limit + 1, countedUpTo(filter) + 1)
  const found = await many(ctx.db, query)
  return { ...pageOf(found, place, limit), count: found[0]?.counted ?? 0 }
}

/** `found`: up to one row more than the page takes, in the order in which they were looked for. */
function pageOf(found: readonly InboxRow[], place: PagePlace, limit: number): InboxPage {
  const backwards = place.before !== null
  const more = found.length > limit
  const rows = found.slice(0, limit)
  if (backwards) rows.reverse()
  const at = (row: InboxRow | undefined): Cursor | null => (row ? { value: row.place, id: row.id } : null)
  return {
    rows,
    next: backwards || more ? at(rows.at(-1)) : null,
    previous: (backwards ? more : place.after !== null) ? at(rows[0]) : null,
  }
}

/** `counted`: up to how many hits are looked up to be counted, where that is more than the page. */
async function inboxSql(
  ctx: Ctx,
  filter: InboxFilter,
  cursor: Cursor | null,
  backwards: boolean,
  limit: number,
  counted = limit,
) {
  const { column, type } = SORTED[columnOf(filter.sort)]
  const descends = filter.sort.startsWith('-') !== backwards
  const direction = descends ? sql`desc` : sql`asc`
  const from =
    cursor === null
      ? sql``
      : sql`and (${column}, k.id) ${descends ? sql`<` : sql`>`} (${cursor.value}::${type}, ${cursor.id}::uuid)`
  const cells = await cellsOf(ctx, filter)
  const heads =
    filter.q !== ''
      ? searchHeads(searched(ctx, filter), orderOf(filter, descends, from), Math.max(limit, counted))
      : isSmall(filter)
        ? sql`select hits.id, hits.sorted from (${hits(ctx, filter, sql`k.id, ${column} as sorted`, from)}) hits
        order by hits.sorted ${direction}, hits.id ${direction} limit ${limit}`
        : sql`select head.id, head.sorted from cells cross join lateral (
          select k.id, ${column} as sorted from cases_case k where k.cell = cells.cell ${conditions(ctx, filter, sql`k.due_key`)} ${from}
          order by ${column} ${direction}, k.id ${direction} limit ${limit}) head
        order by head.sorted ${direction}, head.id ${direction} limit ${limit}`
  return sql<InboxRow & { counted: number }>`${plannedFor(filter)}with cells as materialized (${cells}),
      heads as materialized (${heads}),
      page as (select id, sorted from heads order by sorted ${direction}, id ${direction} limit ${limit})
    select ${columns}, ${placeText(filter.sort)} as place, (select count(*) from heads)::int as counted
    from page join cases_case k on k.id = page.id
    order by page.sorted ${direction}, page.id ${direction}`
}

/** Open cases are few and have an index of their own, which knows no half-years; closed ones have no deadline. */
function orderOf(filter: InboxFilter, descends: boolean, from: RawBuilder<unknown> = sql``): ListOrder {
  const { column, half } = SORTED[columnOf(filter.sort)]
  if (filter.phase === 'open') return { column, half: null, descends, from }
  const behindDeadlines = filter.phase === 'closed' && columnOf(filter.sort) === 'due'
  return { column, half, descends, from: behindDeadlines ? sql`and k.due_key = date '9999-12-31' ${from}` : from }
}

/** As ISO text with all its digits: a cursor that loses microseconds would repeat or skip rows. */
const placeText = (sort: Sort) =>
  sort.endsWith('due')
    ? sql`k.due_key::text`
    : sql`to_char(${SORTED[sort.replace('-', '') as 'opened'].column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const plannedFor = (filter: InboxFilter) => (filter.q === '' ? sql`` : plannedAnew)

/** Whether the filter finds few cases through an index of its own. */
const isSmall = (filter: InboxFilter): boolean =>
  filter.followUp !== null || filter.news || (filter.due !== null && !filter.sort.endsWith('due'))

async function cellsOf(ctx: Ctx, filter: InboxFilter) {
  const tests = [await visibleCells(ctx)]
  if (filter.unit !== null) tests.push(sql<boolean>`unit = ${filter.unit}`)
  if (filter.service !== null) tests.push(sql<boolean>`service = ${filter.service}`)
  if (filter.state !== null) tests.push(sql<boolean>`state = ${filter.state}`)
  if (filter.phase !== 'all') tests.push(sql<boolean>`is_closed = ${filter.phase === 'closed'}`)
  if (filter.assignee !== null) tests.push(sql<boolean>`is_assigned = ${filter.assignee !== 'none'}`)
  return sql`select cell from cases_cell where ${sql.join(tests, sql` and `)}`
}

/**
 * What a search asks of a case. A rare word is best looked up in its index and its hits sorted; for a word that every
 * tenth case holds it is best to walk the list in its order until the page is full. Only the planner, which knows how
 * common each word is, can tell, so it plans anew for each search. The cells stand behind `is true` because their index
 * is never the way: with it the planner read all 200,000 entries to spare itself the look-ups of the hits.
 */
function searched(ctx: Ctx, filter: InboxFilter): RawBuilder<unknown> {
  const query = searchQuery(filter.q)
  // Only signs and no word: that finds nothing, which is better than finding everything.
  const tests = [query === null ? sql`false` : sql`k.search @@ ${query}::tsquery`]
  if (filter.unit !== null) tests.push(sql`k.unit = ${filter.unit}`)
  if (filter.service !== null) tests.push(sql`k.service = ${filter.service}`)
  if (filter.state !== null) tests.push(sql`k.state = ${filter.state}`)
  if (filter.phase !== 'all') tests.push(filter.phase === 'open' ? sql`k.is_open` : sql`not k.is_open`)
  return sql`${sql.join(tests, sql` and `)} ${conditions(ctx, filter)} and (k.cell in (select cell from cells)) is true`
}

/**
 * The hits of a day, found through their own index and only then compared with the cells. With the cells in
 * the same condition the planner read the whole index of cells (200,000 entries, 2,794 pages) to spare itself the
 * look-ups of the hits.
 */
const hits = (ctx: Ctx, filter: InboxFilter, what: RawBuilder<unknown>, from: RawBuilder<unknown>) =>
  sql`select * from (select ${what}, k.cell as of_cell from cases_case k
      where true ${conditions(ctx, filter)} ${from} offset 0) found
    where found.of_cell in (select cell from cells)`

/** What cells do not say. Deadlines are looked up in their own index, or as `due_key` within the cells. */
function conditions(ctx: Ctx, filter: InboxFilter, due = sql`k.due_on`): RawBuilder<unknown> {
  const day = today(ctx.clock)
  const tests: RawBuilder<unknown>[] = []
  if (filter.assignee !== null && filter.assignee !== 'none')
    tests.push(sql`and k.assignee = ${filter.assignee === 'me' ? (ctx.account?.id ?? null) : filter.assignee}::uuid`)
  if (filter.due !== null) {
    const before = filter.due === 'overdue' ? day : day.add({ days: 8 })
    tests.push(sql`and ${due} < ${before}::date`)
  }
  if (filter.followUp !== null)
    tests.push(
      filter.followUp === 'due' ? sql`and k.follow_up_on <= ${day}::date` : sql`and k.follow_up_on is not null`,
    )
  if (filter.news) tests.push(sql`and k.news_at is not null`)
  return tests.length === 0 ? sql`` : sql.join(tests, sql` `)
}

/** How many cases a list holds, one more than `countedUpTo` at most. */
async function countInbox(ctx: Ctx, filter: InboxFilter): Promise<number> {
  return (
    await one(
      ctx.db,
      sql<{ count: number }>`${plannedFor(filter)}select (${await countSql(ctx, filter)})::int as count`,
    )
  ).count
}

async function countSql(ctx: Ctx, filter: InboxFilter): Promise<RawBuilder<unknown>> {
  const cells = await cellsOf(ctx, filter)
  const most = countedUpTo(filter) + 1
  // In the order of the list, so that the planner walks it for a common word here too.
  if (filter.q !== '')
    return sql`with cells as materialized (${cells})
        select count(*) from (${searchHeads(searched(ctx, filter), orderOf(filter, filter.sort.startsWith('-')), most)}) counted`
  if (isSmall(filter) || filter.due !== null)
    return sql`with cells as materialized (${cells})
        select count(*) from (select 1 from (${hits(ctx, filter, sql`k.id`, sql``)}) hits limit ${most}) counted`
  return sql`select count(*) from (select 1 from (${cells}) cells cross join lateral (
        select 1 from cases_case k where k.cell = cells.cell ${conditions(ctx, filter)} limit ${most}) each limit ${most}) counted`
}

/** Several counts in one round trip. */
export async function countInboxes<K extends string>(
  ctx: Ctx,
  filters: Readonly<Record<K, InboxFilter>>,
): Promise<Record<K, number>> {
  const names = Object.keys(filters) as K[]
  const counts = await Promise.all(
    names.map(async (name) => sql`(${await countSql(ctx, filters[name])})::int as ${sql.id(name)}`),
  )
  return one(ctx.db, sql<Record<K, number>>`select ${sql.join(counts)}`)
}

/** What there is to choose from in the filters: units, services and states that have cases which the person may see. */
export async function inboxChoices(ctx: Ctx): Promise<{ unit: string; service: string; state: string }[]> {
  return many(
    ctx.db,
    sql<{ unit: string; service: string; state: string }>`select distinct unit, service, state from cases_cell
      where ${await visibleCells(ctx)} order by unit, service, state`,
  )
}

/** All rows of a list, page by page, for exports. */
export async function* allRows(ctx: Ctx, filter: InboxFilter, pageSize = 1_000): AsyncGenerator<InboxRow> {
  let after: Cursor | null = null
  for (;;) {
    const page: InboxPage = await inboxPage(ctx, filter, { after, before: null }, pageSize)
    yield* page.rows
    if (page.next === null) return
    after = page.next
  }
}

/** Ids of these cases that the person may see: bulk actions leave out everything else. */
export async function visibleAmong(
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; number: string; unit: string }[]> {
  return many(
    ctx.db,
    sql<{ id: string; number: string; unit: string }>`select k.id, k.number, k.unit from cases_case k
      where k.id::text = any(${[...ids]}::text[]) and k.cell in (select cell from cases_cell where ${await visibleCells(ctx)})`,
  )
}
