import type { TypedDay } from '../../../time/day.ts'
import type { Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import { dayError, dayField } from './day.ts'
import type { At } from './field.ts'

/** First and last day of a filter as they were typed, from `queryPeriod`. */
export interface Period {
  readonly from: TypedDay
  readonly until: TypedDay
}

/** What is wrong with the days, by field. */
export function periodErrors(at: At, { from, until }: Period): Record<string, string> {
  const [von, bis] = [dayError(at, from), dayError(at, until)]
  return { ...(von ? { von } : {}), ...(bis ? { bis } : {}) }
}

/** Two fields `von` and `bis` for a list of days gone by; either may be left empty. */
export function periodFields(at: At, period: Period): readonly Html[] {
  const t = texts(at)
  const errors = periodErrors(at, period)
  const day = (name: 'von' | 'bis', label: string, value: string) =>
    dayField(at, { name, label, value, optional: true, error: errors[name] })
  return [day('von', t.from, period.from.typed), day('bis', t.until, period.until.typed)]
}
