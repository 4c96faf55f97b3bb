import type { ServiceDefinition, TransitionField } from '#modules/services/public.ts'
import { formatDate, formatMoney, formatShortDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { readDay } from '#platform/time/day.ts'
import type { FieldValues } from './workflow.ts'

/** A field of a transition and what was filled in, as people read it. */
export interface FieldInWords {
  readonly name: string
  readonly label: string
  readonly value: string
}

/** What was filled in for a transition: money as "12,50 €", days as "24. Dezember 2026", choices in their own words. */
export function fieldsInWords(
  { workflow, texts }: Pick<ServiceDefinition, 'workflow' | 'texts'>,
  transition: string,
  input: FieldValues,
  locale: Locale,
): FieldInWords[] {
  const words = texts[locale].transitions[transition]
  const fields = workflow.transitions.find(({ name }) => name === transition)?.fields ?? []
  return Object.entries(input).flatMap(([name, value]) => {
    if (value === null) return []
    const type = fields.find((field) => field.name === name)?.type
    const label = words?.fields?.[name] ?? name
    return [{ name, label, value: inWords(type, value, locale, words?.options?.[name] ?? {}) }]
  })
}

function inWords(
  type: string | undefined,
  value: string | number,
  locale: Locale,
  options: Readonly<Record<string, string>>,
): string {
  if (type === 'money' && typeof value === 'number') return formatMoney({ locale }, value)
  const day = type === 'date' ? readDay(String(value)).date : null
  if (day) return formatDate({ locale }, day)
  return options[value] ?? String(value)
}

/** What was read from a step's fields, as it would be typed into them: what `readFields` would read again. */
export const typedAgain =
  (fields: readonly TransitionField[], input: FieldValues) =>
  (name: string): string => {
    const value = input[name] ?? null
    const type = fields.find((field) => field.name === name)?.type
    if (value === null) return ''
    if (type === 'money' && typeof value === 'number') return (value / 100).toFixed(2).replace('.', ',')
    const day = type === 'date' ? readDay(String(value)).date : null
    return day ? formatShortDate({ locale: 'de' }, day) : String(value)
  }

/** Only what was filled in, for one line of the timeline. */
export const filledIn =
  (definition: Pick<ServiceDefinition, 'workflow' | 'texts'>, locale: Locale) =>
  (transition: string, input: FieldValues): string[] =>
    fieldsInWords(definition, transition, input, locale).map(({ value }) => value)
