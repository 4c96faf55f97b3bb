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
import { accountRoutes as managedAccountRoutes } from './routes/workbench/account.ts'
import { accountsRoutes } from './routes/workbench/accounts.ts'
import { rolesRoutes } from './routes/workbench/roles.ts'
import { unitsRoutes } from './routes/workbench/units.ts'
import { commands } from './commands.ts'

export default defineModule({
  name: 'accounts',
  uses: ['musterstadt'],
  routes: [
    ...signInRoutes,
    ...registrationRoutes,
    ...accountRoutes,
    ...dataSafeRoutes,
    ...privacyRoutes,
    ...accountsRoutes,
    ...managedAccountRoutes,
    ...rolesRoutes,
    ...unitsRoutes,
    ...apiRoutes,
  ],
  permissions: {
    'accounts.manage': { de: 'Konten, Rollen und Ämter verwalten', en: 'Manage accounts, roles and units' },
  },
  navigation: [
    { area: 'account', path: '/konto', label: { de: 'Übersicht', en: 'Overview' }, order: 0 },
    { area: 'account', path: '/konto/daten', label: { de: 'Datenkonto', en: 'Data account' }, order: 50 },
    { area: 'account', path: '/konto/einsicht', label: { de: 'Wer hat gelesen?', en: 'Who has read?' }, order: 60 },
    { area: 'account', path: '/konto/sicherheit', label: { de: 'Sicherheit', en: 'Security' }, order: 70 },
    { area: 'account', path: '/konto/datenschutz', label: { de: 'Datenschutz', en: 'Privacy' }, order: 80 },
    {
      area: 'workbench',
      path: '/workbench/konten',
      label: { de: 'Konten', en: 'Accounts' },
      permission: 'accounts.manage',
      order: 80,
    },
    {
      area: 'workbench',
      path: '/workbench/rollen',
      label: { de: 'Rollen', en: 'Roles' },
      permission: 'accounts.manage',
      order: 81,
    },
    {
      area: 'workbench',
      path: '/workbench/aemter',
      label: { de: 'Ämter', en: 'Units' },
      permission: 'accounts.manage',
      order: 82,
    },
  ],
  retention,
  privacy,
  seed: () => import('./seed.ts'),
  prepare,
  authenticate,
  openSession,
  commands,
})
