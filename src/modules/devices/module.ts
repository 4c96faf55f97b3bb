import { defineModule, problemText } from '#platform/module.ts'
import { identifyDevice } from './identify.ts'
import { apiRoutes } from './routes/api.ts'
import { hereRoutes } from './routes/here.ts'
import { deviceRoutes } from './routes/device.ts'
import { listRoutes } from './routes/list.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { LIST, MANAGE } from './views/list.ts'

type Words = keyof typeof de.problems

const words = (status: number, title: Words, advice: Words) =>
  problemText(status, [de.problems[title], en.problems[title]], [de.problems[advice], en.problems[advice]])

export default defineModule({
  name: 'devices',
  uses: ['accounts', 'catalogue', 'musterstadt'],
  routes: [...listRoutes, ...deviceRoutes, ...hereRoutes, ...apiRoutes],
  permissions: { [MANAGE]: { de: 'Geräte verwalten', en: 'Manage devices' } },
  navigation: [{ area: 'workbench', path: LIST, label: { de: de.title, en: en.title }, permission: MANAGE, order: 60 }],
  problems: {
    'device-key-missing': words(401, 'missing', 'missingAdvice'),
    'device-key-unknown': words(401, 'unknown', 'unknownAdvice'),
    'device-key-withdrawn': words(401, 'withdrawn', 'withdrawnAdvice'),
    'device-elsewhere': words(403, 'elsewhere', 'elsewhereAdvice'),
  },
  identifyDevice,
  seed: () => import('./seed.ts'),
})
