import { Type } from '#platform/schema.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { CHANNELS, DELIVERY_STATES } from '../domain/notice.ts'
import { deliveriesOf, requeue } from '../store/deliveries.ts'
import {
  undeliveredIds,
  messageForStaff,
  PERMISSION,
  sentDeliveries,
  type SentFilter,
  type SentRow,
} from '../store/sent.ts'
import { texts } from '../texts/index.ts'
import { recipient, sentMessagePage, sentPage } from '../views/sent.ts'
import { isId, queryChoice, queryPeriod, queryPage, queryString, queryText } from '#platform/http/query.ts'

const PAGE_SIZE = 50
/** Rows of one CSV file, and deliveries put back at once. */
const MOST_AT_ONCE = 10_000

const oneMessage = Type.Object({ id: Type.String() })

function readFilter(ctx: Ctx, req: Req) {
  const period = queryPeriod(req, today(ctx.clock))
  const filter: SentFilter = {
    state: queryChoice(req, 'zustand', DELIVERY_STATES),
    channel: queryChoice(req, 'weg', CHANNELS),
    q: queryText(req, 'q').slice(0, 200),
    from: period.from.date,
    until: period.until.date,
  }
  const kept = {
    q: filter.q,
    zustand: filter.state,
    weg: filter.channel,
    von: period.from.typed,
    bis: period.until.typed,
  }
  return {
    filter,
    period,
    query: (more: Readonly<Record<string, string | number | null>>) => queryString({ ...kept, ...more }),
  }
}

const retriedOf = (req: Req): number | null => {
  const value = queryText(req, 'wiederholt')
  return /^\d{1,6}$/.test(value) ? Number(value) : null
}

export const sentRoutes: readonly Route[] = [
  page({
    path: '/workbench/nachrichten',
    access: staff(PERMISSION),
    handle: async (ctx, req) => {
      const view = readFilter(ctx, req)
      const number = queryPage(req)
      const found = await sentDeliveries(ctx, view.filter, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      return htmlPage(sentPage(ctx, { ...view, ...found, page: number, pageSize: PAGE_SIZE, retried: retriedOf(req) }))
    },
  }),
  page({
    path: '/workbench/nachrichten/liste.csv',
    access: staff(PERMISSION),
    handle: async (ctx, req) => {
      const { filter } = readFilter(ctx, req)
      const { rows } = await sentDeliveries(ctx, filter, { offset: 0, limit: MOST_AT_ONCE })
      const { sent: t, channels, states } = texts(ctx)
      const cells = (row: SentRow) => [
        row.subject,
        recipient(ctx, row),
        channels[row.channel],
        states[row.state],
        row.attempts,
        row.createdAt.toString(),
        row.sentAt?.toString() ?? '',
        row.lastError ?? '',
      ]
      return csvReply(
        t.csvName,
        [t.subject, t.to, t.channel, t.state, t.attempts, t.created, t.sentAt, t.error],
        rows.map(cells),
      )
    },
  }),
  page({
    path: '/workbench/nachrichten/:id',
    access: staff(PERMISSION),
    params: oneMessage,
    examples: async (ctx) => {
      const anything = { state: null, channel: null, q: '', from: null, until: null }
      const { rows } = await sentDeliveries(ctx, anything, { offset: 0, limit: 2 })
      return rows.map((row) => `/workbench/nachrichten/${row.message}`)
    },
    handle: async (ctx, req) => {
      const message = isId(req.params.id) ? await messageForStaff(ctx, req.params.id) : null
      if (!message) return problem(fail('not-found'))
      return htmlPage(sentMessagePage(ctx, message, await deliveriesOf(ctx, message.id), retriedOf(req)))
    },
  }),
  action({
    path: '/workbench/nachrichten/:id/wiederholung',
    access: staff(PERMISSION),
    params: oneMessage,
    handle: async (ctx, req) => {
      const message = isId(req.params.id) ? await messageForStaff(ctx, req.params.id) : null
      if (!message) return problem(fail('not-found'))
      const wanted = req.form.get('delivery')
      const count = await transaction(ctx, async (tx) => {
        const ids = (await deliveriesOf(tx, message.id))
          .map((row) => row.id)
          .filter((id) => wanted === '' || id === wanted)
        return retry(tx, ids)
      })
      return redirect(`/workbench/nachrichten/${message.id}?wiederholt=${count}`)
    },
  }),
  action({
    path: '/workbench/nachrichten/wiederholung',
    access: staff(PERMISSION),
    handle: async (ctx, req) => {
      const { filter, query } = readFilter(ctx, req)
      const count = await transaction(ctx, async (tx) => retry(tx, await undeliveredIds(tx, filter, MOST_AT_ONCE)))
      return redirect(`/workbench/nachrichten${query({ wiederholt: count })}`)
    },
  }),
]

async function retry(tx: Ctx, ids: readonly string[]): Promise<number> {
  const count = await requeue(tx, ids)
  if (count > 0)
    await audit(tx, { subject: 'notifications', action: 'notifications.retried', data: { deliveries: ids } })
  return count
}
