import { LRUCache } from 'lru-cache'
import { CITY_TIME_ZONE } from '../time/clock.ts'
import type { Locale } from './locale.ts'

const tag = (locale: Locale) => (locale === 'en' ? 'en-GB' : 'de-DE')
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function dateFormat(locale: Locale, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale}:${key}`
  let format = cache.get(id) as Intl.DateTimeFormat | undefined
  if (!format) cache.set(id, (format = new Intl.DateTimeFormat(tag(locale), { timeZone: CITY_TIME_ZONE, ...options })))
  return format
}

function numberFormat(locale: Locale, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = `${locale}:${key}`
  let format = cache.get(id) as Intl.NumberFormat | undefined
  if (!format) cache.set(id, (format = new Intl.NumberFormat(tag(locale), options)))
  return format
}

/** "21. November 2026" */
export function formatDate(at: { locale: Locale }, date: Temporal.PlainDate | Temporal.Instant): string {
  const instant = date instanceof Temporal.Instant ? date : noon(date)
  return dateFormat(at.locale, 'date', { dateStyle: 'long' }).format(instant.epochMilliseconds)
}

/** "Samstag, 21. November 2026": where people plan their week. */
export function formatDay(at: { locale: Locale }, date: Temporal.PlainDate | Temporal.Instant): string {
  const instant = date instanceof Temporal.Instant ? date : noon(date)
  return dateFormat(at.locale, 'day', { dateStyle: 'full' }).format(instant.epochMilliseconds)
}

/** "Sa., 21. Nov.", for rows of days. */
export function formatShortDay(at: { locale: Locale }, date: Temporal.PlainDate): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const
  return dateFormat(at.locale, 'short-day', options).format(noon(date).epochMilliseconds)
}

/** "Montag" for 1 (ISO 8601). */
export function formatWeekday(at: { locale: Locale }, day: number): string {
  // 1 January 2024 was a Monday.
  const date = Temporal.PlainDate.from({ year: 2024, month: 1, day })
  return dateFormat(at.locale, 'weekday', { weekday: 'long' }).format(noon(date).epochMilliseconds)
}

/** "21.11.2026", for tables. */
export function formatShortDate({ locale }: { locale: Locale }, date: Temporal.PlainDate | Temporal.Instant): string {
  const ms = (date instanceof Temporal.Instant ? date : noon(date)).epochMilliseconds
  // Offsets of the city are whole hours: within one of UTC it is the same day.
  const key = Math.floor(ms / 3_600_000) * 2 + (locale === 'en' ? 1 : 0)
  let text = shortDates.get(key)
  if (text === undefined) {
    const options = { day: '2-digit', month: '2-digit', year: 'numeric' } as const
    shortDates.set(key, (text = dateFormat(locale, 'short', options).format(ms)))
  }
  return text
}

/** Of the lists that people look at, again and again: formatting 150 dates was half of a table of 50 rows. */
const shortDates = new LRUCache<number, string>({ max: 5_000 })

/** "14:30 Uhr" in German, "14:30" in English; Europe/Berlin. */
export function formatTime(at: { locale: Locale }, instant: Temporal.Instant): string {
  const text = dateFormat(at.locale, 'time', { hour: '2-digit', minute: '2-digit' }).format(instant.epochMilliseconds)
  return at.locale === 'de' ? `${text} Uhr` : text
}

/** "14:30", where it is plain that it is a time. */
export const formatClock = (at: { locale: Locale }, instant: Temporal.Instant): string =>
  formatTime(at, instant).replace(/ Uhr$/, '')

/** "14:30 bis 15:00 Uhr" */
export const formatTimes = (at: { locale: Locale }, from: Temporal.Instant, to: Temporal.Instant): string =>
  `${formatClock(at, from)} ${at.locale === 'de' ? 'bis' : 'to'} ${formatTime(at, to)}`

/** "21. November 2026, 14:30 Uhr" */
export function formatDateTime(at: { locale: Locale }, instant: Temporal.Instant): string {
  return `${formatDate(at, instant)}, ${formatTime(at, instant)}`
}

/** "1.234,56 €" from cents. */
export function formatMoney(at: { locale: Locale }, cents: number): string {
  return numberFormat(at.locale, 'eur', { style: 'currency', currency: 'EUR' }).format(cents / 100)
}

/** "1.234,5" */
export function formatNumber(at: { locale: Locale }, value: number): string {
  return numberFormat(at.locale, 'number', { maximumFractionDigits: 3 }).format(value)
}

/** An hour of that day in the city, summer or winter; lists have hundreds of dates, and the clock's rules cost most of them. */
function noon({ year, month, day }: Temporal.PlainDate): Temporal.Instant {
  // Years below 100 would be taken for those of the last century, so the year comes afterwards (2000 has all days).
  const at = new Date(Date.UTC(2000, month - 1, day, 11))
  return Temporal.Instant.fromEpochMilliseconds(at.setUTCFullYear(year))
}
