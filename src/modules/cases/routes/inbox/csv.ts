import { accountsByIds, units } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { page, staff } from '#platform/http/route.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { readInboxFilter, type InboxFilter } from '../../domain/inbox.ts'
import { allRows, type InboxRow } from '../../store/inbox.ts'
import { READ } from '../../store/visible.ts'
import { texts } from '../../texts/index.ts'
import { wordsFor } from '../../views/words.ts'

export const csvRoute = page({
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
})

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
