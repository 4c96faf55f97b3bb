import { getHolidays } from 'feiertagejs'
import type { Locale } from '../i18n/locale.ts'

const years = new Map<string, ReadonlyMap<string, string>>()

/**
 * Name of the public holiday in Baden-Württemberg (Feiertagsgesetz BW § 1) on that day; null where it is none.
 * Easter Sunday and Whit Sunday are none by that law, and Sundays anyway.
 */
export function holidayOn(day: Temporal.PlainDate, locale: Locale = 'de'): string | null {
  const key = `${day.year}:${locale}`
  let days = years.get(key)
  if (days === undefined) {
    days = new Map(getHolidays(day.year, 'BW').map((holiday) => [holiday.dateString, holiday.translate(locale) ?? '']))
    years.set(key, days)
  }
  return days.get(day.toString()) ?? null
}
