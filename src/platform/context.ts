import type { App } from './app.ts'
import type { Device } from './auth/device.ts'
import type { Principal } from './auth/principal.ts'
import type { Db } from './db/db.ts'
import type { Locale } from './i18n/locale.ts'
import type { Logger } from './log.ts'
import type { Tenant } from './tenants/tenant.ts'
import type { Clock } from './time/clock.ts'

/**
 * Everything that a handler, a job or a use case may know about its surroundings.
 * There is no ambient state: who needs the time, the city or the database is handed a context.
 */
export interface Ctx {
  readonly app: App
  readonly tenant: Tenant
  /** Bound to the tenant's schema; inside `transaction(ctx, …)` it is the transaction. */
  readonly db: Db
  /** Who asks; null for somebody who is not signed in and for jobs. */
  readonly account: Principal | null
  /** The machine that asks, on routes of devices; then nobody is signed in. */
  readonly device: Device | null
  readonly locale: Locale
  /** Path and query of the request, without the language prefix; '/' for jobs. */
  readonly path: string
  readonly clock: Clock
  readonly requestId: string
  readonly log: Logger
}
