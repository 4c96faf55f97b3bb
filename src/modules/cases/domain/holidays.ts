import Holidays from 'date-holidays'

/** Whether a day is a public holiday of the place. */
export type IsHoliday = (day: Temporal.PlainDate) => boolean

const years = new Map<number, ReadonlySet<string>>()

/**
 * Public holidays of Baden-Württemberg (Feiertagsgesetz BW § 1). Easter Sunday and Whit Sunday are no public holidays
 * by that law and Sundays anyway.
 */
export const holidaysOfBadenWuerttemberg: IsHoliday = (day) => {
  let days = years.get(day.year)
  if (days === undefined) {
    const found = new Holidays('DE', 'BW').getHolidays(day.year).filter((holiday) => holiday.type === 'public')
    days = new Set(found.map((holiday) => holiday.date.slice(0, 10)))
    years.set(day.year, days)
  }
  return days.has(day.toString())
}
