import { defineModule, problemText } from '#platform/module.ts'
import { caseExtensions } from './case-extensions.ts'
import { exportZones, importAreas, importZoneAddresses, importZones } from './commands.ts'
import { jobs, retention, subscriptions } from './jobs.ts'
import { privacy } from './privacy.ts'
import { renewalPrefill } from './renewal.ts'
import { apiRoutes } from './routes/api.ts'
import { cityRoutes } from './routes/city.ts'
import { enforcementRoutes } from './routes/enforcement.ts'
import { importRoutes } from './routes/import.ts'
import { ownPermitRoutes } from './routes/own-permits.ts'
import { staffRoutes } from './routes/staff.ts'
import { standingOf } from './domain/permit.ts'
import { permitsOfAccount } from './store/permits.ts'
import { texts } from './texts/index.ts'
import { today } from '#platform/time/clock.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

export default defineModule({
  name: 'parking',
  uses: ['accounts', 'addresses', 'cases', 'musterstadt', 'notifications', 'payments', 'population', 'services'],
  routes: [...cityRoutes, ...ownPermitRoutes, ...staffRoutes, ...importRoutes, ...enforcementRoutes, ...apiRoutes],
  extensions: [...caseExtensions, renewalPrefill],
  permissions: {
    'parking.manage': {
      de: 'Bewohnerparkausweise und Zonen verwalten',
      en: 'Manage resident parking permits and zones',
    },
    'parking.enforce': { de: 'Parkausweise kontrollieren', en: 'Check parking permits' },
  },
  navigation: [
    { area: 'portal', path: '/parken', label: { de: de.nav.parking, en: en.nav.parking }, order: 60 },
    {
      area: 'account',
      path: '/konto/parkausweise',
      label: { de: de.nav.permits, en: en.nav.permits },
      order: 40,
      standing: async (ctx) => {
        const day = today(ctx.clock)
        const valid = (await permitsOfAccount(ctx, ctx.account!.id)).filter((p) => standingOf(p, day) === 'valid')
        return texts(ctx).permits.ofMine(valid.map(({ plate }) => plate))
      },
    },
    {
      area: 'workbench',
      path: '/workbench/parken',
      label: { de: de.nav.workbench, en: en.nav.workbench },
      permission: 'parking.manage',
      order: 30,
    },
    {
      area: 'workbench',
      path: '/workbench/parken/kontrolle',
      label: { de: de.nav.enforcement, en: en.nav.enforcement },
      permission: 'parking.enforce',
      order: 31,
    },
  ],
  problems: {
    'permit-not-valid': problemText(
      409,
      [de.changes.notValid, en.changes.notValid],
      [de.problems.permitNotValid, en.problems.permitNotValid],
    ),
    'permit-taken': problemText(
      409,
      [de.changes.plateTaken, en.changes.plateTaken],
      [de.problems.permitTaken, en.problems.permitTaken],
    ),
  },
  privacy,
  commands: [importAreas, importZones, importZoneAddresses, exportZones],
  jobs,
  subscriptions,
  retention,
  seed: () => import('./seed.ts'),
})
