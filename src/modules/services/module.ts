import { defineModule } from '#platform/module.ts'
import { prepareServices } from './publish.ts'
import { workbenchRoutes } from './routes/workbench.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

export default defineModule({
  name: 'services',
  uses: ['accounts'],
  routes: workbenchRoutes,
  permissions: {
    'services.try': { de: 'Leistungen ausprobieren und veröffentlichen', en: 'Try and publish services' },
  },
  navigation: [
    {
      area: 'workbench',
      path: '/workbench/leistungen',
      label: { de: de.workbench.title, en: en.workbench.title },
      permission: 'services.try',
      order: 60,
    },
  ],
  prepare: prepareServices,
})
