import { Type } from '#platform/schema.ts'
import { audit } from '#platform/audit/audit.ts'
import { csvReply } from '#platform/csv.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { maskError } from '../domain/masking.ts'
import { jobCounts, JOB_STATES, jobs, retryJobs, type JobState } from '../store/jobs.ts'
import { texts } from '../texts/index.ts'
import { JOBS, READ } from '../views/frame.ts'
import { jobsPage } from '../views/jobs.ts'

export const RETRY = 'operations.retry'
const PAGE_SIZE = 50
/** Rows of a CSV file: the counts above the list tell where there are more. */
const MOST_ROWS = 10_000

const stateOf = (typed: string | undefined): JobState => JOB_STATES.find((name) => name === typed) ?? 'failed'

export const jobRoutes: readonly Route[] = [
  page({
    path: JOBS,
    access: staff(READ),
    query: Type.Object({
      state: Type.Optional(Type.String()),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      retried: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
    handle: async (ctx, req) => {
      const state = stateOf(req.query.state)
      const number = req.query.page ?? 1
      const { counts } = await jobCounts(ctx)
      const rows = await jobs(ctx, state, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      const retried = req.query.retried ?? null
      return htmlPage(jobsPage(ctx, { state, rows, counts, page: number, pageSize: PAGE_SIZE, retried }))
    },
  }),
  page({
    path: `${JOBS}.csv`,
    access: staff(READ),
    query: Type.Object({ state: Type.Optional(Type.String()) }),
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const state = stateOf(req.query.state)
      const rows = await jobs(ctx, state, { offset: 0, limit: MOST_ROWS })
      return csvReply(
        `${t.jobs.caption(t.jobs.states[state])}.csv`.replace(':', ''),
        [t.jobs.name, t.jobs.attempts, t.jobs.next, t.jobs.since, t.jobs.error, t.jobs.request],
        rows.map((row) => [
          row.name,
          t.jobs.attemptsValue(String(row.attempts), String(row.maxAttempts)),
          state === 'failed' ? null : row.runAt,
          row.createdAt,
          row.lastError === null ? null : maskError(row.lastError),
          row.requestId,
        ]),
      )
    },
  }),
  // A retry is a thing that is made, so that it can be accounted for.
  action({
    path: `${JOBS}/wiederholungen`,
    access: staff(RETRY),
    handle: async (ctx, req) => {
      const chosen = req.form.get('job')
      if (chosen !== 'all' && !/^\d{1,15}$/.test(chosen)) return problem(fail('bad-request'))
      const retried = await transaction(ctx, async (ctx) => {
        const rows = await retryJobs(ctx, chosen === 'all' ? 'all-failed' : [Number(chosen)])
        if (rows.length > 0)
          await audit(ctx, { subject: 'jobs', action: 'operations.jobs-retried', data: { jobs: rows } })
        return rows.length
      })
      return redirect(`${JOBS}?retried=${retried}`)
    },
  }),
]
