import { caseOpened } from '#modules/cases/public.ts'
import { on } from '#platform/events/events.ts'
import { defineModule } from '#platform/module.ts'
import { deleteDrafts, draftsOfAccount } from './store/drafts.ts'
import { deleteOldSubmissions } from './store/submissions.ts'
import { deleteExpired } from './store/tokens.ts'
import { apiRoutes } from './routes/api.ts'
import { fileRoutes } from './routes/files.ts'
import { receiptRoutes } from './routes/receipt.ts'
import { saveRoutes } from './routes/save.ts'
import { startRoutes } from './routes/start.ts'
import { stepRoutes } from './routes/step.ts'
import { summaryRoutes } from './routes/summary.ts'
import { forgetDrafts, removeDraftFiles } from './use-cases/forget.ts'
import { sendReceipt } from './use-cases/receipt.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

const both = (key: keyof typeof de.retention) => ({ de: de.retention[key], en: en.retention[key] })

export default defineModule({
  name: 'forms',
  uses: ['services', 'catalogue', 'cases', 'accounts', 'addresses', 'payments', 'notifications', 'musterstadt'],
  routes: [
    ...startRoutes,
    ...saveRoutes,
    ...summaryRoutes,
    ...receiptRoutes,
    ...fileRoutes,
    ...stepRoutes,
    ...apiRoutes,
  ],
  seed: () => import('./seed.ts'),
  subscriptions: [on(caseOpened, (ctx, { caseId }) => sendReceipt(ctx, caseId))],
  retention: [
    {
      table: 'forms_draft',
      purpose: both('draftPurpose'),
      rule: both('draftRule'),
      run: forgetDrafts,
    },
    { table: 'forms_resume', purpose: both('tokenPurpose'), rule: both('tokenRule'), run: deleteExpired },
    { table: 'forms_parked', purpose: both('tokenPurpose'), rule: both('tokenRule') },
    {
      table: 'forms_submission',
      purpose: both('submissionPurpose'),
      rule: both('submissionRule'),
      run: deleteOldSubmissions,
    },
    { table: 'forms_receipt', purpose: both('receiptPurpose'), rule: both('receiptRule') },
  ],
  privacy: {
    export: async (ctx, accountId) =>
      (await draftsOfAccount(ctx, accountId)).map(({ id, slug, answers, createdAt, updatedAt, caseNumber }) => ({
        id,
        service: slug,
        answers,
        createdAt: createdAt.toString(),
        updatedAt: updatedAt.toString(),
        caseNumber,
      })),
    erase: async (ctx, accountId) => {
      const ids = (await draftsOfAccount(ctx, accountId)).map((draft) => draft.id)
      await removeDraftFiles(ctx, ids)
      await deleteDrafts(ctx, ids)
    },
  },
})
