import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { measure } from '../measure.ts'
import { largestTables } from '../store/database.ts'
import { rowEstimates } from '../store/retention.ts'
import { OVERVIEW, READ, RETENTION } from '../views/frame.ts'
import { overviewPage } from '../views/overview.ts'
import { retentionPage } from '../views/retention.ts'

const MOST_TABLES = 8

export const overviewRoutes: readonly Route[] = [
  page({
    path: OVERVIEW,
    access: staff(READ),
    handle: async (ctx) => htmlPage(overviewPage(ctx, await measure(ctx), await largestTables(ctx, MOST_TABLES))),
  }),
  page({
    path: RETENTION,
    access: staff(READ),
    handle: async (ctx) => {
      const estimates = await rowEstimates(ctx)
      const rows = ctx.app.modules.flatMap((module) =>
        (module.retention ?? []).map((rule) => ({
          module: module.name,
          rule,
          rows: estimates.get(rule.table) ?? null,
        })),
      )
      return htmlPage(retentionPage(ctx, rows))
    },
  }),
]
