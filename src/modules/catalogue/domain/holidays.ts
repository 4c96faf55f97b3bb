import type { Locale } from '#platform/i18n/locale.ts'
import { holidayOn } from '#platform/time/holidays.ts'

/** Public holidays within the next days, the first one first. */
export function holidaysAhead(
  from: Temporal.PlainDate,
  days: number,
  locale: Locale,
): { on: Temporal.PlainDate; name: string }[] {
  return Array.from({ length: days }, (_, ahead) => from.add({ days: ahead })).flatMap((on) => {
    const name = holidayOn(on, locale)
    return name === null ? [] : [{ on, name }]
  })
}
