import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { dayError } from '#platform/html/components/index.ts'
import { queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, everybody, holderOf, page, type Req, type Route } from '#platform/http/route.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { addressOf, askedInAddress, askedInForm, comingDay, officesOf, type Asked } from '../asked.ts'
import { hashOfCode } from '../domain/booking.ts'
import { offerOf } from '../offer.ts'
import { exampleWaiting } from '../store/examples.ts'
import { deleteWaiting, waitingOfAccount, waitingWithCode, type WaitingRow } from '../store/waiting.ts'
import { texts } from '../texts/index.ts'
import { readWaiting, wait, waitOn } from '../use-cases/waiting.ts'
import type { Errors } from '../views/choose.ts'
import { isDoneHere } from '../views/times.ts'
import { leftPage, waitingPage, waitPage, waitSentPage, type TypedWaiting } from '../views/waiting.ts'
import { proofIn, searched, variantOf } from './choose.ts'

const waitingCode = linkCode('rathaus_warteliste')
const PATH = '/termine/warteliste'
export const byWaitingCode = holderOf('the code in the mail, or the account that waits')
const common = {
  access: byWaitingCode,
  params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
}

export const waitingRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: everybody,
    examples: async (ctx) => {
      const [service] = (await offerOf(ctx)).services
      return service ? [`${PATH}?service=${service.slug}&people=1`] : []
    },
    handle: (ctx, req) => form(ctx, askedInAddress(ctx, req), { email: ctx.account?.email ?? '', to: '' }, {}),
  }),
  action({
    path: PATH,
    access: everybody,
    perMinute: 10,
    handle: async (ctx, req) => {
      const asked = askedInForm(ctx, req)
      const typed = { email: req.form.get('email').trim().slice(0, 254), to: req.form.get('to').trim().slice(0, 40) }
      const to = comingDay(ctx, typed.to)
      const offer = await offerOf(ctx)
      const { times, distances, errors } = await searched(ctx, offer, asked)
      if (!times || Object.keys(errors).length > 0) return redirect(addressOf('/termine', asked))
      if (to.wrong) return form(ctx, asked, typed, { to: dayError(ctx, to)! })
      const wish = {
        services: asked.services,
        people: asked.people,
        variant: variantOf(offer, asked),
        offices: officesOf(asked, distances),
        fromDay: asked.from.date?.toString() ?? null,
        lastDay: to.date?.toString() ?? null,
        weekdays: asked.weekdays,
      }
      const waits = await wait(ctx, wish, { email: typed.email, ip: req.ip, proof: proofIn(req) })
      if (!waits.ok) return form(ctx, asked, typed, wrongOf(ctx, waits))
      const { row, code } = waits.value
      if (code === null) return htmlPage(waitSentPage(ctx, row.email))
      return redirect(`${PATH}/${row.id}`, [waitingCode.remember(row.id, code)])
    },
  }),
  page({
    ...common,
    path: `${PATH}/:id`,
    examples: async (ctx) => {
      if (ctx.account) return (await waitingOfAccount(ctx, ctx.account.id)).map(({ id }) => `${PATH}/${id}`)
      const example = await exampleWaiting(ctx)
      return example ? [`${PATH}/${example.id}?code=${example.code}`] : []
    },
    handle: async (ctx, req) => {
      const { id } = req.params
      const given = queryText(req, 'code')
      if (given !== '' && (await waitingWithCode(ctx, id, hashOfCode(given))))
        return waitingCode.withoutCode(req, id, given)
      return withWaiting(ctx, req, async (row) => htmlPage(waitingPage(ctx, { offer: await offerOf(ctx), row })))
    },
  }),
  action({
    ...common,
    path: `${PATH}/:id`,
    handle: (ctx, req) =>
      withWaiting(ctx, req, async (row) => {
        const waits = await waitOn(ctx, row)
        if (waits.ok) return redirect(`${PATH}/${row.id}`)
        const view = { offer: await offerOf(ctx), row, refused: waits.detail ?? null }
        return htmlPage(waitingPage(ctx, view), { status: 409 })
      }),
  }),
  action({
    ...common,
    path: `${PATH}/:id/ende`,
    handle: (ctx, req) =>
      withWaiting(ctx, req, async (row) => {
        await deleteWaiting(ctx, row.id)
        return htmlPage(leftPage(ctx))
      }),
  }),
]

const wrongOf = (ctx: Ctx, { problem, fields, detail }: Failure): Errors =>
  problem === 'proof-needed' ? { '': texts(ctx).waiting.tooManyTries } : (fields ?? { '': detail ?? '' })

async function form(ctx: Ctx, asked: Asked, typed: TypedWaiting, wrong: Errors): Promise<Reply> {
  const offer = await offerOf(ctx)
  const { times, distances, errors } = await searched(ctx, offer, asked)
  // What can be searched for is said there.
  if (
    asked.services.length === 0 ||
    !times ||
    !isDoneHere({ asked, times, distances }) ||
    Object.keys(errors).length > 0
  )
    return redirect(addressOf('/termine', asked))
  const view = { offer, asked: { ...asked, variant: variantOf(offer, asked) }, times, distances, note: null }
  return htmlPage(waitPage(ctx, view, typed, wrong), { status: Object.keys(wrong).length > 0 ? 422 : 200 })
}

async function withWaiting(
  ctx: Ctx,
  req: Pick<Req<{ id: string }>, 'params' | 'query' | 'cookies'>,
  handle: (row: WaitingRow) => Promise<Reply>,
): Promise<Reply> {
  const { id } = req.params
  const row = await readWaiting(ctx, id, waitingCode.remembered(req, id))
  return row ? handle(row) : problem(fail('not-found'))
}
