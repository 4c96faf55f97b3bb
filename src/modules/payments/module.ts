import { defineModule } from '#platform/module.ts'
import { formatMoney } from '#platform/i18n/format.ts'
import { job } from '#platform/jobs/jobs.ts'
import { importCommand } from './commands.ts'
import { refundOnline, remind, sweepOnline } from './jobs.ts'
import { privacy, retention } from './privacy.ts'
import { health } from './health.ts'
import { problems } from './problems.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { payRoutes } from './routes/pay.ts'
import { staffRoutes } from './routes/staff.ts'
import { isOutstanding } from './domain/payment.ts'
import { paymentsOfAccount } from './store/lists.ts'
import { texts } from './texts/index.ts'
import { refundThroughProvider, sweepOnlines } from './use-cases/online.ts'
import { remindPayers } from './use-cases/reminders.ts'

export default defineModule({
  name: 'payments',
  uses: ['accounts', 'musterstadt', 'notifications'],
  routes: [...payRoutes, ...notificationRoutes, ...staffRoutes],
  permissions: {
    'payments.read': { de: 'Zahlungen ansehen', en: 'View payments' },
    'payments.book': { de: 'Zahlungen buchen und klären', en: 'Book and clear payments' },
  },
  navigation: [
    {
      area: 'account',
      path: '/konto/zahlungen',
      label: { de: 'Zahlungen', en: 'Payments' },
      order: 40,
      standing: async (ctx) => {
        const owed = (await paymentsOfAccount(ctx, ctx.account!.id)).filter(({ state }) => isOutstanding(state))
        return texts(ctx).mine.ofMine(
          owed.length,
          formatMoney(
            ctx,
            owed.reduce((sum, { cents, paidCents }) => sum + cents - paidCents, 0),
          ),
        )
      },
    },
    {
      area: 'workbench',
      path: '/workbench/zahlungen',
      label: { de: 'Zahlungen', en: 'Payments' },
      permission: 'payments.read',
      order: 50,
    },
  ],
  jobs: [
    job(refundOnline, refundThroughProvider),
    job(sweepOnline, async (ctx) => void (await sweepOnlines(ctx)), { schedule: '* * * * *' }),
    job(remind, remindPayers, { schedule: '10 6 * * *' }),
  ],
  problems,
  retention,
  privacy,
  health,
  seed: () => import('./seed.ts'),
  commands: [importCommand],
})
