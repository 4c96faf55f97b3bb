import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { FeedbackInput, FeedbackState } from './domain/feedback.ts'

export interface Feedback {
  readonly id: string
  readonly about: string
  readonly message: string
  readonly name: string
  readonly email: string
  readonly locale: Locale
  readonly state: FeedbackState
  readonly answer: string | null
  readonly handledBy: string | null
  readonly handledAt: Temporal.Instant | null
  readonly createdAt: Temporal.Instant
}

const COLUMNS = sql`id, about, message, name, email, locale, state, answer,
  handled_by as "handledBy", handled_at as "handledAt", created_at as "createdAt"`

export async function insertFeedback(ctx: Ctx, input: FeedbackInput): Promise<string> {
  const id = newId()
  await exec(
    ctx.db,
    sql`insert into content_feedback (id, about, message, name, email, locale, state, created_at)
      values (${id}, ${input.about}, ${input.message}, ${input.name}, ${input.email}, ${ctx.locale}, 'open', ${ctx.clock.now()})`,
  )
  return id
}

/** Oldest first where it is open: who waits longest is first; newest first otherwise. */
export async function feedbackIn(
  ctx: Ctx,
  state: FeedbackState,
  page: { offset: number; limit: number },
): Promise<readonly Feedback[]> {
  const order = state === 'open' ? sql`created_at, id` : sql`handled_at desc, id`
  return many(
    ctx.db,
    sql<Feedback>`select ${COLUMNS} from content_feedback where state = ${state}
      order by ${order} offset ${page.offset} limit ${page.limit}`,
  )
}

export async function feedbackCounts(ctx: Ctx): Promise<Readonly<Record<FeedbackState, number>>> {
  return one(
    ctx.db,
    sql<Record<FeedbackState, number>>`select count(*) filter (where state = 'open') as open,
      count(*) filter (where state = 'answered') as answered, count(*) filter (where state = 'closed') as closed
      from content_feedback`,
  )
}

export async function feedbackById(ctx: Ctx, id: string): Promise<Feedback | null> {
  return maybe(ctx.db, sql<Feedback>`select ${COLUMNS} from content_feedback where id = ${id}`)
}

/** False where somebody else has answered or closed it in the meantime. */
export async function handleFeedback(
  ctx: Ctx,
  id: string,
  outcome: { state: 'answered'; answer: string } | { state: 'closed' },
): Promise<boolean> {
  const answer = outcome.state === 'answered' ? outcome.answer : null
  const touched = await exec(
    ctx.db,
    sql`update content_feedback set state = ${outcome.state}, answer = ${answer},
      handled_by = ${ctx.account?.name ?? ''}, handled_at = ${ctx.clock.now()}
      where id = ${id} and state = 'open'`,
  )
  return touched === 1
}

/** One year after it was done (demo value). */
export async function deleteOldFeedback(ctx: Ctx): Promise<number> {
  return exec(
    ctx.db,
    sql`delete from content_feedback where state <> 'open' and handled_at < ${ctx.clock.now()}::timestamptz - interval '1 year'`,
  )
}

/** What somebody wrote under the mail address of their account. */
export async function feedbackOf(ctx: Ctx, email: string): Promise<readonly Feedback[]> {
  return many(
    ctx.db,
    sql<Feedback>`select ${COLUMNS} from content_feedback where lower(email) = lower(${email}) order by created_at, id`,
  )
}

/** The remark stays, so that the barrier can be removed; who made it is forgotten. */
export async function forgetAuthor(ctx: Ctx, email: string): Promise<void> {
  await exec(ctx.db, sql`update content_feedback set name = '', email = '' where lower(email) = lower(${email})`)
}
