import { notify } from '#modules/notifications/public.ts'
import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { hashSecret, newSecret } from '../domain/secret.ts'
import { draftById, type Draft } from '../store/drafts.ts'
import { draftOfToken, insertResumeToken, RESUME_DAYS } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'

/** The day until which a link that is sent now works. */
export const linkWorksUntil = (ctx: Ctx): string =>
  formatDate(ctx, cityDate(ctx.clock.now()).add({ days: RESUME_DAYS }))

/** The token of a new link. */
export async function newResumeToken(ctx: Ctx, draft: Draft): Promise<string> {
  const token = newSecret()
  await insertResumeToken(ctx, draft.id, hashSecret(token))
  return token
}

/** Sends a link by which its holder goes on with this one draft, and nothing else. */
export async function sendResumeLink(ctx: Ctx, def: ServiceDefinition, draft: Draft, email: string): Promise<void> {
  const { title } = def.texts[ctx.locale].service
  const t = texts(ctx).mail
  await transaction(ctx, async (inner) => {
    const token = await newResumeToken(inner, draft)
    await notify(inner, {
      key: `forms.resume:${hashSecret(token)}`,
      to: { email },
      locale: ctx.locale,
      subject: t.resumeSubject(title),
      paragraphs: [t.resume(title), t.resumeUntil(linkWorksUntil(ctx))],
      link: { path: `/antrag-weiter/${token}`, label: t.resumeLink },
      channels: ['mail'],
      confidential: true,
    })
  })
}

/** The draft that a link opens; null where the link is unknown, too old, or its draft was sent or belongs to an account. */
export async function resumable(ctx: Ctx, token: string): Promise<Draft | null> {
  if (!/^[\w-]{32}$/.test(token)) return null
  const draftId = await draftOfToken(ctx, hashSecret(token))
  const draft = draftId === null ? null : await draftById(ctx, draftId)
  return draft && draft.submittedAt === null ? draft : null
}
