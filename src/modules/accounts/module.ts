import { defineModule } from '#platform/module.ts'
import { authenticate, openSession } from './authenticate.ts'
import { prepare } from './prepare.ts'
import { privacy } from './privacy.ts'
import { retention } from './retention.ts'
import { seed } from './seed.ts'

export default defineModule({
  name: 'accounts',
  uses: ['musterstadt'],
  permissions: {
    'accounts.manage': { de: 'Konten, Rollen und Ämter verwalten', en: 'Manage accounts, roles and units' },
  },
  retention,
  privacy,
  seed,
  prepare,
  authenticate,
  openSession,
})
