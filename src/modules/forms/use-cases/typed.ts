import { ADDRESS_PARTS, type Field, type Group, type Step } from '#modules/services/public.ts'
import { dateFromForm } from '#platform/html/components/index.ts'
import type { FormFields } from '#platform/http/route.ts'
import { centsFromTyped } from '#platform/money/cents.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { valueAt } from '../domain/pages.ts'

type Given = Readonly<Record<string, unknown>>

/** How often a list was on the page: `zahl:dogs`. */
export const countName = (group: string): string => `zahl:${group}`

/**
 * What was typed on a page, as answers in JSON: '1.234,50' of a money field is 123450. What cannot be read stays as it
 * was typed, so that validation can say so and the page can show it again. Files stay as they were (`before`).
 */
export function readTyped(step: Step, form: FormFields, before: Given, locale: Locale): Record<string, unknown> {
  const typed: Record<string, unknown> = {}
  for (const item of step.items) {
    const value =
      item.type === 'group' ? readGroup(item, form, before, locale) : readField(item, item.name, form, before, locale)
    if (value !== undefined) typed[item.name] = value
  }
  return typed
}

function readGroup(group: Group, form: FormFields, before: Given, locale: Locale): unknown {
  if (!group.repeat) return readEntry(group, group.name, form, before, locale)
  if (!form.has(countName(group.name))) return valueAt(before, group.name)
  const count = Math.min(Math.max(0, Math.trunc(Number(form.get(countName(group.name)))) || 0), group.repeat.max)
  return Array.from({ length: count }, (_, at) => readEntry(group, `${group.name}/${at}`, form, before, locale) ?? {})
}

function readEntry(group: Group, prefix: string, form: FormFields, before: Given, locale: Locale): unknown {
  const entry: Record<string, unknown> = {}
  for (const field of group.fields) {
    const value = readField(field, `${prefix}/${field.name}`, form, before, locale)
    if (value !== undefined) entry[field.name] = value
  }
  return Object.keys(entry).length > 0 ? entry : undefined
}

function readField(field: Field, name: string, form: FormFields, before: Given, locale: Locale): unknown {
  const text = form.get(name)
  switch (field.type) {
    case 'text':
      return text.trim() === '' ? undefined : text
    case 'number':
      return text.trim() === '' ? undefined : (readNumber(text, locale) ?? text)
    case 'money':
      return text.trim() === '' ? undefined : (centsFromTyped(text) ?? text)
    case 'date': {
      const day = dateFromForm(form, name)
      return day === '' ? undefined : day
    }
    case 'choice':
      if (field.multiple) return form.all(name).length > 0 ? [...form.all(name)] : undefined
      return text === '' ? undefined : text
    case 'address': {
      const parts = ADDRESS_PARTS.map((part) => [part, form.get(`${name}/${part}`).trim()] as const)
      return parts.some(([, part]) => part !== '') ? Object.fromEntries(parts) : undefined
    }
    case 'plate':
    case 'iban':
    case 'mail':
    case 'telephone':
      return text.trim() === '' ? undefined : text.trim()
    case 'consent':
      return form.has(name) ? true : undefined
    case 'file':
      return valueAt(before, name)
    case 'computed':
      return undefined
  }
}

/** '1.234,5' in German, '1,234.5' in English; blanks between digits are no harm. Null where it is no number. */
export function readNumber(text: string, locale: Locale): number | null {
  const [decimal, group] = locale === 'de' ? [',', '.'] : ['.', ',']
  const clean = text.replace(/[\s\u00a0]/g, '')
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`).test(clean)
  const plain = new RegExp(`^-?\\d+([.,]\\d+)?$`).test(clean)
  if (!grouped && !plain) return null
  const number = Number((grouped ? clean.replaceAll(group, '') : clean).replace(',', '.'))
  return Number.isFinite(number) ? number : null
}

/** A kept value as it stands in its field. */
export function typedOf(field: Field, value: unknown, locale: Locale): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'number') return typeof value === 'string' ? value : ''
  if (field.type === 'money') {
    return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'de-DE', {
      minimumFractionDigits: 2,
      useGrouping: false,
    }).format(value / 100)
  }
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'de-DE', {
    maximumFractionDigits: 4,
    useGrouping: false,
  }).format(value)
}
