import { job, jobType, type Job } from '../jobs/jobs.ts'

export const fileJobs: readonly Job[] = [
  job(jobType('platform.sweep-files'), async (ctx) => void (await ctx.app.files.sweep(ctx)), {
    schedule: '43 1 * * *',
  }),
]
