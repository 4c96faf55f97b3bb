import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { measure } from '../measure.ts'
import { largestTables } from '../store/database.ts'
import { rowEstimates } from '../store/retention.ts'
import { texts } from '../texts/index.ts'
import { OVERVIEW, READ, RETENTION } from '../views/frame.ts'
import { overviewPage } from '../views/overview.ts'
import { retentionPage, type RuleRow } from '../views/retention.ts'

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
    handle: async (ctx) => htmlPage(retentionPage(ctx, await rules(ctx))),
  }),
  page({
    path: `${RETENTION}.csv`,
    access: staff(READ),
    handle: async (ctx) => {
      const t = texts(ctx)
      return csvReply(
        `${t.tabs.retention}.csv`,
        [t.retention.table, t.retention.purpose, t.retention.rule, t.retention.how, t.retention.rows],
        (await rules(ctx)).map(({ rule, rows }) => [
          rule.table,
          rule.purpose[ctx.locale],
          rule.rule[ctx.locale],
          rule.run ? t.retention.automatic : t.retention.withOthers,
          rows,
        ]),
      )
    },
  }),
]

async function rules(ctx: Ctx): Promise<RuleRow[]> {
  const estimates = await rowEstimates(ctx)
  return ctx.app.modules.flatMap(({ retention = [] }) =>
    retention.map((rule) => ({ rule, rows: estimates.get(rule.table) ?? null })),
  )
}
