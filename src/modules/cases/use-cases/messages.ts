import { notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { ok, type Result } from '#platform/problem.ts'
import { statusPath } from '../domain/case.ts'
import type { WaitingMessage } from '../domain/waiting.ts'
import { changeCase, setNews } from '../store/case.ts'
import { insertMessage } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { letWait } from './waiting.ts'
import { isRepeated, onCase, staleness, type Seen, type WorkProblem } from './work.ts'

const SENT = 'cases.message-sent'

/** A message to the applicant, which can be taken back for ten seconds. */
export function writeToApplicant(ctx: Ctx, id: string, seen: Seen, body: string): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    if (await isRepeated(ctx, kase, SENT, seen.key, 'message')) return ok(null)
    const stale = await staleness(ctx, kase, seen.revision)
    if (stale) return stale
    await letWait(ctx, kase, { kind: 'message', key: seen.key, body })
    // What comes in while it waits is news.
    await setNews(ctx, id, null)
    return ok(null)
  })
}

/**
 * The message goes out: the applicant finds it with the application and is told by mail. It counts as a change: two
 * clerks who answer the same question would contradict each other.
 */
export async function sendMessage(ctx: Ctx, kase: Case, { body, key }: WaitingMessage): Promise<void> {
  const messageId = await insertMessage(ctx, { caseId: kase.id, direction: 'out', body })
  await changeCase(ctx, kase.id, {})
  await audit(ctx, { subject: `case:${kase.id}`, action: SENT, data: { messageId, key } })
  const { locale, accountId, email } = kase.applicant
  const t = texts({ locale })
  await notify(ctx, {
    key: `case/${kase.id}/message/${messageId}`,
    to: { accountId, email },
    locale,
    subject: t.notices.message.subject(kase.number),
    paragraphs: [t.notices.message.intro, ...body.split(/\n{2,}/)],
    link: { path: statusPath(kase), label: t.notices.message.link },
    caseId: kase.id,
    unit: kase.unit,
  })
}
