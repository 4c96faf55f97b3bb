import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Seed } from '#platform/module.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { notify, recordPastMessages } from './notify.ts'

const WELCOME = {
  de: {
    subject: 'Willkommen im Bürgerportal',
    paragraphs: [
      'Guten Tag,',
      'Ihr Konto ist eingerichtet. Was wir Ihnen zu Ihren Anträgen schreiben, finden Sie ab jetzt auch hier.',
      'Im Datenkonto können Sie Angaben hinterlegen, die Sie dann nicht noch einmal eintippen müssen.',
    ],
    label: 'Zum Konto',
  },
  en: {
    subject: 'Welcome to the citizens’ portal',
    paragraphs: [
      'Hello,',
      'Your account is ready. From now on you also find here what we write to you about your applications.',
      'In the data account you can leave details that you then need not type again.',
    ],
    label: 'To the account',
  },
} satisfies Record<Locale, { subject: string; paragraphs: string[]; label: string }>

const LEAFLET = `Datenschutz im Bürgerportal

Wir speichern, was wir für Ihre Anträge brauchen, und löschen es, wenn die Frist dafür abgelaufen ist.
Unter "Mein Konto" sehen Sie, wer Ihre Angaben gelesen hat. Sie können sie dort mitnehmen und Ihr Konto löschen.
`

/** How many of the demo citizens were welcomed, one a day, the latest yesterday. */
const WELCOMED = 60

/** Messages that every demo citizen's inbox has, and two that could not be delivered, for the page of all that was sent. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const citizens = musterstadt().citizens.slice(0, WELCOMED)
    const now = ctx.clock.now()
    const leaflet = await ctx.app.files.save(ctx, {
      name: 'Datenschutz im Bürgerportal.txt',
      content: Buffer.from(LEAFLET),
      owner: 'notifications:welcome',
    })
    await recordPastMessages(
      ctx,
      citizens.map((citizen, index) => {
        const words = WELCOME[citizen.locale]
        return {
          key: `demo:welcome:${citizen.id}`,
          to: { accountId: citizen.id, email: citizen.email },
          locale: citizen.locale,
          subject: words.subject,
          paragraphs: words.paragraphs,
          link: { path: '/konto', label: words.label },
          unit: 'buergeramt',
          attachments: [leaflet.id],
          at: now.subtract({ hours: 24 * (index + 1) }),
        }
      }),
    )
    for (const [index, email] of ['erika.mustermann(at)post.example', 'kein-postfach'].entries())
      await notify(ctx, {
        key: `demo:undeliverable:${index}`,
        to: { email },
        locale: 'de',
        subject: 'Ihr Ausweis ist abholbereit',
        paragraphs: ['Guten Tag,', 'Ihr neuer Ausweis liegt im Bürgeramt für Sie bereit.'],
        unit: 'buergeramt',
      })
    progress(1, 1)
  },
}
