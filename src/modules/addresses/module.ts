import { defineModule } from '#platform/module.ts'
import { exportAddresses } from './export.ts'
import { importAddresses, importDistricts } from './import.ts'
import { routes } from './routes/api.ts'

export default defineModule({
  name: 'addresses',
  uses: ['musterstadt'],
  routes,
  commands: [importAddresses, importDistricts, exportAddresses],
  seed: () => import('./seed.ts'),
})
