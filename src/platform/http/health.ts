import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { one } from '../db/db.ts'

/** `/healthz`: the process answers. `/readyz`: it can serve, database included. `/metrics`: Prometheus. */
export function addHealthRoutes(server: FastifyInstance, app: App, isReady: () => boolean): void {
  const schema = { hide: true }
  server.get('/healthz', { schema }, (_request, reply) => reply.type('text/plain').send('ok\n'))
  server.get('/readyz', { schema }, async (_request, reply) => {
    const tenant = app.tenants.all()[0]
    const answers = tenant
      ? await one(app.tenants.db(tenant), sql<{ ok: number }>`select 1 as ok`).then(
          () => true,
          () => false,
        )
      : true
    const ready = isReady() && answers
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n')
  })
  server.get('/metrics', { schema }, async (_request, reply) =>
    reply.type(app.metrics.contentType).send(await app.allMetrics()),
  )
}
