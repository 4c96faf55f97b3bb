import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { linkCode } from '#platform/http/link-code.ts'
import { queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, everybody, holderOf, page, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { addressOf, askedInAddress, askedInForm, type Asked } from '../asked.ts'
import { hashOfCode } from '../domain/booking.ts'
import { instantOf } from '../domain/cells.ts'
import { offerOf } from '../offer.ts'
import { exampleWaiting } from '../store/examples.ts'
import { deleteWaiting, setWaitingState, waitingOfAccount, waitingWithCode, type WaitingRow } from '../store/waiting.ts'
import { mayHold } from '../use-cases/proof.ts'
import { wait } from '../use-cases/waiting.ts'
import { leftPage, waitingPage, waitPage, waitSentPage } from '../views/waiting.ts'
import { backToTimes, proofIn, searched, variantOf } from './choose.ts'

const waitingCode = linkCode('rathaus_warteliste')
const PATH = '/termine/warteliste'
const common = {
  access: holderOf('the code in the mail, or the account that waits'),
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
    handle: (ctx, req) => form(ctx, askedInAddress(req), ctx.account?.email ?? '', {}),
  }),
  action({
    path: PATH,
    access: everybody,
    perMinute: 10,
    handle: async (ctx, req) => {
      const asked = askedInForm(req)
      const email = req.form.get('email').trim().slice(0, 254)
      const offer = await offerOf(ctx)
      const { times, distances, errors } = await searched(ctx, offer, asked)
      if (!times || Object.keys(errors).length > 0) return redirect(addressOf('/termine', asked))
      if (!(await mayHold(ctx, { ip: req.ip, proof: proofIn(req) }))) return backToTimes(asked, 'zu-viele')
      const wish = {
        services: asked.services,
        people: asked.people,
        variant: variantOf(offer, asked),
        offices: asked.office === null ? [...(distances?.keys() ?? [])] : [asked.office],
        fromDay: asked.from.date?.toString() ?? null,
        weekdays: asked.weekdays,
        before: times.first && instantOf(times.first.from),
      }
      const waits = await wait(ctx, wish, email)
      if (!waits.ok) return form(ctx, asked, email, waits.fields ?? { '': waits.detail ?? '' })
      const { id, code } = waits.value
      if (code === '') return htmlPage(waitSentPage(ctx, email))
      return redirect(`${PATH}/${id}`, [waitingCode.remember(id, code)])
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
        await setWaitingState(ctx, row.id, 'waiting')
        return redirect(`${PATH}/${row.id}`)
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

async function form(ctx: Ctx, asked: Asked, email: string, wrong: Readonly<Record<string, string>>): Promise<Reply> {
  const offer = await offerOf(ctx)
  const { times, distances, errors } = await searched(ctx, offer, asked)
  // What can be searched for is said there.
  if (asked.services.length === 0 || !times || Object.keys(errors).length > 0)
    return redirect(addressOf('/termine', asked))
  const view = { offer, asked: { ...asked, variant: variantOf(offer, asked) }, times, distances, note: null }
  return htmlPage(waitPage(ctx, view, email, wrong), { status: Object.keys(wrong).length > 0 ? 422 : 200 })
}

async function withWaiting(
  ctx: Ctx,
  req: Pick<Req<{ id: string }>, 'params' | 'query' | 'cookies'>,
  handle: (row: WaitingRow) => Promise<Reply>,
): Promise<Reply> {
  const { id } = req.params
  const code = waitingCode.remembered(req, id)
  const own = ctx.account ? (await waitingOfAccount(ctx, ctx.account.id)).find((row) => row.id === id) : undefined
  const row = own ?? (code === '' ? null : await waitingWithCode(ctx, id, hashOfCode(code)))
  return row ? handle(row) : problem(fail('not-found'))
}
