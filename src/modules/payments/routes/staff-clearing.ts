import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { centsFromTyped } from '#platform/money/cents.ts'
import { fail, type Result } from '#platform/problem.ts'
import { FINDINGS } from '../domain/matching.ts'
import { findEntry, listClearing, suggestionsFor, type BankEntryRow, type ClearingFilter } from '../store/bank.ts'
import { overpaidPayments, paymentForStaff } from '../store/lists.ts'
import { findPayment } from '../store/payments.ts'
import { listRefunds } from '../store/refunds.ts'
import { texts } from '../texts/index.ts'
import {
  acknowledge, assignEntry, handOver, matchRefund, refundEntry, refundOverpayment, settleProvider, waiveRest, type ClearingProblem,
} from '../use-cases/clearing.ts' // prettier-ignore
import { clearingPage } from '../views/clearing.ts'
import { entryPage, type EntryView } from '../views/clearing-entry.ts'
import { isId, queryChoice, queryPage, queryString, queryText } from '#platform/http/query.ts'
import { entryCells } from './csv.ts'
import { clearingsFor } from './staff-payments.ts'

const PATH = '/workbench/zahlungen/klaerung'
const PAGE_SIZE = 50
/** Rows of one CSV file. */
const MOST_ROWS = 20_000
const oneEntry = Type.Object({ id: Type.String() })

async function showEntry(ctx: Ctx, entry: BankEntryRow, more: Partial<EntryView>, status = 200): Promise<Reply> {
  const open = entry.state === 'open'
  const [payment, suggestions, refunds] = await Promise.all([
    entry.payment === null ? null : findPayment(ctx, entry.payment),
    open && entry.suspenseCents > 0 ? suggestionsFor(ctx, entry) : [],
    open && entry.suspenseCents < 0 ? listRefunds(ctx, { state: 'unpaid' }, { offset: 0, limit: 200 }) : null,
  ])
  const fitting = refunds?.rows.filter((row) => row.cents === -entry.suspenseCents) ?? []
  return htmlPage(
    entryPage(ctx, { entry, payment, suggestions, refunds: fitting, typed: {}, errors: {}, problem: null, ...more }),
    { status },
  )
}

type Fields = Readonly<Record<string, string>>
/** Errors by field, or what to do. */
type Step = { readonly errors: Fields } | { readonly run: () => Promise<Result<null, ClearingProblem>> }

/** One decision: reads the form, shows the movement again with what is wrong, or goes back to the list. */
function decision(word: string, read: (ctx: Ctx, entry: BankEntryRow, req: Req) => Step): Route {
  return action({
    path: `${PATH}/:id/${word}`,
    access: staff('payments.book'),
    params: oneEntry,
    handle: async (ctx, req) => {
      const entry = isId(req.params.id) ? await findEntry(ctx, req.params.id) : null
      if (!entry) return problem(fail('not-found'))
      const typed = Object.fromEntries(
        req.form.entries().map(([name, value]) => [`${word}.${name}`, value.slice(0, 500)]),
      )
      const step = read(ctx, entry, req as Req)
      if ('errors' in step) return showEntry(ctx, entry, { typed, errors: step.errors }, 422)
      const done = await step.run()
      if (!done.ok) {
        const now = (await findEntry(ctx, entry.id)) ?? entry
        const message = texts(ctx).clearing.problems[done.problem]
        const field = FIELD_OF[done.problem]
        return showEntry(
          ctx,
          now,
          { typed, ...(field ? { errors: { [field]: message } } : { problem: message }) },
          done.problem === 'edited-by-others' ? 409 : 422,
        )
      }
      const after = await findEntry(ctx, entry.id)
      return redirect(after?.state === 'open' ? `${PATH}?geklaert=teilweise` : `${PATH}?geklaert=ja`)
    },
  })
}

const FIELD_OF: Partial<Record<ClearingProblem, string>> = {
  'reference-unknown': 'reference',
  'payment-cancelled': 'reference',
  'amount-not-there': 'amount',
}

/** A decision that needs a reason and nothing else. */
const withReason = (
  word: string,
  run: (ctx: Ctx, id: string, reason: string) => Promise<Result<null, ClearingProblem>>,
): Route =>
  decision(word, (ctx, entry, req) => {
    const reason = req.form.get('reason').trim().slice(0, 500)
    return reason === ''
      ? { errors: { [`${word}.reason`]: texts(ctx).staff.reasonMissing } }
      : { run: () => run(ctx, entry.id, reason) }
  })

const filterOf = (req: Req): ClearingFilter => ({
  state: queryChoice(req, 'stand', ['open', 'cleared'] as const) ?? 'open',
  finding: queryChoice(req, 'befund', FINDINGS),
  q: queryText(req, 'q').slice(0, 200),
})

export const clearingRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: staff('payments.book'),
    handle: async (ctx, req) => {
      const filter = filterOf(req)
      const number = queryPage(req)
      const found = await listClearing(ctx, filter, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      const done = queryChoice(req, 'geklaert', ['ja', 'teilweise'] as const)
      const kept = { stand: filter.state, befund: filter.finding, q: filter.q }
      return htmlPage(
        clearingPage(ctx, {
          ...found,
          filter,
          page: number,
          pageSize: PAGE_SIZE,
          openClearings: await clearingsFor(ctx),
          overpaid: filter.state === 'open' ? await overpaidPayments(ctx, 100) : [],
          just: done === null ? null : done === 'ja' ? 'cleared' : 'in-part',
          query: (more) => queryString({ ...kept, ...more }),
        }),
      )
    },
  }),
  page({
    path: `${PATH}/liste.csv`,
    access: staff('payments.book'),
    handle: async (ctx, req) => {
      const { rows } = await listClearing(ctx, filterOf(req), { offset: 0, limit: MOST_ROWS })
      const { header, row } = entryCells(ctx)
      return csvReply(`${texts(ctx).clearing.title}.csv`, header, rows.map(row))
    },
  }),
  page({
    path: `${PATH}/:id`,
    access: staff('payments.book'),
    params: oneEntry,
    examples: async (ctx) => {
      const states = ['open', 'cleared'] as const
      const lists = await Promise.all(
        states.map((state) => listClearing(ctx, { state, finding: null, q: '' }, { offset: 0, limit: 8 })),
      )
      return lists.flatMap(({ rows }) => rows.map((row) => `${PATH}/${row.id}`))
    },
    handle: async (ctx, req) => {
      const entry = isId(req.params.id) ? await findEntry(ctx, req.params.id) : null
      return entry ? showEntry(ctx, entry, {}) : problem(fail('not-found'))
    },
  }),
  decision('zuordnung', (ctx, entry, req) => {
    const t = texts(ctx)
    const reference = req.form.get('reference').trim().slice(0, 60)
    const amount = req.form.get('amount').trim()
    const cents = amount === '' ? null : centsFromTyped(amount)
    const errors: Record<string, string> = {}
    if (reference === '') errors['reference'] = t.clearing.problems['reference-unknown']
    if (amount !== '' && (cents === null || cents <= 0)) errors['amount'] = t.staff.amountWrong
    if (Object.keys(errors).length > 0) return { errors }
    return { run: () => assignEntry(ctx, entry.id, { reference, cents, reason: null }) }
  }),
  decision('rueckzahlung', (ctx, entry, req) => {
    const t = texts(ctx)
    const reason = req.form.get('reason').trim().slice(0, 500)
    const typed = req.form.get('iban').trim()
    const iban = typed === '' ? null : electronicFormatIBAN(typed)
    const errors: Record<string, string> = {}
    if (iban !== null && !isValidIBAN(iban)) errors['iban'] = t.clearing.refundIbanWrong
    if (reason === '') errors['rueckzahlung.reason'] = t.staff.reasonMissing
    if (Object.keys(errors).length > 0) return { errors }
    return { run: () => refundEntry(ctx, entry.id, { reason, iban }) }
  }),
  decision('abrechnung', (ctx, entry) => ({ run: () => settleProvider(ctx, entry.id, null) })),
  decision('auszahlung', (ctx, entry, req) => {
    const refundId = req.form.get('refund')
    if (!isId(refundId)) return { errors: { refund: texts(ctx).clearing.problems['refund-unknown'] } }
    return { run: () => matchRefund(ctx, entry.id, { refundId }) }
  }),
  withReason('erlass', waiveRest),
  withReason('abgabe', handOver),
  withReason('kenntnisnahme', acknowledge),
  action({
    path: '/workbench/zahlungen/:id/ueberzahlung',
    access: staff('payments.book'),
    params: oneEntry,
    handle: async (ctx, req) => {
      const payment = isId(req.params.id) ? await paymentForStaff(ctx, req.params.id, 'payments.book') : null
      if (!payment) return problem(fail('not-found'))
      const done = await refundOverpayment(ctx, payment.id, texts({ locale: 'de' }).states.overpaid)
      return done.ok || done.problem === 'not-possible' ? redirect(`${PATH}?geklaert=ja`) : problem(fail('not-found'))
    },
  }),
]
