import { accountMailer } from '#modules/accounts/public.ts'
import { provide } from '#platform/extension.ts'
import { job, jobType } from '#platform/jobs/jobs.ts'
import { defineModule, problemText } from '#platform/module.ts'
import { deliverMessage } from './deliver.ts'
import { deliver } from './jobs.ts'
import { notify } from './notify.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { sentRoutes } from './routes/sent.ts'
import { makePushKey, pushHosts } from './push/keys.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { texts } from './texts/index.ts'
import { deleteEndedBrowsers } from './store/browsers.ts'
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
    {
      table: 'notifications_browser',
      purpose: {
        de: 'Benachrichtigungen auf einem Gerät, wo Sie sie eingeschaltet haben',
        en: 'Notifications on a device, where you have turned them on',
      },
      rule: {
        de: 'Bis Sie sie ausschalten oder bis vorbei ist, worum es geht, zum Beispiel zehn Minuten nach Ihrem Besuch',
        en: 'Until you turn them off, or what they are about is over, for example ten minutes after your visit',
      },
      run: deleteEndedBrowsers,
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
  problems: {
    'too-many-browsers': problemText(
      409,
      [de.push.tooMany, en.push.tooMany],
      [de.push.tooManyAdvice, en.push.tooManyAdvice],
    ),
    'push-not-possible': problemText(
      422,
      [de.push.notPossible, en.push.notPossible],
      [de.push.notPossibleAdvice, en.push.notPossibleAdvice],
    ),
  },
  prepare: makePushKey,
  seed: () => import('./seed.ts'),
  health: [
    {
      name: { de: 'Push-Nachrichten', en: 'Push messages' },
      check: async (ctx) => {
        const isOn = pushHosts(ctx).length > 0
        const own = ctx.app.config.secret(ctx.tenant.id, 'VAPID_KEY') !== null
        const isSecure = new URL(ctx.tenant.baseUrl).protocol === 'https:'
        return {
          ok: true,
          message: isOn
            ? {
                de: `an, mit ${own ? 'dem Schlüssel der Umgebung' : 'einem eigenen Schlüssel'}${isSecure ? '' : '; Browser bieten sie nur über HTTPS und auf diesem Rechner an'}`,
                en: `on, with ${own ? 'the key of the environment' : 'a key of its own'}${isSecure ? '' : '; browsers offer them over HTTPS and on this machine only'}`,
              }
            : { de: 'aus (SETTING_PUSH_HOSTS=none)', en: 'off (SETTING_PUSH_HOSTS=none)' },
        }
      },
    },
    {
      name: { de: 'Versand von Nachrichten', en: 'Delivery of messages' },
      check: async (ctx) => {
        const { failed, dropped, late } = await deliveryHealth(ctx)
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
            de: `${way.de}; in den letzten 24 Stunden ${failed} gescheitert und ${dropped} entfallen, ${late} warten seit mehr als einer Stunde`,
            en: `${way.en}; in the last 24 hours ${failed} failed and ${dropped} were dropped, ${late} have been waiting for more than an hour`,
          },
        }
      },
    },
  ],
})
