import { defineModule } from '#platform/module.ts'
import { catalogueApi } from './routes/api.ts'
import { homeRoutes } from './routes/home.ts'
import { officeRoutes } from './routes/offices.ts'
import { searchRoutes } from './routes/search.ts'
import { serviceRoutes } from './routes/services.ts'
import { indexCatalogue } from './search-index.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

export default defineModule({
  name: 'catalogue',
  uses: ['services', 'accounts', 'addresses', 'musterstadt'],
  routes: [...homeRoutes, ...serviceRoutes, ...officeRoutes, ...searchRoutes, ...catalogueApi],
  navigation: [
    { area: 'portal', path: '/leistungen', label: { de: de.services, en: en.services }, order: 10 },
    { area: 'portal', path: '/dienststellen', label: { de: de.offices, en: en.offices }, order: 80 },
  ],
  // A new version of a form may have other words: what is published is found.
  prepare: indexCatalogue,
  seed: () => import('./seed.ts'),
})
