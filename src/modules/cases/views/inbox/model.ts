import type { Choice } from '#platform/html/components/index.ts'
import type { Html } from '#platform/html/html.ts'
import { inboxQuery, type InboxFilter } from '../../domain/inbox.ts'
import type { InboxPage, InboxRow } from '../../store/inbox.ts'
import type { SavedView } from '../../store/views.ts'
import type { ServiceWords } from '../words.ts'

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
  /** Whether the clerk may work on one of the rows shown, and hand one over. What is refused for some is told afterwards. */
  readonly may: { readonly work: boolean; readonly handOver: boolean }
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
