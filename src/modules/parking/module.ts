import { defineModule } from '#platform/module.ts'
import { caseExtensions } from './case-extensions.ts'
import { jobs, retention, subscriptions } from './jobs.ts'
import { renewalPrefill } from './renewal.ts'
import { seed } from './seed.ts'

export default defineModule({
  name: 'parking',
  uses: ['accounts', 'addresses', 'cases', 'musterstadt', 'notifications', 'payments', 'population', 'services'],
  extensions: [...caseExtensions, renewalPrefill],
  permissions: {
    'parking.manage': {
      de: 'Bewohnerparkausweise und Zonen verwalten',
      en: 'Manage resident parking permits and zones',
    },
    'parking.enforce': { de: 'Parkausweise kontrollieren', en: 'Check parking permits' },
  },
  jobs,
  subscriptions,
  retention,
  seed,
})
