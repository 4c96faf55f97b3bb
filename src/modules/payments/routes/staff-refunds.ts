import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { Type } from '#platform/schema.ts'
import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { TREASURY } from '../domain/payment.ts'
import {
  listRefunds,
  refundOrders,
  REFUND_STATES,
  setPayee,
  type RefundFilter,
  type RefundRow,
} from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { REFUNDS_PATH as PATH } from '../views/refund-orders.ts'
import { payeePage, refundsPage } from '../views/refunds.ts'
import { queryChoice, queryPage, queryString, queryText } from '#platform/http/query.ts'
import { moneyCell } from './csv.ts'
import { clearingsFor } from './staff-payments.ts'

const PAGE_SIZE = 50
const MOST_ROWS = 10_000
/** Orders to the bank whose file the page offers. */
const SHOWN_ORDERS = 20
const oneRefund = Type.Object({ id: Type.String() })

const readFilter = (req: Req): RefundFilter => ({
  state: queryChoice(req, 'stand', [...REFUND_STATES, 'unpaid'] as const),
})

/** A refund whose payee can still be changed; null for all others. */
async function changeable(ctx: Ctx, id: string): Promise<RefundRow | null> {
  const { rows } = await listRefunds(ctx, { state: 'decided' }, { offset: 0, limit: MOST_ROWS })
  return rows.find((row) => row.id === id && row.way === 'transfer') ?? null
}

const showPayee = (
  ctx: Ctx,
  refund: RefundRow,
  typed: { name: string; iban: string },
  errors: Readonly<Record<string, string>>,
): Reply =>
  htmlPage(payeePage(ctx, { refund, ...typed, errors }), { status: Object.keys(errors).length > 0 ? 422 : 200 })

export const refundRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: staff('payments.read'),
    handle: async (ctx, req) => {
      const filter = readFilter(req as Req)
      const number = queryPage(req)
      const found = await listRefunds(ctx, filter, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      const mayBook = may(ctx, 'payments.book', TREASURY)
      const orders = mayBook ? await refundOrders(ctx, SHOWN_ORDERS) : []
      const ordered = queryText(req, 'beauftragt')
      return htmlPage(
        refundsPage(ctx, {
          ...found,
          filter,
          page: number,
          pageSize: PAGE_SIZE,
          mayBook,
          orders,
          ordered: orders.find(({ id }) => id === ordered) ?? null,
          withdrawn: queryText(req, 'zurueckgenommen') !== '',
          openClearings: await clearingsFor(ctx),
          query: (more) => queryString({ stand: filter.state, ...more }),
        }),
      )
    },
  }),
  page({
    path: `${PATH}/liste.csv`,
    access: staff('payments.read'),
    handle: async (ctx, req) => {
      const { rows } = await listRefunds(ctx, readFilter(req as Req), { offset: 0, limit: MOST_ROWS })
      const { refunds: t, staff: ts } = texts(ctx)
      const money = (cents: number) => moneyCell(ctx, cents)
      const header = [t.payee, t.iban, ts.amount, ts.reason, t.reference, t.endToEndId, t.way, ts.state, t.decidedAt]
      return csvReply(
        t.csvName,
        header,
        rows.map((row) => [
          row.payeeName, row.payeeIban ?? '', money(row.cents), row.reason, row.reference ?? '', row.endToEndId, t.ways[row.way],
          t.states[row.state], row.decidedAt,
        ]), // prettier-ignore
      )
    },
  }),
  page({
    path: `${PATH}/:id`,
    access: staff('payments.book'),
    params: oneRefund,
    examples: async (ctx) => {
      const { rows } = await listRefunds(ctx, { state: 'decided' }, { offset: 0, limit: 20 })
      return rows
        .filter((row) => row.way === 'transfer')
        .slice(0, 1)
        .map((row) => `${PATH}/${row.id}`)
    },
    handle: async (ctx, req) => {
      const row = await changeable(ctx, req.params.id)
      return row
        ? showPayee(ctx, row, { name: row.payeeName, iban: row.payeeIban ?? '' }, {})
        : problem(fail('not-found'))
    },
  }),
  action({
    path: `${PATH}/:id`,
    access: staff('payments.book'),
    params: oneRefund,
    handle: async (ctx, req) => {
      const row = await changeable(ctx, req.params.id)
      if (!row || !may(ctx, 'payments.book', TREASURY)) return problem(fail('not-found'))
      const t = texts(ctx)
      const typed = { name: req.form.get('name').slice(0, 140), iban: req.form.get('iban').slice(0, 60) }
      const iban = electronicFormatIBAN(typed.iban.trim()) ?? ''
      const errors: Record<string, string> = {}
      if (typed.name.trim() === '') errors['name'] = t.refunds.nameMissing
      if (!isValidIBAN(iban)) errors['iban'] = t.clearing.refundIbanWrong
      if (Object.keys(errors).length > 0) return showPayee(ctx, row, typed, errors)
      await transaction(ctx, async (tx) => {
        await setPayee(tx, row.id, { name: typed.name.trim(), iban })
        await audit(tx, { subject: `refund:${row.id}`, action: 'payments.refund-payee-changed' })
      })
      return redirect(PATH)
    },
  }),
]
