import type { Route } from '#platform/http/route.ts'
import { abilityApiRoutes } from './abilities-api.ts'
import { blockRoutes } from './blocks.ts'
import { staffBookingRoutes } from './bookings.ts'
import { bookForRoutes } from './book-for.ts'
import { callerRoutes } from './callers.ts'
import { calendarRoutes } from './calendar.ts'
import { changeRoutes } from './changes.ts'
import { closureRoutes } from './closures.ts'
import { closureApiRoutes } from './closures-api.ts'
import { csvRoutes } from './csv.ts'
import { dutyApiRoutes } from './duties-api.ts'
import { missedRoutes } from './missed.ts'
import { peopleRoutes } from './people.ts'
import { qualificationRoutes } from './qualifications.ts'
import { ruleApiRoutes } from './rules-api.ts'
import { ruleRoutes } from './rules.ts'
import { takeBackRoutes } from './take-back.ts'
import { teamRoutes } from './teams.ts'

/** What staff plan and do: `/workbench/termine`. */
export const planRoutes: readonly Route[] = [
  ...teamRoutes,
  ...ruleRoutes,
  ...closureRoutes,
  ...changeRoutes,
  ...missedRoutes,
  ...calendarRoutes,
  ...blockRoutes,
  ...callerRoutes,
  ...staffBookingRoutes,
  ...bookForRoutes,
  ...peopleRoutes,
  ...qualificationRoutes,
  ...csvRoutes,
  ...ruleApiRoutes,
  ...takeBackRoutes,
  ...closureApiRoutes,
  ...dutyApiRoutes,
  ...abilityApiRoutes,
]
