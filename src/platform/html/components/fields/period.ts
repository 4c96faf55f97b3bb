import type { Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import type { At } from './field.ts'
import { textField } from './text.ts'

/** First and last day of a filter as they were typed, from `queryPeriod`. */
export interface Period {
  readonly from: { readonly typed: string; readonly wrong: boolean }
  readonly until: { readonly typed: string; readonly wrong: boolean }
}

/** What is wrong with the days, by field. */
export function periodErrors(at: At, { from, until }: Period): Record<string, string> {
  const { notADate } = texts(at)
  return { ...(from.wrong ? { von: notADate } : {}), ...(until.wrong ? { bis: notADate } : {}) }
}

/** Two fields `von` and `bis` for a list of days gone by; either may be left empty. */
export function periodFields(at: At, period: Period): readonly Html[] {
  const t = texts(at)
  const errors = periodErrors(at, period)
  const day = (name: 'von' | 'bis', label: string, value: string) =>
    textField(at, { name, label, hint: t.dateHint, value, optional: true, width: 10, error: errors[name] })
  return [day('von', t.from, period.from.typed), day('bis', t.until, period.until.typed)]
}
