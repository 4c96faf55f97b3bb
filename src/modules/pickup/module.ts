import { deviceHome, deviceRemaining } from '#modules/devices/public.ts'
import { provide } from '#platform/extension.ts'
import { defineModule, problemText } from '#platform/module.ts'
import { caseExtensions } from './case-extensions.ts'
import { jobs, retention } from './jobs.ts'
import { announceRoutes } from './routes/announce.ts'
import { apiRoutes } from './routes/api.ts'
import { documentRoutes } from './routes/document.ts'
import { listRoutes } from './routes/list.ts'
import { terminalRoutes } from './routes/terminal.ts'
import { documentsOfAccount, unlinkAccount } from './store/forget.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { leftIn } from './use-cases/left.ts'
import { MANAGE } from './domain/document.ts'
import { LIST } from './views/list.ts'
import { TERMINAL } from './views/terminal.ts'

type Words = {
  [K in keyof typeof de.problems]: (typeof de.problems)[K] extends string ? K : never
}[keyof typeof de.problems]

const words = (status: number, title: Words, advice: Words) =>
  problemText(status, [de.problems[title], en.problems[title]], [de.problems[advice], en.problems[advice]])

export default defineModule({
  name: 'pickup',
  uses: ['accounts', 'cases', 'catalogue', 'devices', 'musterstadt', 'notifications'],
  routes: [...listRoutes, ...announceRoutes, ...documentRoutes, ...terminalRoutes, ...apiRoutes],
  extensions: [...caseExtensions, provide(deviceHome, 'pickup', TERMINAL), provide(deviceRemaining, 'pickup', leftIn)],
  permissions: {
    [MANAGE]: { de: 'Dokumente zum Abholen ankündigen und ausgeben', en: 'Announce documents and hand them over' },
  },
  navigation: [
    {
      area: 'workbench',
      path: LIST,
      label: { de: de.staff.title, en: en.staff.title },
      permission: MANAGE,
      order: 26,
    },
  ],
  problems: {
    'pickup-not-possible': words(409, 'notPossible', 'notPossibleAdvice'),
    'compartment-taken': words(409, 'taken', 'takenAdvice'),
    'already-deposited': words(409, 'lies', 'liesAdvice'),
    'pickup-code-unreadable': words(422, 'unreadable', 'unreadableAdvice'),
    'pickup-code-wrong': words(422, 'wrong', 'wrongAdvice'),
    'pickup-code-locked': words(409, 'locked', 'lockedAdvice'),
    'pickup-too-many-codes': words(429, 'tooMany', 'tooManyAdvice'),
    'pickup-elsewhere': words(409, 'elsewhere', 'elsewhereAdvice'),
    'pickup-overdue': words(409, 'overdue', 'overdueAdvice'),
  },
  jobs,
  retention,
  privacy: {
    export: async (ctx, accountId) => ({ pickup: await documentsOfAccount(ctx, accountId) }),
    erase: unlinkAccount,
  },
  seed: () => import('./seed.ts'),
})
