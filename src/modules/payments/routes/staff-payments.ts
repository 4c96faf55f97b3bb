import { Type } from '#platform/schema.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { newId } from '#platform/db/id.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { formatMoney } from '#platform/i18n/format.ts'
import { centsFromTyped } from '#platform/money/cents.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { refundable } from '../domain/ledger.ts'
import { PAYMENT_STATES, TREASURY } from '../domain/payment.ts'
import { openClearings } from '../store/bank.ts'
import { balancesOf, transactionsOf } from '../store/ledger.ts'
import { listPayments, paymentForStaff, SORTS, type PaymentFilter, type Sort } from '../store/lists.ts'
import { onlinesOf } from '../store/online.ts'
import type { PaymentRow } from '../store/payments.ts'
import { refundsOfPayment } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { refund } from '../use-cases/refunds.ts'
import { paymentDetailPage, type DetailView } from '../views/detail.ts'
import { paymentListPage } from '../views/staff.ts'
import { moneyCell } from './csv.ts'
import { isId, queryChoice, queryPeriod, queryPage, queryString, queryText } from '#platform/http/query.ts'

const PAGE_SIZE = 50
/** Rows of one CSV file. */
const MOST_ROWS = 20_000

const onePayment = Type.Object({ id: Type.String() })

export const clearingsFor = (ctx: Ctx): Promise<number> =>
  may(ctx, 'payments.book', TREASURY) ? openClearings(ctx) : Promise.resolve(0)

function readFilter(ctx: Ctx, req: Req) {
  const period = queryPeriod(req, today(ctx.clock))
  const filter: PaymentFilter = {
    state: queryChoice(req, 'stand', [...PAYMENT_STATES, 'outstanding'] as const),
    q: queryText(req, 'q').slice(0, 200),
    from: period.from.date,
    until: period.until.date,
    sort: queryChoice(req, 'sortierung', Object.keys(SORTS) as Sort[]) ?? 'created',
    direction: queryChoice(req, 'richtung', ['asc', 'desc'] as const) ?? 'desc',
  }
  const kept = {
    q: filter.q,
    stand: filter.state,
    von: period.from.typed,
    bis: period.until.typed,
    sortierung: filter.sort,
    richtung: filter.direction,
  }
  return {
    filter,
    period,
    query: (more: Readonly<Record<string, string | number | null>>) => queryString({ ...kept, ...more }),
  }
}

async function detail(
  ctx: Ctx,
  payment: PaymentRow,
  form: Partial<DetailView['form']>,
  refundDone: boolean,
  status = 200,
): Promise<Reply> {
  const [balances, transactions, refunds, onlines] = await Promise.all([
    balancesOf(ctx, payment.id),
    transactionsOf(ctx, payment.id),
    refundsOfPayment(ctx, payment.id),
    onlinesOf(ctx, payment.id),
  ])
  const view: DetailView = {
    payment,
    transactions,
    refunds,
    onlines,
    refundable: payment.cancelledAt ? 0 : refundable(balances),
    mayBook: may(ctx, 'payments.book', payment.unit),
    // The form carries its own key, so that a double click refunds once.
    form: { amount: '', reason: '', key: newId(), errors: {}, ...form },
    refundDone,
  }
  return htmlPage(paymentDetailPage(ctx, view), { status })
}

export const paymentRoutes: readonly Route[] = [
  page({
    path: '/workbench/zahlungen',
    access: staff('payments.read'),
    handle: async (ctx, req) => {
      const view = readFilter(ctx, req)
      const number = queryPage(req)
      const found = await listPayments(ctx, view.filter, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      return htmlPage(
        paymentListPage(ctx, {
          ...view,
          ...found,
          page: number,
          pageSize: PAGE_SIZE,
          openClearings: await clearingsFor(ctx),
        }),
      )
    },
  }),
  page({
    path: '/workbench/zahlungen/liste.csv',
    access: staff('payments.read'),
    handle: async (ctx, req) => {
      const { filter } = readFilter(ctx, req)
      const { rows } = await listPayments(ctx, filter, { offset: 0, limit: MOST_ROWS })
      const { staff: t, states } = texts(ctx)
      const money = (cents: number) => moneyCell(ctx, cents)
      const cells = (row: PaymentRow) => [
        row.reference, row.purpose, row.payerName, money(row.cents), money(row.paidCents), money(row.refundedCents), states[row.state],
        row.dueOn.toString(), row.createdAt.toString(),
      ] // prettier-ignore
      return csvReply(
        t.csvName,
        [t.reference, t.purpose, t.payer, t.amount, t.paid, t.refunded, t.state, t.dueOn, t.created],
        rows.map(cells),
      )
    },
  }),
  page({
    path: '/workbench/zahlungen/:id',
    access: staff('payments.read'),
    params: onePayment,
    examples: async (ctx) => {
      const filter: PaymentFilter = { state: null, q: '', from: null, until: null, sort: 'created', direction: 'desc' }
      const { rows } = await listPayments(ctx, filter, { offset: 0, limit: 2 })
      return rows.map((row) => `/workbench/zahlungen/${row.id}`)
    },
    handle: async (ctx, req) => {
      const payment = isId(req.params.id) ? await paymentForStaff(ctx, req.params.id) : null
      if (!payment) return problem(fail('not-found'))
      return detail(ctx, payment, {}, queryText(req, 'erstattet') !== '')
    },
  }),
  action({
    path: '/workbench/zahlungen/:id/erstattungen',
    access: staff('payments.book'),
    params: onePayment,
    handle: async (ctx, req) => {
      const payment = isId(req.params.id) ? await paymentForStaff(ctx, req.params.id, 'payments.book') : null
      if (!payment) return problem(fail('not-found'))
      const t = texts(ctx).staff
      const typed = {
        amount: req.form.get('amount'),
        reason: req.form.get('reason').slice(0, 500),
        key: req.form.get('key'),
      }
      const cents = centsFromTyped(typed.amount)
      const errors: Record<string, string> = {}
      if (cents === null || cents <= 0) errors['amount'] = t.amountWrong
      if (typed.reason.trim() === '') errors['reason'] = t.reasonMissing
      if (Object.keys(errors).length > 0) return detail(ctx, payment, { ...typed, errors }, false, 422)
      const key = `staff:${payment.id}:${isId(typed.key) ? typed.key : newId()}`
      const decided = await refund(ctx, { paymentId: payment.id, cents: cents!, reason: typed.reason.trim(), key })
      if (decided.ok) return redirect(`/workbench/zahlungen/${payment.id}?erstattet=1`)
      const most = formatMoney(ctx, refundable(await balancesOf(ctx, payment.id)))
      return detail(ctx, payment, { ...typed, errors: { amount: t.refundTooHigh(most) } }, false, 422)
    },
  }),
]
