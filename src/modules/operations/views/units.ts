import type { Locale } from '#platform/i18n/locale.ts'
import { formatNumber } from '#platform/i18n/format.ts'

interface At {
  readonly locale: Locale
}

/** "12,3 MB" */
export function bytes(at: At, value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(1024)))
  const scaled = value / 1024 ** power
  return `${formatNumber(at, scaled < 100 ? Math.round(scaled * 10) / 10 : Math.round(scaled))} ${units[power]}`
}

/** "250 ms", "2,5 s" */
export function milliseconds(at: At, value: number): string {
  if (value >= 1000) return `${formatNumber(at, Math.round(value / 100) / 10)} s`
  return `${formatNumber(at, value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ms`
}

export const percent = (at: At, share: number): string => `${formatNumber(at, Math.round(share * 1000) / 10)} %`

/** "2 Tage, 3 Stunden und 5 Minuten" */
export const duration = (at: At, value: Temporal.Duration): string =>
  value.blank
    ? '–'
    : value.toLocaleString(at.locale === 'en' ? 'en-GB' : 'de-DE', { style: 'long' } as Intl.DateTimeFormatOptions)
