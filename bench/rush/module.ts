import pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { bookableServices } from '#modules/appointments/public.ts'
import { reservedAt } from '#modules/appointments/testing/booked.ts'
import { jobContext } from '#platform/job-context.ts'
import { createLogger } from '#platform/log.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { loadModules } from '#src/modules.ts'
import { addressOf } from './crowd.ts'
import { CONNECTIONS } from './locked-rows.ts'
import { releaseSoon, STARTS, takenOf, TIMES } from './released.ts'

/**
 * The program of a city without HTTP, in a process of its own: data folder, database, a name for this round and how many come
 * at one moment. Prints the bookings a second until everybody is answered; all is done that is done for a client but HTTP.
 */
const [dataDir, databaseUrl, slug, count] = process.argv.slice(2) as [string, string, string, string]
const config = readConfig({ DATA_DIR: dataDir, POOL_SIZE: String(CONNECTIONS) })
const app = await createApp({ config, databaseUrl, modules: await loadModules(), log: createLogger('error') })
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, options: '-c search_path=t_musterstadt,public' })
const ctx = jobContext(app, app.tenants.byId('musterstadt')!)

const released = await releaseSoon(pool, slug)
// Somebody looks at the calendar before, as people do.
await bookableServices(ctx)
await wait(released.releasedAt.epochMilliseconds - Date.now() + 20)
const began = performance.now()
await Promise.all(
  Array.from({ length: Number(count) }, (_, i) =>
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
console.log(booked / seconds)
process.exit(0)
