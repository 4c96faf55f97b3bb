import { officeBySlug } from '#modules/catalogue/public.ts'
import { pushKey } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { queryChoice } from '#platform/http/query.ts'
import { htmlPage, liveReply, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, live, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { watchRoom } from '../live.ts'
import { exampleTicket } from '../store/examples.ts'
import { giveUp, shownTicket, tellNoMore, wantToBeTold } from '../use-cases/own-ticket.ts'
import { readRoom } from '../use-cases/room.ts'
import {
  phoneBoard,
  phoneGonePage,
  phonePage,
  phonePath,
  phoneWishPage,
  WISHES,
  type PhoneView,
  type Wish,
} from '../views/phone.ts'
import { byTicket } from './api.ts'

const common = { access: byTicket, params: Type.Object({ code: Type.String({ maxLength: 40 }) }) }

export const phoneRoutes: readonly Route[] = [
  page({
    ...common,
    path: '/warten/:code',
    examples: async (ctx) => {
      const example = await exampleTicket(ctx, null)
      return example ? ['', '?wunsch=bescheid', '?wunsch=aufgeben'].map((wish) => phonePath(example.code) + wish) : []
    },
    handle: async (ctx, req) => {
      const view = await viewOf(ctx, req.params.code)
      if (!view) return goneReply(ctx)
      const wish = queryChoice(req, 'wunsch', WISHES)
      const room = await readRoom(ctx, view.office.slug)
      if (wish && mayWish(view, wish)) return htmlPage(phoneWishPage(ctx, view, room, { wish, typed: '', errors: {} }))
      return htmlPage(phonePage(ctx, view, room))
    },
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
      const told = req.form.has('doch-nicht')
        ? await tellNoMore(ctx, req.params.code)
        : await wantToBeTold(ctx, req.params.code, contact)
      if (told.ok || told.problem === 'conflict') return redirect(phonePath(req.params.code))
      const view = told.fields ? await viewOf(ctx, req.params.code) : null
      if (!view) return goneReply(ctx)
      const wish = { wish: 'bescheid', typed: contact, errors: told.fields! } as const
      return htmlPage(phoneWishPage(ctx, view, await readRoom(ctx, view.office.slug), wish), { status: 422 })
    },
  }),
  action({
    ...common,
    path: '/warten/:code/aufgeben',
    perMinute: 20,
    handle: async (ctx, req) => {
      const gone = await giveUp(ctx, req.params.code)
      return gone.ok || gone.problem === 'conflict' ? redirect(phonePath(req.params.code)) : goneReply(ctx)
    },
  }),
]

const goneReply = (ctx: Ctx): Reply => htmlPage(phoneGonePage(ctx), { status: 404 })

async function viewOf(ctx: Ctx, code: string): Promise<PhoneView | null> {
  const shown = await shownTicket(ctx, code)
  const office = shown && (await officeBySlug(ctx, shown.visit.office))
  if (!office) return null
  const { forwardedFrom } = shown.visit
  const from = forwardedFrom === null ? null : await officeBySlug(ctx, forwardedFrom)
  return { ...shown, office, from, code, pushKey: (await pushKey(ctx))?.publicKey ?? null }
}

/** Whoever is parked may go; told they are when they are called back. */
const mayWish = ({ visit: { state }, isOwn }: PhoneView, wish: Wish): boolean =>
  isOwn && (state === 'waiting' || (state === 'parked' && wish === 'aufgeben'))
