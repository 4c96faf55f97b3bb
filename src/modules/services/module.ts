import { defineModule } from '#platform/module.ts'
import { prepareServices } from './publish.ts'

export default defineModule({
  name: 'services',
  permissions: {
    'services.try': { de: 'Leistungen ausprobieren und veröffentlichen', en: 'Try and publish services' },
  },
  prepare: prepareServices,
})
