import { deviceHome } from '#modules/devices/public.ts'
import { provide } from '#platform/extension.ts'
import { defineModule } from '#platform/module.ts'
import { jobs, retention } from './jobs.ts'
import { problems } from './problems.ts'
import { apiRoutes } from './routes/api.ts'
import { deskRoutes } from './routes/desk.ts'
import { displayRoutes } from './routes/display.ts'
import { kioskRoutes } from './routes/kiosk.ts'
import { phoneRoutes } from './routes/phone.ts'
import { staffApiRoutes } from './routes/staff-api.ts'
import { visitRoutes } from './routes/visit.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

export default defineModule({
  name: 'queue',
  uses: ['accounts', 'appointments', 'catalogue', 'devices', 'musterstadt', 'notifications'],
  routes: [
    ...displayRoutes,
    ...kioskRoutes,
    ...phoneRoutes,
    ...deskRoutes,
    ...visitRoutes,
    ...apiRoutes,
    ...staffApiRoutes,
  ],
  navigation: [
    {
      area: 'workbench',
      path: '/workbench/aufruf',
      label: { de: de.desk.nav, en: en.desk.nav },
      permission: 'queue.call',
      order: 15,
    },
  ],
  permissions: {
    'queue.call': { de: 'Wartende aufrufen', en: 'Call people who wait' },
    'queue.arrive': { de: 'Ankommende aufnehmen', en: 'Receive people who arrive' },
  },
  extensions: [provide(deviceHome, 'kiosk', '/kiosk'), provide(deviceHome, 'display', '/aufruf')],
  problems,
  jobs,
  retention,
  seed: () => import('./seed.ts'),
})
