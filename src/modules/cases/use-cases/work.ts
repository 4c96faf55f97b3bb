import { staffIn, unitById } from '#modules/accounts/public.ts'
import { definitionOf } from '#modules/services/public.ts'
import { notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { statusPath } from '../domain/case.ts'
import { changeCase, lockCase, setNews } from '../store/case.ts'
import { insertMessage, insertNote } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'

/** Permissions of the workbench; a service may name others for reading, working and deciding. */
export const WORK = 'cases.work'
export const ASSIGN = 'cases.assign'

export type WorkProblem = 'not-found' | 'forbidden' | 'edited-by-others' | 'case-closed' | 'no-such-colleague'

/** Longest note or message in characters. */
export const LONGEST_TEXT = 5_000

/** The permission to work on cases of this service. */
export async function workPermission(ctx: Ctx, kase: Pick<Case, 'service' | 'version'>): Promise<string> {
  return (await definitionOf(ctx, kase.service, kase.version))?.permissions.work ?? WORK
}

/** Locks the case and checks that the clerk may work on it and has seen its newest state (`revision`; null: any). */
async function withCase<T>(
  ctx: Ctx,
  id: string,
  revision: number | null,
  work: (ctx: Ctx, kase: Case) => Promise<Result<T, WorkProblem>>,
): Promise<Result<T, WorkProblem>> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, id)
    if (!kase) return fail('not-found')
    if (!may(ctx, await workPermission(ctx, kase), kase.unit)) return fail('forbidden')
    if (revision !== null && revision !== kase.revision) return fail('edited-by-others')
    return work(ctx, kase)
  })
}

const note = (ctx: Ctx, kase: Case, action: string, data?: unknown) =>
  audit(ctx, { subject: `case:${kase.id}`, action, data })

/** The clerk takes the case. Taking what one has already is no change. */
export function takeCase(ctx: Ctx, id: string, revision: number | null): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, revision, async (ctx, kase) => {
    const me = ctx.account!.id
    if (kase.closedAt) return fail('case-closed')
    if (kase.assignee === me) return ok(null)
    // Two who take at once: the second is told, and does not take it out of the hands of the first.
    if (kase.assignee !== null && revision === null) return fail('edited-by-others')
    await changeCase(ctx, id, { assignee: me })
    await note(ctx, kase, 'cases.taken', { from: kase.assignee })
    return ok(null)
  })
}

/**
 * Hands the case to a colleague, back to nobody (`to` null), or to another unit.
 * `no-such-colleague`: somebody who could not work on it there.
 */
export function handOver(
  ctx: Ctx,
  id: string,
  revision: number | null,
  target: { readonly to: string | null; readonly unit?: string },
): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, revision, async (ctx, kase) => {
    const unit = target.unit ?? kase.unit
    const isMine = kase.assignee === ctx.account!.id || kase.assignee === null
    if (!isMine && !may(ctx, ASSIGN, kase.unit)) return fail('forbidden')
    if (kase.closedAt) return fail('case-closed')
    if (unit !== kase.unit && !(await unitById(ctx, unit))) return fail('no-such-colleague')
    if (target.to !== null) {
      const colleagues = await staffIn(ctx, unit, await workPermission(ctx, kase))
      if (!colleagues.some((colleague) => colleague.id === target.to)) return fail('no-such-colleague')
    }
    if (target.to === kase.assignee && unit === kase.unit) return ok(null)
    await changeCase(ctx, id, { assignee: target.to, ...(unit === kase.unit ? {} : { unit }) })
    await note(ctx, kase, 'cases.handed-over', {
      to: target.to,
      from: kase.assignee,
      ...(unit === kase.unit ? {} : { unit }),
    })
    return ok(null)
  })
}

/** Day on which the case comes up again; null: not any more. */
export function followUp(
  ctx: Ctx,
  id: string,
  revision: number | null,
  on: Temporal.PlainDate | null,
): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, revision, async (ctx, kase) => {
    if (kase.closedAt) return fail('case-closed')
    await changeCase(ctx, id, { followUpOn: on })
    await note(ctx, kase, 'cases.follow-up', { on: on?.toString() ?? null })
    return ok(null)
  })
}

/** A note for colleagues; nobody overlooks anything by it, so it needs no revision. */
export function addNote(ctx: Ctx, id: string, body: string): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, null, async (ctx, kase) => {
    await insertNote(ctx, id, body)
    await note(ctx, kase, 'cases.noted')
    return ok(null)
  })
}

/** A message to the applicant, who is told by mail that there is one. */
export function writeToApplicant(ctx: Ctx, id: string, body: string): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, null, async (ctx, kase) => {
    const messageId = await insertMessage(ctx, { caseId: id, direction: 'out', body })
    await note(ctx, kase, 'cases.message-sent', { messageId })
    await setNews(ctx, id, null)
    const { locale, accountId, email } = kase.applicant
    const t = texts({ locale })
    await notify(ctx, {
      key: `case/${id}/message/${messageId}`,
      to: { accountId, email },
      locale,
      subject: t.notices.message.subject(kase.number),
      paragraphs: [t.notices.message.intro, ...body.split(/\n{2,}/)],
      link: { path: statusPath(kase), label: t.notices.message.link },
      caseId: id,
      unit: kase.unit,
    })
    return ok(null)
  })
}

/** A clerk has looked at what the applicant wrote or handed in. */
export function markSeen(ctx: Ctx, id: string): Promise<Result<null, WorkProblem>> {
  return withCase(ctx, id, null, async (ctx, kase) => {
    if (kase.newsAt) await setNews(ctx, id, null)
    return ok(null)
  })
}
