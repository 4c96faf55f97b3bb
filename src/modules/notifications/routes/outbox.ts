import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { everybody, page, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { CALENDAR_NAME, mailParts, messageIdOf, senderOf } from '../deliver.ts'
import { deliveriesOf } from '../store/deliveries.ts'
import { outbox, outboxMessage } from '../store/sent.ts'
import { outboxMessagePage, outboxPage } from '../views/outbox.ts'
import { isId, queryText } from '#platform/http/query.ts'

const SHOWN = 100

const isShown = ({ app }: Ctx, { isLocal }: Req<any, any>): boolean =>
  app.config.devPages === 'everybody' || (app.config.devPages === 'this-machine' && isLocal)

/** What people would get, for development and for cities that try the program: only where the configuration says so. */
export const outboxRoutes: readonly Route[] = [
  page({
    path: '/dev/outbox',
    access: everybody,
    handle: async (ctx, req) => {
      if (!isShown(ctx, req)) return problem(fail('not-found'))
      const q = queryText(req, 'q').slice(0, 200)
      return htmlPage(outboxPage(ctx, await outbox(ctx, q, SHOWN), q))
    },
  }),
  page({
    path: '/dev/outbox/:id',
    access: everybody,
    params: Type.Object({ id: Type.String() }),
    examples: async (ctx) =>
      ctx.app.config.devPages === 'nobody' ? [] : (await outbox(ctx, '', 2)).map((row) => `/dev/outbox/${row.id}`),
    handle: async (ctx, req) => {
      const message = isShown(ctx, req) && isId(req.params.id) ? await outboxMessage(ctx, req.params.id) : null
      if (!message) return problem(fail('not-found'))
      const deliveries = await deliveriesOf(ctx, message.id)
      const files = await Promise.all(message.attachments.map((id) => ctx.app.files.find(ctx, id)))
      const view = {
        parts: mailParts(ctx, message),
        channels: deliveries.map((row) => row.channel),
        from: senderOf(ctx),
        messageId: messageIdOf(ctx, message.id),
        attachments: [...files.flatMap((file) => file?.name ?? []), ...(message.calendar ? [CALENDAR_NAME] : [])],
      }
      return htmlPage(outboxMessagePage(ctx, message, view))
    },
  }),
]
