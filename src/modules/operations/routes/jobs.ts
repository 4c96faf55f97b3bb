import { Type } from 'typebox'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { jobCounts, JOB_STATES, jobs, retryJobs, type JobState } from '../store/jobs.ts'
import { JOBS, READ } from '../views/frame.ts'
import { jobsPage } from '../views/jobs.ts'

export const RETRY = 'operations.retry'
const PAGE_SIZE = 50

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
      const state: JobState = JOB_STATES.find((name) => name === req.query.state) ?? 'failed'
      const number = req.query.page ?? 1
      const { counts } = await jobCounts(ctx)
      const rows = await jobs(ctx, state, { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE })
      const retried = req.query.retried ?? null
      return htmlPage(jobsPage(ctx, { state, rows, counts, page: number, pageSize: PAGE_SIZE, retried }))
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
