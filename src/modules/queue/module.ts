import { defineModule } from '#platform/module.ts'

export default defineModule({
  name: 'queue',
  uses: ['accounts', 'appointments', 'catalogue', 'musterstadt', 'notifications'],
  permissions: {
    'queue.call': { de: 'Wartende aufrufen', en: 'Call people who wait' },
    'queue.arrive': { de: 'Ankommende aufnehmen', en: 'Receive people who arrive' },
  },
})
