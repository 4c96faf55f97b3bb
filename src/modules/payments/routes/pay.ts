import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { fileReply, htmlPage, jsonReply, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, api, holderOf, page, signedIn, type Req, type Route } from '#platform/http/route.ts'
import { pdfOnRequest } from '#platform/pdf/on-request.ts'
import { fail } from '#platform/problem.ts'
import { bankAccountOf } from '../bank-account.ts'
import { spacedReference } from '../domain/reference.ts'
import { providerOf } from '../provider/choose.ts'
import { balancesOf } from '../store/ledger.ts'
import { paymentsOfAccount } from '../store/lists.ts'
import { onlinesOf } from '../store/online.ts'
import { findPayment, isCodeOf, type PaymentRow } from '../store/payments.ts'
import { texts } from '../texts/index.ts'
import { completeOnline, startOnline } from '../use-cases/online.ts'
import { myPaymentsPage, onlinePage, payPage } from '../views/pay.ts'
import { giroCodeSvg } from '../views/giro-code.ts'
import { invoicePdf } from '../views/invoice.ts'
import { isId, queryString, queryText } from '#platform/http/query.ts'

const payer = holderOf('the code of the payment link, or the account that pays')
const onePayment = Type.Object({ id: Type.String() })

interface Found {
  readonly payment: PaymentRow
  readonly outstanding: number
  /** '' where the payer is signed in. */
  readonly code: string
}

type Asked = Req<{ id: string }, any>

/** The payment of whoever holds its code or is signed in as its payer; null for everybody else, as if there were none. */
async function payerOf(ctx: Ctx, { id }: { id: string }, code: string): Promise<Found | null> {
  const payment = isId(id) ? await findPayment(ctx, id) : null
  if (!payment) return null
  const isOwner = ctx.account !== null && payment.payerAccount === ctx.account.id
  if (!isOwner && !(await isCodeOf(ctx, id, code))) return null
  const { receivable } = await balancesOf(ctx, id)
  return { payment, outstanding: payment.cancelledAt ? 0 : receivable, code }
}

const paymentCode = linkCode('rathaus_zahlung')
const notFound = () => problem(fail('payment-not-found'))

/** Pages of whoever opened the link on this device, or is signed in. */
const withPayment =
  (handle: (ctx: Ctx, found: Found, req: Asked) => Promise<Reply>) => async (ctx: Ctx, req: Asked) => {
    const { id } = req.params
    if (!isId(id)) return notFound()
    const code = queryText(req, 'code')
    if (req.method === 'GET' && (await isCodeOf(ctx, id, code))) return paymentCode.withoutCode(req, id, code)
    const found = await payerOf(ctx, req.params, paymentCode.remembered(req, id))
    return found ? handle(ctx, found, req) : notFound()
  }

const returnPath = ({ payment, code }: Found) => `/zahlung/${payment.id}/rueckkehr${queryString({ code })}`

const examplesOf = (suffix: string) => async (ctx: Ctx) => {
  if (!ctx.account) return []
  const rows = await paymentsOfAccount(ctx, ctx.account.id)
  return rows.slice(0, 3).map((row) => `/zahlung/${row.id}${suffix}`)
}

export const payRoutes: readonly Route[] = [
  page({
    path: '/konto/zahlungen',
    access: signedIn,
    handle: async (ctx) => htmlPage(myPaymentsPage(ctx, await paymentsOfAccount(ctx, ctx.account!.id))),
  }),
  page({
    path: '/zahlung/:id',
    access: payer,
    params: onePayment,
    examples: examplesOf(''),
    handle: withPayment(async (ctx, found, req) => {
      const just = queryText(req, 'online') === '' ? null : ((await onlinesOf(ctx, found.payment.id))[0]?.state ?? null)
      const account = bankAccountOf(ctx)
      const { payment, outstanding } = found
      const code =
        account !== null && outstanding > 0
          ? await giroCodeSvg({ account, cents: outstanding, reference: payment.reference, purpose: payment.purpose })
          : null
      const view = { ...found, account, giroCode: code, onlineAvailable: providerOf(ctx) !== null, just }
      return htmlPage(payPage(ctx, view))
    }),
  }),
  page({
    path: '/zahlung/:id/online',
    access: payer,
    params: onePayment,
    examples: examplesOf('/online'),
    handle: withPayment(async (ctx, found, req) => {
      const [latest] = await onlinesOf(ctx, found.payment.id)
      const redirectUrl = latest?.state === 'started' ? latest.redirectUrl : null
      const why =
        providerOf(ctx) === null
          ? 'online-not-available'
          : queryText(req, 'fehler') === ''
            ? null
            : 'provider-unavailable'
      return htmlPage(onlinePage(ctx, { ...found, redirectUrl, problem: why }))
    }),
  }),
  action({
    path: '/zahlung/:id/online',
    access: payer,
    params: onePayment,
    perMinute: 60,
    handle: withPayment(async (ctx, found) => {
      const { id } = found.payment
      const started = await startOnline(ctx, found.payment, returnPath(found))
      if (started.ok) return redirect(`/zahlung/${id}/online`)
      if (started.problem === 'payment-settled') return redirect(`/zahlung/${id}`)
      return redirect(`/zahlung/${id}/online?fehler=1`)
    }),
  }),
  page({
    path: '/zahlung/:id/rueckkehr',
    access: payer,
    params: onePayment,
    examples: examplesOf('/rueckkehr'),
    handle: withPayment(async (ctx, found) => {
      const [latest] = await onlinesOf(ctx, found.payment.id)
      if (latest) await completeOnline(ctx, latest.id)
      return redirect(`/zahlung/${found.payment.id}${latest ? '?online=1' : ''}`)
    }),
  }),
  page({
    path: '/zahlung/:id/rechnung.pdf',
    access: payer,
    params: onePayment,
    examples: examplesOf('/rechnung.pdf'),
    handle: withPayment(async (ctx, found) => {
      const body = await pdfOnRequest(() => invoicePdf(ctx, found.payment, found.outstanding, bankAccountOf(ctx)))
      const name = `${texts(ctx).invoice.file}-${found.payment.reference}.pdf`
      return fileReply({ body, kind: 'application/pdf', name, inline: true })
    }),
  }),
  api({
    method: 'GET',
    path: '/api/v1/payments/:id',
    access: payer,
    summary: 'State of a payment, for its payer (code of the link, or signed in)',
    tags: ['payments'],
    params: onePayment,
    query: Type.Object({ code: Type.Optional(Type.String({ maxLength: 100 })) }),
    replies: {
      200: Type.Object({
        id: Type.String(),
        reference: Type.String(),
        purpose: Type.String(),
        state: Type.String(),
        cents: Type.Integer(),
        paidCents: Type.Integer(),
        outstandingCents: Type.Integer(),
        dueOn: Type.String({ format: 'date' }),
        transfer: Type.Union([
          Type.Null(),
          Type.Object({ holder: Type.String(), iban: Type.String(), remittance: Type.String() }),
        ]),
        onlineAvailable: Type.Boolean(),
      }),
    },
    handle: async (ctx, req) => {
      const found = await payerOf(ctx, req.params, queryText(req, 'code'))
      if (!found) return notFound()
      const { payment } = found
      const account = bankAccountOf(ctx)
      return jsonReply({
        id: payment.id,
        reference: payment.reference,
        purpose: payment.purpose,
        state: payment.state,
        cents: payment.cents,
        paidCents: payment.paidCents,
        outstandingCents: found.outstanding,
        dueOn: payment.dueOn.toString(),
        transfer: account && {
          holder: account.holder,
          iban: account.iban,
          remittance: spacedReference(payment.reference),
        },
        onlineAvailable: providerOf(ctx) !== null,
      })
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/payments/:id/online-payments',
    access: payer,
    summary: 'Begins to pay online; gives the address of the payment service for the payer’s browser',
    tags: ['payments'],
    params: onePayment,
    query: Type.Object({ code: Type.Optional(Type.String({ maxLength: 100 })) }),
    perMinute: 60,
    replies: { 201: Type.Object({ redirectUrl: Type.String() }) },
    handle: async (ctx, req) => {
      const found = await payerOf(ctx, req.params, queryText(req, 'code'))
      if (!found) return notFound()
      const started = await startOnline(ctx, found.payment, returnPath(found))
      return started.ok ? jsonReply(started.value, 201) : problem(started)
    },
  }),
]
