import { defineModule } from '#platform/module.ts'
import { authenticate, openSession } from './authenticate.ts'
import { prepare } from './prepare.ts'
import { privacy } from './privacy.ts'
import { retention } from './retention.ts'
import { accountRoutes } from './routes/account.ts'
import { apiRoutes } from './routes/api.ts'
import { dataSafeRoutes } from './routes/data-safe.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { registrationRoutes } from './routes/registration.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { seed } from './seed.ts'

export default defineModule({
  name: 'accounts',
  uses: ['musterstadt'],
  routes: [...signInRoutes, ...registrationRoutes, ...accountRoutes, ...dataSafeRoutes, ...privacyRoutes, ...apiRoutes],
  permissions: {
    'accounts.manage': { de: 'Konten, Rollen und Ämter verwalten', en: 'Manage accounts, roles and units' },
  },
  navigation: [
    { area: 'account', path: '/konto', label: { de: 'Übersicht', en: 'Overview' }, order: 0 },
    { area: 'account', path: '/konto/daten', label: { de: 'Datenkonto', en: 'Data account' }, order: 50 },
    { area: 'account', path: '/konto/einsicht', label: { de: 'Wer hat gelesen?', en: 'Who has read?' }, order: 60 },
    { area: 'account', path: '/konto/sicherheit', label: { de: 'Sicherheit', en: 'Security' }, order: 70 },
    { area: 'account', path: '/konto/datenschutz', label: { de: 'Datenschutz', en: 'Privacy' }, order: 80 },
  ],
  retention,
  privacy,
  seed,
  prepare,
  authenticate,
  openSession,
})
