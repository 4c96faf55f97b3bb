import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, type Route } from '#platform/http/route.ts'
import { Type } from '#platform/schema.ts'
import { addBrowser, removeBrowser } from '../use-cases/browsers.ts'
import { browsersPath } from '../views/phone.ts'
import { byTicket, tags } from './api.ts'

const Code = Type.String({ maxLength: 40 })
/** All telephones in a hall may share an address; each asks again when its page is opened. */
const PER_MINUTE = 60

/** Browsers that are told by Web Push how a ticket stands. Their messages are in the language in which they ask. */
export const browserRoutes: readonly Route[] = [
  api({
    method: 'POST',
    path: browsersPath(':code'),
    access: byTicket,
    summary: 'A browser is told when it is soon the turn of a ticket, and when it is called',
    tags,
    perMinute: PER_MINUTE,
    params: Type.Object({ code: Code }),
    body: Type.Object(
      {
        endpoint: Type.String({ maxLength: 1_024, description: 'At a push service that the city knows' }),
        keys: Type.Object({ p256dh: Type.String({ maxLength: 100 }), auth: Type.String({ maxLength: 40 }) }),
      },
      {
        additionalProperties: true,
        description: 'PushSubscription.toJSON() of the Push API; the same endpoint again replaces the keys',
      },
    ),
    replies: {
      201: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      404: Problem,
      409: Problem,
      422: Problem,
    },
    handle: async (ctx, req) => {
      const added = await addBrowser(ctx, req.params.code, req.body)
      return added.ok ? jsonReply({ id: added.value }, 201) : problem(added)
    },
  }),
  api({
    method: 'DELETE',
    path: `${browsersPath(':code')}/:browser`,
    access: byTicket,
    summary: 'A browser is told nothing more of a ticket',
    tags,
    perMinute: PER_MINUTE,
    params: Type.Object({ code: Code, browser: Type.String({ maxLength: 40 }) }),
    replies: { 200: Type.Object({}), 404: Problem, 409: Problem },
    handle: async (ctx, req) => {
      const removed = await removeBrowser(ctx, req.params.code, req.params.browser)
      return removed.ok ? jsonReply({}) : problem(removed)
    },
  }),
]
