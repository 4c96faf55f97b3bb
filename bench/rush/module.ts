import type pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { reservedAt } from '#modules/appointments/testing/booked.ts'
import type { Ctx } from '#platform/context.ts'
import { jobContext } from '#platform/job-context.ts'
import { createLogger } from '#platform/log.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { loadModules } from '#src/modules.ts'
import { addressOf } from './crowd.ts'
import { CONNECTIONS } from './locked-rows.ts'
import { releaseSoon, STARTS, takenOf, TIMES } from './released.ts'

export interface OpenCity {
  readonly ctx: Ctx
  close(): Promise<void>
}

/** The program of a city without HTTP, in this process. */
export async function openCity(dataDir: string, databaseUrl: string): Promise<OpenCity> {
  const config = readConfig({ DATA_DIR: dataDir, POOL_SIZE: String(CONNECTIONS) })
  const log = createLogger('error')
  const app = await createApp({ config, databaseUrl, modules: await loadModules(), log })
  return { ctx: jobContext(app, app.tenants.byId('musterstadt')!), close: () => app.tenants.close() }
}

/** Bookings a second until everybody is answered; everything is done that is done for a client but HTTP. */
export async function byModule(ctx: Ctx, pool: pg.Pool, slug: string, count: number): Promise<number> {
  const released = await releaseSoon(pool, slug)
  await wait(released.releasedAt.epochMilliseconds - Date.now() + 20)
  const began = performance.now()
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      reservedAt(
        ctx,
        { office: slug, services: [slug], start: released.starts[i % STARTS]! },
        { name: `Person ${i}`, email: `${slug}-${i}@example.org`, ip: addressOf(i) },
      ),
    ),
  )
  const seconds = (performance.now() - began) / 1000
  const { booked, twice } = await takenOf(pool, released)
  if (booked !== TIMES || twice > 0) throw new Error(`without HTTP ${booked} were booked, ${twice} of them twice`)
  return booked / seconds
}
