import { defineModule } from '#platform/module.ts'
import { residentCheck } from './check.ts'
import { forgetQueries } from './store.ts'

export default defineModule({
  name: 'population',
  uses: ['accounts', 'addresses', 'cases', 'musterstadt'],
  extensions: [residentCheck],
  retention: [
    {
      table: 'population_resident',
      purpose: {
        de: 'Bestätigen, dass eine Person mit Hauptwohnung gemeldet ist (Melderegister)',
        en: 'Confirming that a person is registered with the main residence (population register)',
      },
      rule: {
        de: 'wie das Melderegister selbst (BMG §§ 13 bis 15); diese Tabelle steht für das Register der Stadt',
        en: 'as the register itself (Federal Act on Registration, sections 13 to 15); this table stands for the city register',
      },
    },
    {
      table: 'population_query',
      purpose: {
        de: 'Nachweis, wer das Melderegister warum abgefragt hat',
        en: 'Record of who asked the population register and why',
      },
      rule: { de: '24 Monate (Demowert)', en: '24 months (demo value)' },
      run: forgetQueries,
    },
  ],
  seed: () => import('./seed.ts'),
})
