import { holidayOn } from '#platform/time/holidays.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { isShutBy, openingsByDay, type Hours } from './plan.ts'
import type { Closure } from './rule.ts'
import type { Team } from './work.ts'

/** A day on which an office sees nobody. */
export interface ClosedDay {
  readonly office: string
  readonly day: Temporal.PlainDate
  /** What the city wrote, or the name of the holiday; null: the opening hours have nothing on that day. */
  readonly reason: string | null
}

type ReasonedClosure = Closure & { readonly reason: string }

/** Of one office, by the rules that hold now; an office without any rule is closed on holidays and closing days alone. */
export function closedDays(
  office: string,
  teams: readonly Pick<Team, 'id' | 'office'>[],
  hours: Pick<Hours, 'rules'> & { readonly closures: readonly ReasonedClosure[] },
  days: readonly Temporal.PlainDate[],
  locale: Locale,
): ClosedDay[] {
  const own = teams.filter((team) => team.office === office)
  const openings = own.map((team) => openingsByDay(hours, team))
  const hasRules = hours.rules.some(({ team }) => own.some(({ id }) => id === team))
  const closures = hours.closures.filter((closure) => closure.office === null || closure.office === office)
  return days.flatMap((day): ClosedDay[] => {
    const closure = closures.find((one) => isShutBy(one, day))
    if (closure) return [{ office, day, reason: closure.reason }]
    if (openings.some((on) => on(day).length > 0)) return []
    const holiday = holidayOn(day, locale)
    return hasRules || holiday !== null ? [{ office, day, reason: holiday }] : []
  })
}
