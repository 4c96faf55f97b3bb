import { Type } from '#platform/schema.ts'
import { notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import { csvReply } from '#platform/csv.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { fail } from '#platform/problem.ts'
import { FEEDBACK_STATES, readAnswer, type FeedbackState } from '../domain/feedback.ts'
import { feedbackById, feedbackCounts, feedbackIn, handleFeedback, type Feedback } from '../store.ts'
import { texts } from '../texts/index.ts'
import { dueOn, feedbackListPage, feedbackPage, LIST } from '../views/feedback.ts'

export const PERMISSION = 'content.feedback'
const PAGE_SIZE = 50
/** Of a list as CSV. */
const MOST_ROWS = 100_000
const oneFeedback = Type.Object({ id: Type.String() })

export const workbenchRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: staff(PERMISSION),
    examples: () => [LIST, `${LIST}?stand=answered`, `${LIST}?stand=closed`],
    handle: async (ctx, req) => {
      const state = stateOf(req)
      const number = pageOf(req)
      const rows = await feedbackIn(ctx, state, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      return htmlPage(
        feedbackListPage(ctx, { state, rows, counts: await feedbackCounts(ctx), page: number, pageSize: PAGE_SIZE }),
      )
    },
  }),
  page({
    path: `${LIST}.csv`,
    access: staff(PERMISSION),
    handle: async (ctx, req) => {
      const t = texts(ctx).workbench
      const state = stateOf(req)
      const rows = await feedbackIn(ctx, state, { offset: 0, limit: MOST_ROWS })
      const header = [t.received, t.due, t.from, t.email, t.about, t.message, t.handledBy]
      const day = (value: Temporal.PlainDate | Temporal.Instant) => formatShortDate(ctx, value)
      const cells = (row: Feedback) => [
        day(row.createdAt),
        day(dueOn(row)),
        row.name || t.anonymous,
        row.email,
        row.about,
        row.message,
        row.handledBy,
      ]
      return csvReply(t.csvName, header, rows.map(cells))
    },
  }),
  page({
    path: `${LIST}/:id`,
    access: staff(PERMISSION),
    params: oneFeedback,
    examples: async (ctx) => {
      const found = await Promise.all(FEEDBACK_STATES.map((state) => feedbackIn(ctx, state, { offset: 0, limit: 2 })))
      return found.flat().map((feedback) => `${LIST}/${feedback.id}`)
    },
    handle: async (ctx, req) => {
      const feedback = await found(ctx, req)
      return feedback ? htmlPage(feedbackPage(ctx, feedback)) : problem(fail('not-found'))
    },
  }),
  action({
    path: `${LIST}/:id/antwort`,
    access: staff(PERMISSION),
    params: oneFeedback,
    handle: async (ctx, req) => {
      const feedback = await found(ctx, req)
      if (!feedback || feedback.email === '') return problem(fail('not-found'))
      const typed = req.form.get('answer')
      const answer = readAnswer(typed)
      if (!answer.ok) {
        const error = texts(ctx).workbench.errors[answer.problem]
        return htmlPage(feedbackPage(ctx, feedback, { answer: typed, error }), { status: 422 })
      }
      return handled(ctx, feedback, { state: 'answered', answer: answer.value })
    },
  }),
  action({
    path: `${LIST}/:id/abschluss`,
    access: staff(PERMISSION),
    params: oneFeedback,
    handle: async (ctx, req) => {
      const feedback = await found(ctx, req)
      return feedback ? handled(ctx, feedback, { state: 'closed' }) : problem(fail('not-found'))
    },
  }),
]

async function handled(
  ctx: Ctx,
  feedback: Feedback,
  outcome: { state: 'answered'; answer: string } | { state: 'closed' },
): Promise<Reply> {
  const done = await transaction(ctx, async (ctx) => {
    if (!(await handleFeedback(ctx, feedback.id, outcome))) return false
    await audit(ctx, { subject: `feedback:${feedback.id}`, action: `content.feedback-${outcome.state}` })
    if (outcome.state === 'answered') await sendAnswer(ctx, feedback, outcome.answer)
    return true
  })
  return done ? redirect(`${LIST}/${feedback.id}`) : problem(fail('edited-by-others'))
}

/** In the language in which the person wrote to us. */
async function sendAnswer(ctx: Ctx, feedback: Feedback, answer: string): Promise<void> {
  const t = texts(feedback).mail
  await notify(ctx, {
    key: `content.answer:${feedback.id}`,
    to: { email: feedback.email },
    locale: feedback.locale,
    subject: t.subject,
    paragraphs: [...answer.split(/\n{2,}/), t.thanks, feedback.message],
    channels: ['mail'],
  })
}

async function found(ctx: Ctx, req: Req<{ id: string }>): Promise<Feedback | null> {
  const { id } = req.params
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? feedbackById(ctx, id) : null
}

const stateOf = (req: Req): FeedbackState => FEEDBACK_STATES.find((state) => state === req.query['stand']) ?? 'open'

const pageOf = (req: Req): number => {
  const typed = req.query['seite']
  return typeof typed === 'string' && /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : 1
}
