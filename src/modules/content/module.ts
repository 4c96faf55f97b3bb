import { accountById } from '#modules/accounts/public.ts'
import { defineModule } from '#platform/module.ts'
import { accessibilityRoutes } from './routes/accessibility.ts'
import { legalRoutes } from './routes/legal.ts'
import { PERMISSION, workbenchRoutes } from './routes/workbench.ts'
import { deleteOldFeedback, feedbackOf, forgetAuthor } from './store.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { LIST } from './views/feedback.ts'

export default defineModule({
  name: 'content',
  uses: ['accounts', 'notifications'],
  routes: [...legalRoutes, ...accessibilityRoutes, ...workbenchRoutes],
  permissions: { [PERMISSION]: { de: de.permission, en: en.permission } },
  navigation: [
    { area: 'footer', path: '/kontakt', label: { de: de.contact.title, en: en.contact.title }, order: 10 },
    { area: 'footer', path: '/impressum', label: { de: de.imprint.title, en: en.imprint.title }, order: 20 },
    { area: 'footer', path: '/datenschutz', label: { de: de.privacy.title, en: en.privacy.title }, order: 30 },
    {
      area: 'footer',
      path: '/barrierefreiheit',
      label: { de: de.accessibility.title, en: en.accessibility.title },
      order: 40,
    },
    {
      area: 'workbench',
      path: LIST,
      label: { de: de.workbench.short, en: en.workbench.short },
      permission: PERMISSION,
      order: 80,
    },
  ],
  retention: [
    {
      table: 'content_feedback',
      purpose: { de: de.retention.purpose, en: en.retention.purpose },
      rule: { de: de.retention.rule, en: en.retention.rule },
      run: deleteOldFeedback,
    },
  ],
  privacy: {
    export: async (ctx, accountId) => {
      const account = await accountById(ctx, accountId)
      return account
        ? (await feedbackOf(ctx, account.email)).map(({ about, message, name, answer, createdAt }) => ({
            about,
            message,
            name,
            answer,
            createdAt,
          }))
        : []
    },
    erase: async (ctx, accountId) => {
      const account = await accountById(ctx, accountId)
      if (account) await forgetAuthor(ctx, account.email)
    },
  },
  seed: () => import('./seed.ts'),
})
