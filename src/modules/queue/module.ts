import { arrivedTicket } from '#modules/appointments/public.ts'
import { deviceHome } from '#modules/devices/public.ts'
import { provide } from '#platform/extension.ts'
import { defineModule } from '#platform/module.ts'
import { jobs, retention } from './jobs.ts'
import { problems } from './problems.ts'
import { apiRoutes } from './routes/api.ts'
import { counterApiRoutes } from './routes/counters-api.ts'
import { browserRoutes } from './routes/browsers.ts'
import { counterRoutes } from './routes/counters.ts'
import { deskRoutes } from './routes/desk.ts'
import { displayRoutes } from './routes/display.ts'
import { elsewhereApiRoutes } from './routes/elsewhere-api.ts'
import { elsewhereRoutes } from './routes/elsewhere.ts'
import { kioskRoutes } from './routes/kiosk.ts'
import { phoneRoutes } from './routes/phone.ts'
import { staffApiRoutes } from './routes/staff-api.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { wayRoutes } from './routes/way.ts'
import { visitRoutes } from './routes/visit.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { COUNTERS } from './use-cases/keep-counters.ts'
import { ticketOfBooking } from './use-cases/ticket-of-booking.ts'
import { COUNTER_LIST } from './views/counters.ts'
import { FIGURES, STATISTICS } from './views/statistics.ts'
import { officePart } from '#modules/catalogue/public.ts'
import { officeWaiting } from './views/office-part.ts'

export default defineModule({
  name: 'queue',
  uses: ['accounts', 'appointments', 'catalogue', 'devices', 'musterstadt', 'notifications'],
  routes: [
    ...displayRoutes,
    ...kioskRoutes,
    ...phoneRoutes,
    ...deskRoutes,
    ...visitRoutes,
    ...elsewhereRoutes,
    ...elsewhereApiRoutes,
    ...counterRoutes,
    ...counterApiRoutes,
    ...apiRoutes,
    ...browserRoutes,
    ...staffApiRoutes,
    ...statisticsRoutes,
    ...wayRoutes,
  ],
  navigation: [
    {
      area: 'workbench',
      path: '/workbench/aufruf',
      label: { de: de.desk.nav, en: en.desk.nav },
      permission: 'queue.call',
      order: 15,
    },
    // Who calls finds them there.
    {
      area: 'workbench',
      path: COUNTER_LIST,
      label: { de: de.counters.nav, en: en.counters.nav },
      permission: COUNTERS,
      unless: ['queue.call'],
      order: 15,
    },
    {
      area: 'workbench',
      path: FIGURES,
      label: { de: de.figures.nav, en: en.figures.nav },
      permission: STATISTICS,
      order: 28,
    },
  ],
  permissions: {
    'queue.call': { de: 'Wartende aufrufen', en: 'Call people who wait' },
    [COUNTERS]: { de: 'Schalter bearbeiten', en: 'Edit counters' },
    [STATISTICS]: { de: 'Besuchszahlen und Vorschau ansehen', en: 'View visitor figures and forecast' },
    'queue.arrive': { de: 'Ankommende aufnehmen', en: 'Receive people who arrive' },
  },
  extensions: [
    provide(deviceHome, 'kiosk', '/kiosk'),
    provide(deviceHome, 'display', '/aufruf'),
    provide(officePart, 'queue', officeWaiting),
    provide(arrivedTicket, 'queue', ticketOfBooking),
  ],
  problems,
  jobs,
  retention,
  seed: () => import('./seed.ts'),
})
