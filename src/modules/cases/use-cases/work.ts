import { staffIn, unitById } from '#modules/accounts/public.ts'
import { definitionOf } from '#modules/services/public.ts'
import { moveCaseMessages } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import type { Waiting } from '../domain/waiting.ts'
import { changeCase, lockCase, setNews } from '../store/case.ts'
import { insertNote } from '../store/messages.ts'
import type { Case } from '../store/rows.ts'
import { hasEntry } from '../store/timeline.ts'
import { pendingOf } from '../store/waiting.ts'

/** Permissions of the workbench; a service may name others for reading, working and deciding. */
export const WORK = 'cases.work'
export const ASSIGN = 'cases.assign'

export type WorkProblem =
  | 'not-found'
  | 'forbidden'
  | 'edited-by-others'
  | 'something-waits'
  | 'case-closed'
  | 'no-such-colleague'
  | 'letter-not-possible'
  | 'gone'

/** Longest note or message in characters. */
export const LONGEST_TEXT = 5_000

/** The permission to work on cases of this service. */
export async function workPermission(ctx: Ctx, kase: Pick<Case, 'service' | 'version'>): Promise<string> {
  return (await definitionOf(ctx, kase.service, kase.version))?.permissions.work ?? WORK
}

/** What a form of the case page was shown with. */
export interface Seen {
  /** The revision that the clerk saw. */
  readonly revision: number
  /** Of the form itself: sent twice, it does one thing. */
  readonly key: string
}

/** Locks the case for a clerk who may work on it; what it does needs no look at what others do. */
export async function onCase<T>(
  ctx: Ctx,
  id: string,
  work: (ctx: Ctx, kase: Case) => Promise<Result<T, WorkProblem>>,
): Promise<Result<T, WorkProblem>> {
  return transaction(ctx, async (ctx) => {
    const kase = await lockCase(ctx, id)
    if (!kase) return fail('not-found')
    if (!may(ctx, await workPermission(ctx, kase), kase.unit)) return fail('forbidden')
    return work(ctx, kase)
  })
}

/**
 * Why a clerk has to look again before anything is done: somebody has changed the case since, or something is just
 * about to go out, which a colleague may be contradicting.
 */
export async function staleness(ctx: Ctx, kase: Case, revision: number): Promise<Failure<WorkProblem> | null> {
  if (await pendingOf(ctx, kase.id)) return fail('something-waits')
  return revision === kase.revision ? null : fail('edited-by-others')
}

/** Whether a form has done its work already, or what it does waits for its ten seconds: a double click, a reload. */
export async function isRepeated(
  ctx: Ctx,
  kase: Case,
  action: string,
  key: string,
  kind: Exclude<Waiting['kind'], 'decision'> | null = null,
): Promise<boolean> {
  if (key === '') return false
  // All forms of a page carry one key, so what waits has to be of the same kind.
  const waiting = (await pendingOf(ctx, kase.id))?.what
  return (waiting?.kind === kind && waiting.key === key) || hasEntry(ctx, kase.id, action, { key })
}

const note = (ctx: Ctx, kase: Case, action: string, data?: unknown) =>
  audit(ctx, { subject: `case:${kase.id}`, action, data })

/** The clerk takes the case. Taking what one has already is no change. */
export function takeCase(ctx: Ctx, id: string, revision: number): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    const me = ctx.account!.id
    if (kase.closedAt) return fail('case-closed')
    if (kase.assignee === me) return ok(null)
    const stale = await staleness(ctx, kase, revision)
    if (stale) return stale
    await changeCase(ctx, id, { assignee: me })
    await note(ctx, kase, 'cases.taken', { from: kase.assignee })
    return ok(null)
  })
}

/** One's own case and nobody's can go to any colleague; whoever distributes work hands on those of others, too. */
export const mayHandOver = (ctx: Ctx, { assignee, unit }: Pick<Case, 'assignee' | 'unit'>): boolean =>
  assignee === ctx.account!.id || assignee === null || may(ctx, ASSIGN, unit)

/**
 * Hands the case to a colleague, back to nobody (`to` null), or to another unit.
 * `no-such-colleague`: somebody who could not work on it there.
 */
export function handOver(
  ctx: Ctx,
  id: string,
  revision: number,
  target: { readonly to: string | null; readonly unit?: string },
): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    const unit = target.unit ?? kase.unit
    const isElsewhere = unit !== kase.unit
    if (!isElsewhere && target.to === kase.assignee) return ok(null)
    const stale = await staleness(ctx, kase, revision)
    if (stale) return stale
    if (!(isElsewhere ? may(ctx, ASSIGN, kase.unit) : mayHandOver(ctx, kase))) return fail('forbidden')
    if (kase.closedAt) return fail('case-closed')
    if (isElsewhere && !(await unitById(ctx, unit))) return fail('no-such-colleague')
    if (target.to !== null) {
      const colleagues = await staffIn(ctx, [unit], await workPermission(ctx, kase))
      if (!colleagues.some((colleague) => colleague.id === target.to)) return fail('no-such-colleague')
    }
    await changeCase(ctx, id, { assignee: target.to, ...(isElsewhere ? { unit } : {}) })
    // Who may not see the case any more must not find what was written about it, either.
    if (isElsewhere) await moveCaseMessages(ctx, id, unit)
    await note(ctx, kase, 'cases.handed-over', {
      to: target.to,
      from: kase.assignee,
      ...(isElsewhere ? { unit } : {}),
    })
    return ok(null)
  })
}

/** Day on which the case comes up again; null: not any more. */
export function followUp(
  ctx: Ctx,
  id: string,
  revision: number,
  on: Temporal.PlainDate | null,
): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    if (kase.closedAt) return fail('case-closed')
    if (on?.toString() === kase.followUpOn?.toString()) return ok(null)
    const stale = await staleness(ctx, kase, revision)
    if (stale) return stale
    await changeCase(ctx, id, { followUpOn: on })
    await note(ctx, kase, 'cases.follow-up', { on: on?.toString() ?? null })
    return ok(null)
  })
}

/** A note for colleagues; nobody overlooks anything by it, so it needs no revision. */
export function addNote(ctx: Ctx, id: string, key: string, body: string): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    if (await isRepeated(ctx, kase, 'cases.noted', key)) return ok(null)
    await insertNote(ctx, id, body)
    await note(ctx, kase, 'cases.noted', { key })
    return ok(null)
  })
}

/** A clerk has looked at what the applicant wrote or handed in. */
export function markSeen(ctx: Ctx, id: string): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, id, async (ctx, kase) => {
    if (kase.newsAt) await setNews(ctx, id, null)
    return ok(null)
  })
}
