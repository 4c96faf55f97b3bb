import type { TypedDay } from '../../../time/day.ts'
import type { Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import type { At, FieldOptions } from './field.ts'
import { textField } from './text.ts'

/** A day in one field, as somebody types it who has it in mind; `readDay` reads it, and `dayError` says what is wrong. */
export const dayField = (at: At, o: FieldOptions): Html =>
  textField(at, { hint: texts(at).dateHint, width: 10, maxLength: 20, autocomplete: 'off', ...o })

/** What is wrong with a day that was typed, and what to do; undefined where nothing is. `required`: one must be typed. */
export function dayError(
  at: At,
  { date, wrong, typed }: TypedDay,
  o: { readonly required?: boolean } = {},
): string | undefined {
  const t = texts(at)
  if (wrong) return { unreadable: t.notADate, 'no-such-day': t.noSuchDay }[wrong](typed.slice(0, 40))
  return o.required && !date ? t.dayMissing : undefined
}
