import { startEmbedded } from '#platform/postgres/embedded.ts'
import { createLogger } from '#platform/log.ts'
import { fillCalendar } from './bench/support/synthetic-appointments.ts'
const server = await startEmbedded({ dataDir: process.argv[2]!, log: createLogger('error'), purpose: 'x', mode: 'own' })
await fillCalendar(server.url, 't_musterstadt', { offices: +process.argv[3]!, counters: 12, services: 40, days: 60, booked: 0.7 })
await server.stop()
