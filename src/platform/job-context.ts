import { randomUUID } from 'node:crypto'
import type { App } from './app.ts'
import type { Ctx } from './context.ts'
import { childWhenUsed } from './log.ts'
import type { Tenant } from './tenants/tenant.ts'

/** A context outside a request: jobs, the command line, seeds. */
export function jobContext(app: App, tenant: Tenant, requestId: string = randomUUID()): Ctx {
  return {
    app,
    tenant,
    db: app.tenants.db(tenant),
    account: null,
    device: null,
    locale: 'de',
    path: '/',
    clock: app.clock,
    requestId,
    log: childWhenUsed(app.log, { tenant: tenant.id, request: requestId }),
  }
}
