import { Type } from '#platform/schema.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, holderOf, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { checkSignature } from '../provider/signature.ts'
import { takeNotification } from '../use-cases/online.ts'

/** Where the payment service says that something changed. Nothing of it is believed but that. */
export const notificationRoutes: readonly Route[] = [
  api({
    method: 'POST',
    path: '/api/v1/payments/notifications',
    access: holderOf('the signature of the payment service in X-Payment-Signature'),
    summary: 'For the payment service: an online payment has changed',
    tags: ['payments'],
    body: Type.Object(
      {
        id: Type.String({ minLength: 8, maxLength: 100 }),
        transactionId: Type.String({ minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: true },
    ),
    alsoReads: {
      headers: Type.Object({
        'X-Payment-Signature': Type.String({
          description: '`t=<seconds>,v1=<HMAC-SHA-256 of "t.id.transactionId">`',
        }),
      }),
    },
    replies: { 200: Type.Object({ repeated: Type.Boolean() }) },
    handle: async (ctx, req) => {
      const key = ctx.app.config.secret(ctx.tenant.id, 'PAYMENT_NOTIFICATION_KEY')
      if (key === null) return problem(fail('not-found'))
      const header = req.headers['x-payment-signature']
      const { id, transactionId } = req.body
      const checked = checkSignature(
        key,
        typeof header === 'string' ? header : '',
        { id, transactionId },
        ctx.clock.now(),
      )
      if (checked === 'forged') return problem(fail('notification-forged'))
      if (checked === 'stale') return problem(fail('notification-stale'))
      const taken = await takeNotification(ctx, { id, transactionId })
      return taken === 'unknown' ? problem(fail('not-found')) : jsonReply({ repeated: taken === 'repeated' })
    },
  }),
]
