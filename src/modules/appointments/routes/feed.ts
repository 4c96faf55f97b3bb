import { Type } from '#platform/schema.ts'
import { isActive } from '#modules/accounts/public.ts'
import { offices } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReply, htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, holderOf, page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { calendarFeed } from '../calendar-file.ts'
import { hashOfCode, newCode } from '../domain/booking.ts'
import { offerOf } from '../offer.ts'
import { bookingsOfAccount } from '../store/bookings.ts'
import { accountOfFeed, endFeed, hasFeed, putFeed } from '../store/feeds.ts'
import { calendarEntries } from '../use-cases/calendar-entries.ts'
import { feedPage } from '../views/feed.ts'

const PATH = '/konto/termine/kalender'

/** Appointments in a calendar program, which asks for them by itself: it has no account, so that a code in the address opens. */
export const feedRoutes: readonly Route[] = [
  page({
    path: '/termine/kalender/:code',
    access: holderOf('the code of the feed, which its account makes and ends'),
    params: Type.Object({ code: Type.String({ maxLength: 64 }) }),
    examples: () => [],
    handle: async (ctx, req) => {
      const account = await accountOfFeed(ctx, hashOfCode(req.params.code))
      if (!account || !(await isActive(ctx, account))) return problem(fail('not-found'))
      const bookings = (await bookingsOfAccount(ctx, account)).filter(
        ({ state }) => state === 'booked' || state === 'cancelled',
      )
      const body = calendarFeed(ctx, {
        entries: await calendarEntries(ctx, bookings),
        offer: await offerOf(ctx),
        offices: await offices(ctx),
      })
      return fileReply({ body, kind: 'text/calendar; charset=utf-8', name: 'termine.ics', inline: true })
    },
  }),
  page({
    path: PATH,
    access: signedIn,
    handle: async (ctx) => htmlPage(feedPage(ctx, { has: await hasFeed(ctx, ctx.account!.id), address: null })),
  }),
  action({
    path: PATH,
    access: signedIn,
    perMinute: 10,
    handle: async (ctx) => htmlPage(feedPage(ctx, { has: true, address: await newFeed(ctx) })),
  }),
  action({
    path: `${PATH}/ende`,
    access: signedIn,
    handle: async (ctx) => {
      await endFeed(ctx, ctx.account!.id)
      return redirect(PATH)
    },
  }),
]

/** The address of a new feed of the account, shown this once: only its hash is kept. */
export async function newFeed(ctx: Ctx): Promise<string> {
  const code = newCode()
  await putFeed(ctx, ctx.account!.id, hashOfCode(code))
  return `${ctx.tenant.baseUrl}/termine/kalender/${code}`
}
