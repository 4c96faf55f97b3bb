import type { Ctx } from '#platform/context.ts'
import { may } from '#platform/auth/principal.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { READ } from '../../store/visible.ts'
import { bulkRoutes } from './bulk.ts'
import { csvRoute } from './csv.ts'
import { savedViewRoutes } from './saved-views.ts'
import { showInbox } from './show.ts'

export const inboxRoutes: readonly Route[] = [
  page({
    path: '/workbench',
    access: staff(null),
    handle: async (ctx, req) => (may(ctx, READ) ? htmlPage(await showInbox(ctx, req.query)) : somewhereElse(ctx)),
  }),
  csvRoute,
  ...bulkRoutes,
  ...savedViewRoutes,
]

/** Staff who read no cases (an enforcement officer) go to the first page of the workbench that is theirs. */
function somewhereElse(ctx: Ctx): Reply {
  const entries = ctx.app.modules
    .flatMap(({ navigation = [] }) => navigation)
    .filter(
      ({ area, path, permission }) =>
        area === 'workbench' && path !== '/workbench' && (!permission || may(ctx, permission)),
    )
    .toSorted((a, b) => a.order - b.order)
  return entries[0] ? redirect(entries[0].path) : problem(fail('forbidden'))
}
