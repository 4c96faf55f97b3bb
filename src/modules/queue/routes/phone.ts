import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, liveReply, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, holderOf, live, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { watchRoom } from '../live.ts'
import { exampleTicket } from '../store/examples.ts'
import { giveUp, ownTicket, wantToBeTold } from '../use-cases/own-ticket.ts'
import { readRoom } from '../use-cases/room.ts'
import { phoneBoard, phoneGonePage, phonePage, phonePath, type PhoneView } from '../views/phone.ts'

const byTicket = holderOf('the code on the ticket, which ends with the day')
const common = { access: byTicket, params: Type.Object({ code: Type.String({ maxLength: 40 }) }) }

export const phoneRoutes: readonly Route[] = [
  page({
    ...common,
    path: '/warten/:code',
    examples: async (ctx) => {
      const example = await exampleTicket(ctx, null)
      return example ? [phonePath(example.code)] : []
    },
    handle: (ctx, req) => ticketPage(ctx, req.params.code, '', {}),
  }),
  live({
    ...common,
    path: '/warten/:code/live',
    handle: async (ctx, req) => {
      const view = await viewOf(ctx, req.params.code)
      if (!view) return problem(fail('not-found'))
      return liveReply((show) => watchRoom(ctx, view.office.slug, (room) => show(String(phoneBoard(ctx, view, room)))))
    },
  }),
  action({
    ...common,
    path: '/warten/:code/bescheid',
    perMinute: 20,
    handle: async (ctx, req) => {
      const contact = req.form.get('contact').slice(0, 254)
      const told = await wantToBeTold(ctx, req.params.code, contact)
      if (told.ok || told.problem === 'visit-moved-on') return redirect(phonePath(req.params.code))
      return told.fields ? ticketPage(ctx, req.params.code, contact, told.fields) : goneReply(ctx)
    },
  }),
  action({
    ...common,
    path: '/warten/:code/aufgeben',
    perMinute: 20,
    handle: async (ctx, req) => {
      const gone = await giveUp(ctx, req.params.code)
      return gone.ok || gone.problem === 'visit-moved-on' ? redirect(phonePath(req.params.code)) : goneReply(ctx)
    },
  }),
]

const goneReply = (ctx: Ctx): Reply => htmlPage(phoneGonePage(ctx), { status: 404 })

async function viewOf(ctx: Ctx, code: string): Promise<PhoneView | null> {
  const visit = await ownTicket(ctx, code)
  const office = visit && (await officeBySlug(ctx, visit.office))
  return office && { office, visit, code, typed: '', errors: {} }
}

async function ticketPage(
  ctx: Ctx,
  code: string,
  typed: string,
  errors: Readonly<Record<string, string>>,
): Promise<Reply> {
  const view = await viewOf(ctx, code)
  if (!view) return goneReply(ctx)
  const html = phonePage(ctx, { ...view, typed, errors }, await readRoom(ctx, view.office.slug))
  return htmlPage(html, { status: Object.keys(errors).length > 0 ? 422 : 200 })
}
