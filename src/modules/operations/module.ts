import { defineModule } from '#platform/module.ts'
import { auditRoutes } from './routes/audit.ts'
import { jobRoutes, RETRY } from './routes/jobs.ts'
import { overviewRoutes } from './routes/overview.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { AUDIT, AUDIT_READ, OVERVIEW, READ } from './views/frame.ts'

export default defineModule({
  name: 'operations',
  uses: ['accounts'],
  routes: [...overviewRoutes, ...jobRoutes, ...auditRoutes],
  permissions: {
    [READ]: { de: 'Betrieb ansehen', en: 'View operations' },
    [RETRY]: { de: 'Gescheiterte Aufträge wiederholen', en: 'Retry failed jobs' },
    [AUDIT_READ]: { de: 'Protokoll lesen', en: 'Read the audit log' },
  },
  navigation: [
    { area: 'workbench', path: OVERVIEW, label: { de: de.title, en: en.title }, permission: READ, order: 90 },
    {
      area: 'workbench',
      path: AUDIT,
      label: { de: de.tabs.audit, en: en.tabs.audit },
      permission: AUDIT_READ,
      order: 91,
    },
  ],
})
