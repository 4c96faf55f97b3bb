import { job, jobType, type Job } from './jobs/jobs.ts'
import { transaction } from './db/transaction.ts'

/** GDPR article 5(1)(e): every night what is due is deleted, by the rules of the manifests. */
export const retentionJobs: readonly Job[] = [
  job(
    jobType('platform.retention'),
    async (ctx) => {
      for (const module of ctx.app.modules)
        for (const rule of module.retention ?? []) {
          const rows = await transaction(ctx, async (ctx) => rule.run?.(ctx) ?? 0)
          if (rows > 0) ctx.log.info({ table: rule.table, rows }, 'deleted by retention')
        }
    },
    { schedule: '23 3 * * *' },
  ),
]
