import type { JsonValue } from '#modules/services/public.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { parseDay } from '#platform/time/day.ts'
import { fieldsInWords } from '../domain/field-words.ts'
import type { Progress } from './progress.ts'

/**
 * Values for `{name}` in notices and letters: the case's, what was filled in for the transition, inputs of the action,
 * and what earlier actions gave back. Days and money are written as people read them.
 */
export function placeholders(progress: Progress, inputs: Readonly<Record<string, unknown>>): Record<string, string> {
  const { kase, definition } = progress
  const { locale } = kase.applicant
  const values: Record<string, string> = {}
  const add = (from: object) => {
    for (const [name, value] of Object.entries(from)) {
      const text = readable(value, locale)
      if (text !== null) values[name] = text
    }
  }
  for (const result of Object.values(progress.results)) if (isObject(result)) add(result)
  if (progress.transition)
    for (const { name, value } of fieldsInWords(definition, progress.transition.name, progress.input, locale))
      values[name] = value
  else add(progress.input)
  // What an action passes on as it was filled in (`conditions: input.conditions`) is in words already.
  add(Object.fromEntries(Object.entries(inputs).filter(([name, value]) => value !== progress.input[name])))
  add({ caseNumber: kase.number, service: definition.texts[locale].service.title, name: kase.applicant.name })
  if (progress.payment) {
    values['fee'] = formatMoney({ locale }, progress.payment.cents)
    values['dueOn'] = formatDate({ locale }, progress.payment.dueOn)
  }
  if (kase.dueOn) values['deadline'] = formatDate({ locale }, kase.dueOn)
  return values
}

const isObject = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readable(value: unknown, locale: Locale): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  const day = parseDay(value)
  return day ? formatDate({ locale }, day) : value
}

/** Fills `{name}`; a name without a value becomes nothing, so that nobody is sent braces. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_, name: string) => values[name] ?? '').trim()
}
