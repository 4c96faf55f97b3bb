import { paymentReceived } from '#modules/payments/public.ts'
import { on } from '#platform/events/events.ts'
import { job } from '#platform/jobs/jobs.ts'
import { defineModule } from '#platform/module.ts'
import { advanceCase, caseEvent, caseTimer, sweepCases, takePending } from './job-types.ts'
import { health } from './health.ts'
import { problems } from './problems.ts'
import { retention } from './retention.ts'
import { apiRoutes } from './routes/api.ts'
import { outgoingRoutes } from './routes/case/outgoing.ts'
import { casePages } from './routes/case/page.ts'
import { workRoutes } from './routes/case/work.ts'
import { decideRoutes } from './routes/decide.ts'
import { inboxRoutes } from './routes/inbox/inbox.ts'
import { mineRoutes } from './routes/mine.ts'
import { ownApiRoutes } from './routes/own-api.ts'
import { statementRoutes } from './routes/statement.ts'
import { statusRoutes } from './routes/status.ts'
import { standingOfMine } from './store/mine.ts'
import { detachAccount, exportCases, releaseCases } from './store/privacy.ts'
import { texts } from './texts/index.ts'
import { advance } from './use-cases/advance.ts'
import { takeWaiting } from './use-cases/take-waiting.ts'
import { ringTimer, tellCase } from './use-cases/happen.ts'
import { bookPayment } from './use-cases/payments.ts'
import { sweep } from './use-cases/sweep.ts'

export default defineModule({
  name: 'cases',
  uses: ['services', 'accounts', 'payments', 'notifications', 'musterstadt'],
  permissions: {
    'cases.read': { de: 'Vorgänge lesen', en: 'Read cases' },
    'cases.work': { de: 'Vorgänge bearbeiten', en: 'Work on cases' },
    'cases.decide': { de: 'Über Vorgänge entscheiden', en: 'Decide on cases' },
    'cases.assign': { de: 'Vorgänge anderer verteilen', en: 'Assign other people’s cases' },
  },
  routes: [
    ...inboxRoutes,
    ...casePages,
    ...workRoutes,
    ...outgoingRoutes,
    ...decideRoutes,
    ...mineRoutes,
    ...statusRoutes,
    ...statementRoutes,
    ...apiRoutes,
    ...ownApiRoutes,
  ],
  navigation: [
    {
      area: 'workbench',
      path: '/workbench',
      label: { de: 'Eingang', en: 'Inbox' },
      permission: 'cases.read',
      order: 10,
    },
    {
      area: 'account',
      path: '/meine-antraege',
      label: { de: 'Meine Anträge', en: 'My applications' },
      order: 10,
      standing: async (ctx) => texts(ctx).mine.standing(await standingOfMine(ctx)),
    },
    { area: 'footer', path: '/stand', label: { de: 'Stand eines Antrags', en: 'State of an application' }, order: 20 },
  ],
  jobs: [
    job(advanceCase, (ctx, { caseId }) => advance(ctx, caseId)),
    job(caseEvent, async (ctx, { caseId, event }) => void (await tellCase(ctx, caseId, event))),
    job(caseTimer, (ctx, { timerId }) => ringTimer(ctx, timerId)),
    job(takePending, (ctx, { caseId, pendingId }) => takeWaiting(ctx, caseId, pendingId)),
    job(sweepCases, (ctx) => sweep(ctx), { schedule: '*/10 * * * *' }),
  ],
  subscriptions: [on(paymentReceived, bookPayment)],
  problems,
  retention,
  privacy: {
    export: exportCases,
    erase: async (ctx, accountId) => {
      await releaseCases(ctx, accountId)
      await detachAccount(ctx, accountId)
    },
  },
  health,
  seed: () => import('./seed/seed.ts'),
})
