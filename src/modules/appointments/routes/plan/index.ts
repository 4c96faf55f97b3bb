import type { Route } from '#platform/http/route.ts'
import { changeRoutes } from './changes.ts'
import { closureRoutes } from './closures.ts'
import { missedRoutes } from './missed.ts'
import { ruleRoutes } from './rules.ts'
import { teamRoutes } from './teams.ts'

/** What staff plan: `/workbench/termine`. */
export const planRoutes: readonly Route[] = [
  ...teamRoutes,
  ...ruleRoutes,
  ...closureRoutes,
  ...changeRoutes,
  ...missedRoutes,
]
