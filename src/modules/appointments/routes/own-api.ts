import { Problem } from '#platform/http/openapi.ts'
import { jsonReply } from '#platform/http/reply.ts'
import { api, signedIn } from '#platform/http/route.ts'
import { Type } from '#platform/schema.ts'
import { bookingsOfAccount } from '../store/bookings.ts'
import { endFeed } from '../store/feeds.ts'
import { waitingOfAccount } from '../store/waiting.ts'
import { displacedAmong } from '../use-cases/displaced.ts'
import { hasLapsed } from '../use-cases/standing.ts'
import { BookingReply, told } from './booking-reply.ts'
import { newFeed } from './feed.ts'
import { toldWaiting, waitingFields } from './waiting-api.ts'

const FEED = '/api/v1/appointments/calendar-feed'
const tags = ['appointments']

/** What `/konto/termine` has, for programs of somebody who is signed in. */
export const ownApiRoutes = [
  api({
    method: 'GET',
    path: '/api/v1/appointments/bookings',
    access: signedIn,
    summary: 'The appointments of the account, those that are over or cancelled too, by their beginning',
    tags,
    replies: { 200: Type.Object({ bookings: Type.Array(BookingReply) }), 401: Problem },
    handle: async (ctx) => {
      const own = (await bookingsOfAccount(ctx, ctx.account!.id)).filter((booking) => !hasLapsed(ctx, booking))
      const displaced = await displacedAmong(ctx, own)
      const bookings = own.map((one) => told(ctx, one, { code: '', displaced: displaced.get(one.id) ?? null }))
      return jsonReply({ bookings })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/appointments/waiting-list',
    access: signedIn,
    summary: 'What the account waits for',
    tags,
    replies: { 200: Type.Object({ waiting: Type.Array(Type.Object(waitingFields)) }), 401: Problem },
    handle: async (ctx) => jsonReply({ waiting: (await waitingOfAccount(ctx, ctx.account!.id)).map(toldWaiting) }),
  }),
  api({
    method: 'POST',
    path: FEED,
    access: signedIn,
    summary:
      'Makes the address with which a calendar program follows the appointments of the account; an older one ends',
    tags,
    perMinute: 10,
    replies: {
      201: Type.Object({
        address: Type.String({
          format: 'uri',
          description: 'iCalendar (RFC 5545), whoever has it reads the appointments; shown this once',
        }),
      }),
      401: Problem,
    },
    handle: async (ctx) => jsonReply({ address: await newFeed(ctx) }, 201),
  }),
  api({
    method: 'DELETE',
    path: FEED,
    access: signedIn,
    summary: 'Ends that address',
    tags,
    replies: { 200: Type.Object({ removed: Type.Boolean() }), 401: Problem },
    handle: async (ctx) => {
      await endFeed(ctx, ctx.account!.id)
      return jsonReply({ removed: true })
    },
  }),
]
