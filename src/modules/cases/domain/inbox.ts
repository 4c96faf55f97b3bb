/** What a list of cases shows, as its address says it: `/workbench?state=review&assignee=me&sort=due`. */
export interface InboxFilter {
  readonly unit: string | null
  readonly service: string | null
  readonly state: string | null
  /** `me`, `none` (nobody has taken it), or the id of a colleague. */
  readonly assignee: string | null
  readonly phase: 'open' | 'closed' | 'all'
  readonly due: 'overdue' | 'week' | null
  readonly followUp: 'due' | 'any' | null
  /** Only where the applicant wrote or handed in something that nobody has seen yet. */
  readonly news: boolean
  readonly q: string
  readonly sort: Sort
}

export const SORTS = ['opened', '-opened', 'due', '-due', 'changed', '-changed'] as const
/** A minus in front: the latest first. */
export type Sort = (typeof SORTS)[number]

export const DEFAULT_SORT: Sort = 'due'

/** A place in a sorted list, from which the next or the page before begins. */
export interface Cursor {
  /** Value of the sorted column, as ISO text. */
  readonly value: string
  readonly id: string
}

export interface PagePlace {
  readonly after: Cursor | null
  readonly before: Cursor | null
}

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads an address's query. What means nothing is left out, so that an old bookmark still shows a list. */
export function readInboxFilter(query: Readonly<Record<string, unknown>>): InboxFilter {
  const text = (name: string): string => {
    const value = query[name]
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first.trim() : ''
  }
  const slug = (name: string) => (SLUG.test(text(name)) ? text(name) : null)
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | null =>
    values.find((value) => value === text(name)) ?? null
  const assignee = text('assignee')
  return {
    unit: slug('unit'),
    service: slug('service'),
    state: slug('state'),
    assignee: assignee === 'me' || assignee === 'none' || UUID.test(assignee) ? assignee : null,
    phase: oneOf('phase', ['open', 'closed', 'all']) ?? 'open',
    due: oneOf('due', ['overdue', 'week']),
    followUp: oneOf('followup', ['due', 'any']),
    news: text('news') === '1',
    q: text('q').slice(0, 200),
    sort: oneOf('sort', SORTS) ?? DEFAULT_SORT,
  }
}

/** The filter as a query string without what is the default; '' for the plain inbox. */
export function inboxQuery(filter: InboxFilter): string {
  const query = new URLSearchParams()
  const set = (name: string, value: string | null, usual: string | null = null) => {
    if (value !== null && value !== '' && value !== usual) query.set(name, value)
  }
  set('q', filter.q)
  set('unit', filter.unit)
  set('service', filter.service)
  set('state', filter.state)
  set('assignee', filter.assignee)
  set('phase', filter.phase, 'open')
  set('due', filter.due)
  set('followup', filter.followUp)
  set('news', filter.news ? '1' : null)
  set('sort', filter.sort, DEFAULT_SORT)
  return query.toString()
}

export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(`${value}|${id}`).toString('base64url')
}

/** null for anything that no list has given out: the list then begins at its start. */
export function readCursor(text: unknown, sort: Sort): Cursor | null {
  if (typeof text !== 'string' || text === '' || text.length > 200) return null
  const [value = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split('|')
  if (!UUID.test(id)) return null
  try {
    // The exact forms that lists give out: Temporal itself would also read calendars and years that PostgreSQL does not.
    const isDay = sort.endsWith('due')
    if (!(isDay ? DAY : INSTANT).test(value)) return null
    return { value: isDay ? Temporal.PlainDate.from(value).toString() : Temporal.Instant.from(value).toString(), id }
  } catch {
    return null
  }
}
