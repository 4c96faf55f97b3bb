import { accountMailer } from '#modules/accounts/public.ts'
import { provide } from '#platform/extension.ts'
import { job, jobType } from '#platform/jobs/jobs.ts'
import { defineModule } from '#platform/module.ts'
import { deliverMessage } from './deliver.ts'
import { deliver } from './jobs.ts'
import { notify } from './notify.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { sentRoutes } from './routes/sent.ts'
import { texts } from './texts/index.ts'
import { deliveryHealth } from './store/deliveries.ts'
import { unreadCount } from './store/inbox.ts'
import { deleteMessagesOf, deleteOldMessages, forgetSecrets, messagesOf } from './store/privacy.ts'

const forget = jobType('notifications.forget-secrets')

export default defineModule({
  name: 'notifications',
  uses: ['accounts', 'musterstadt'],
  routes: [...inboxRoutes, ...sentRoutes, ...outboxRoutes],
  permissions: {
    'notifications.read': {
      de: 'Gesendete Nachrichten ansehen und wiederholen',
      en: 'View sent messages and send them again',
    },
  },
  navigation: [
    {
      area: 'account',
      path: '/konto/nachrichten',
      label: { de: 'Nachrichten', en: 'Messages' },
      order: 30,
      standing: async (ctx) => texts(ctx).inbox.lead(await unreadCount(ctx, ctx.account!.id)),
    },
    {
      area: 'workbench',
      path: '/workbench/nachrichten',
      label: { de: 'Nachrichten', en: 'Messages' },
      permission: 'notifications.read',
      order: 60,
    },
  ],
  jobs: [
    job(deliver, deliverMessage),
    job(forget, async (ctx) => void (await forgetSecrets(ctx)), { schedule: '40 2 * * *' }),
  ],
  extensions: [
    provide(accountMailer, 'notifications', async (ctx, mail) => {
      await notify(ctx, { ...mail, channels: ['mail'], confidential: true })
    }),
  ],
  retention: [
    {
      table: 'notifications_message',
      purpose: {
        de: 'Mitteilungen der Stadt, im Postfach des Portals nachlesbar und für Rückfragen zur Zustellung',
        en: 'Messages from the city, to be read again in the portal inbox and for questions about their delivery',
      },
      rule: {
        de: 'Zwei Jahre nach dem Senden (Demo-Wert). Texte mit persönlichem Zugang werden nach dem Versand gelöscht.',
        en: 'Two years after sending (demo value). Texts that hold a personal key are deleted once they were sent.',
      },
      run: deleteOldMessages,
    },
    {
      table: 'notifications_delivery',
      purpose: { de: 'Nachweis der Zustellung', en: 'Proof of delivery' },
      rule: { de: 'Mit der Nachricht', en: 'Together with its message' },
    },
  ],
  privacy: {
    export: async (ctx, accountId) =>
      (await messagesOf(ctx, accountId)).map((m) => ({
        subject: m.subject,
        paragraphs: m.confidential ? [] : m.paragraphs,
        email: m.email,
        telephone: m.telephone,
        createdAt: m.createdAt,
        readAt: m.readAt,
      })),
    erase: deleteMessagesOf,
  },
  seed: () => import('./seed.ts'),
  health: [
    {
      name: { de: 'Versand von Nachrichten', en: 'Delivery of messages' },
      check: async (ctx) => {
        const { failed, late } = await deliveryHealth(ctx)
        const way =
          ctx.app.config.smtpUrl === null
            ? {
                de: 'Kein Mailserver eingerichtet, E-Mails bleiben in der Datenbank',
                en: 'No mail server is set up, mail stays in the database',
              }
            : { de: 'E-Mails gehen über SMTP', en: 'Mail goes out by SMTP' }
        return {
          ok: late === 0,
          message: {
            de: `${way.de}; ${failed} in den letzten 24 Stunden gescheitert, ${late} warten seit mehr als einer Stunde`,
            en: `${way.en}; ${failed} failed in the last 24 hours, ${late} have been waiting for more than an hour`,
          },
        }
      },
    },
  ],
})
