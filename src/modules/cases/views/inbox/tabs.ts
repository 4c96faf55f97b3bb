import type { Ctx } from '#platform/context.ts'
import { tabs } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import type { Html } from '#platform/html/html.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { DEFAULT_SORT, inboxQuery, type InboxFilter } from '../../domain/inbox.ts'
import { countedUpTo } from '../../store/inbox.ts'
import { texts } from '../../texts/index.ts'
import { INBOX_TABS, inboxPath, tabFilters, type InboxModel } from './model.ts'

export function tabBar(ctx: Ctx, model: InboxModel): Html {
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
