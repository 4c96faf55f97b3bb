import { Type } from '#platform/schema.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { isId } from '#platform/http/query.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { cityDate } from '#platform/time/clock.ts'
import { bankAccountOf } from '../bank-account.ts'
import { TREASURY } from '../domain/payment.ts'
import { refundOrders, refundsOfOrder, waitingOrder, type RefundOrder } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import { order, withdrawOrder } from '../use-cases/refund-orders.ts'
import { orderNumber, ORDERS_PATH, REFUNDS_PATH, withdrawalPage } from '../views/refund-orders.ts'

const LONGEST_REASON = 500
const oneOrder = Type.Object({ id: Type.String() })
const access = staff('payments.book')

const examplesOf = (behind: string) => async (ctx: Ctx) =>
  (await refundOrders(ctx, 20))
    .filter(({ waiting }) => waiting > 0)
    .slice(0, 1)
    .map(({ id }) => `${ORDERS_PATH}/${id}${behind}`)

const withOrder = async (
  ctx: Ctx,
  id: string,
  then: (found: RefundOrder) => Promise<Reply> | Reply,
): Promise<Reply> => {
  const found = isId(id) ? await waitingOrder(ctx, id) : null
  return found ? then(found) : problem(fail('not-found'))
}

/** Files for the bank: made, loaded again, taken back. */
export const refundOrderRoutes: readonly Route[] = [
  action({
    path: `${REFUNDS_PATH}/auftrag`,
    access,
    handle: async (ctx, req) => {
      if (!may(ctx, 'payments.book', TREASURY)) return problem(fail('forbidden'))
      const ordered = await order(ctx, req.form.all('refund').filter(isId))
      return ordered.ok ? redirect(`${REFUNDS_PATH}?beauftragt=${ordered.value}`) : problem(ordered)
    },
  }),
  page({
    path: `${ORDERS_PATH}/:id`,
    access,
    params: oneOrder,
    examples: examplesOf(''),
    handle: (ctx, req) => withOrder(ctx, req.params.id, (found) => orderFile(ctx, found)),
  }),
  page({
    path: `${ORDERS_PATH}/:id/ruecknahme`,
    access,
    params: oneOrder,
    examples: examplesOf('/ruecknahme'),
    handle: (ctx, req) => withOrder(ctx, req.params.id, (found) => htmlPage(withdrawalPage(ctx, found, '', {}))),
  }),
  action({
    path: `${ORDERS_PATH}/:id/ruecknahme`,
    access,
    params: oneOrder,
    handle: (ctx, req) =>
      withOrder(ctx, req.params.id, async (found) => {
        const reason = req.form.get('reason').trim().slice(0, LONGEST_REASON)
        const errors = { reason: texts(ctx).refunds.withdrawReasonMissing }
        if (reason === '') return htmlPage(withdrawalPage(ctx, found, reason, errors), { status: 422 })
        const withdrawn = await withdrawOrder(ctx, found.id, reason)
        return withdrawn.ok ? redirect(`${REFUNDS_PATH}?zurueckgenommen=1`) : problem(withdrawn)
      }),
  }),
]

/** Loaded again it is the same file, which a bank knows by its number and does not carry out twice. */
async function orderFile(ctx: Ctx, { id, orderedAt }: RefundOrder): Promise<Reply> {
  const account = bankAccountOf(ctx)
  if (!account) return problem(fail('not-found'))
  const { painDocument } = await import('../domain/pain.ts')
  const body = painDocument({
    id: orderNumber(id),
    at: orderedAt,
    on: cityDate(orderedAt),
    debtor: { name: account.holder, iban: account.iban },
    orders: (await refundsOfOrder(ctx, id)).map((row) => ({
      endToEndId: row.endToEndId,
      cents: row.cents,
      name: row.payeeName,
      iban: row.payeeIban!,
      remittance: row.reason,
    })),
  })
  return fileReply({ body, kind: 'application/xml', name: `${orderNumber(id)}.xml`, inline: false })
}
