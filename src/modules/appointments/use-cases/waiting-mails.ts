import { notify } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDay } from '#platform/i18n/format.ts'
import { lastDayBefore } from '../domain/waiting.ts'
import { offerOf, titleIn } from '../offer.ts'
import type { NewWaiting } from '../store/waiting.ts'
import { texts } from '../texts/index.ts'
import { matterWords } from '../views/matters.ts'

export const waitingPath = (id: string): string => `/termine/warteliste/${id}`

export const confirmWaitingMail = (ctx: Ctx, row: NewWaiting, code: string): Promise<void> =>
  tell(ctx, row, code, 'confirm', ({ waiting: t }, what) => ({
    subject: t.confirmSubject,
    paragraphs: [t.confirmMail(what), t.endsAfter(formatDay(row, lastDayBefore(row.expiresAt))), t.notYou],
    label: t.confirm,
  }))

/** That something is free, which need not be so any more when it is read. */
export const freedMail = (ctx: Ctx, row: NewWaiting, code: string): Promise<void> =>
  tell(ctx, row, code, `told:${ctx.clock.now().epochMilliseconds}`, ({ waiting: t }, what) => ({
    subject: t.freedSubject(what),
    paragraphs: [t.freed(what), t.notReserved],
    label: t.look,
  }))

async function tell(
  ctx: Ctx,
  row: NewWaiting,
  code: string,
  what: string,
  words: (t: ReturnType<typeof texts>, matters: string) => { subject: string; paragraphs: string[]; label: string },
): Promise<void> {
  const offer = await offerOf({ ...ctx, locale: row.locale })
  const matters = matterWords(row, row.services, (slug) => titleIn(offer, slug))
  const { subject, paragraphs, label } = words(texts(row), matters)
  await notify(ctx, {
    key: `appointment-waiting:${row.id}:${what}`,
    to: { accountId: row.account, email: row.email },
    locale: row.locale,
    subject,
    paragraphs,
    link: { path: `${waitingPath(row.id)}?code=${code}`, label },
    unconfirmed: row.state === 'unconfirmed',
    confidential: true,
  })
}
