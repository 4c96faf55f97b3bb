import { formatDate, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { texts } from '../texts/index.ts'
import { showIban } from './bank-account.ts'
import { parseDay } from '#platform/time/day.ts'
import type { AddressAnswer, Answers, FileFacts } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field, Group } from './form-definition.ts'
import { showAddress } from './postal-address.ts'
import { showTelephone } from './telephone.ts'

export interface SummarySection {
  /** Name of the step. */
  readonly step: string
  readonly title: string
  readonly entries: readonly SummaryEntry[]
}

export interface SummaryEntry {
  /** JSON pointer without the slash in front: `dogs/0/chip`. */
  readonly path: string
  readonly label: string
  readonly value: string
  /** Told from other answers: there is nothing to change. */
  readonly isComputed: boolean
  /** Ids, where the answer is files. */
  readonly files?: readonly string[]
}

/** Kept answers in words, by the pages of the form; what was not answered is left out. */
export function summaryOf(
  def: ServiceDefinition,
  answers: Answers,
  locale: Locale,
  files?: ReadonlyMap<string, FileFacts>,
): readonly SummarySection[] {
  const words = new Words(def, locale, files)
  return def.form.steps
    .map((step) => ({
      step: step.name,
      title: def.texts[locale].steps[step.name]?.title ?? step.name,
      entries: step.items.flatMap((item) => words.item(item, answers[item.name])),
    }))
    .filter((section) => section.entries.length > 0)
}

class Words {
  readonly #def: ServiceDefinition
  readonly #locale: Locale
  readonly #files: ReadonlyMap<string, FileFacts> | undefined
  constructor(def: ServiceDefinition, locale: Locale, files: ReadonlyMap<string, FileFacts> | undefined) {
    this.#def = def
    this.#locale = locale
    this.#files = files
  }

  item(item: Field | Group, value: unknown): SummaryEntry[] {
    if (item.type !== 'group') return this.#entry(item, item.name, item.name, value, '')
    if (!item.repeat) return this.#fields(item, value, item.name, '')
    if (!Array.isArray(value)) return []
    const label = this.#label(item.name)
    const t = texts({ locale: this.#locale }).values
    return value.flatMap((entry, at) => this.#fields(item, entry, `${item.name}/${at}`, `${t.entry(label, at + 1)}: `))
  }

  #fields(group: Group, value: unknown, prefix: string, before: string): SummaryEntry[] {
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    return group.fields.flatMap((field) =>
      this.#entry(field, `${group.name}.${field.name}`, `${prefix}/${field.name}`, given[field.name], before),
    )
  }

  #entry(field: Field, path: string, pointer: string, value: unknown, before: string): SummaryEntry[] {
    if (value === undefined || value === null || (field.type === 'computed' && !field.shown)) return []
    const entry = {
      path: pointer,
      label: before + this.#label(path),
      value: this.#value(field, path, value),
      isComputed: field.type === 'computed',
    }
    return [field.type === 'file' ? { ...entry, files: value as string[] } : entry]
  }

  #label(path: string): string {
    return this.#def.texts[this.#locale].fields[path]?.label ?? path
  }

  #value(field: Field, path: string, value: unknown): string {
    const at = { locale: this.#locale }
    const t = texts(at).values
    switch (field.type === 'computed' ? field.format : field.type) {
      case 'money':
        return formatMoney(at, Number(value))
      case 'number': {
        const unit = this.#def.texts[this.#locale].fields[path]?.unit
        return formatNumber(at, Number(value)) + (unit ? ` ${unit}` : '')
      }
      case 'date': {
        const day = parseDay(String(value))
        return day ? formatDate(at, day) : String(value)
      }
      case 'choice': {
        const options = this.#def.texts[this.#locale].fields[path]?.options ?? {}
        return (Array.isArray(value) ? value : [value])
          .map((chosen) => options[String(chosen)] ?? String(chosen))
          .join(', ')
      }
      case 'address':
        return showAddress(value as AddressAnswer)
      case 'iban':
        return showIban(String(value))
      case 'telephone':
        return showTelephone(String(value))
      case 'consent':
        return value === true ? t.yes : t.no
      case 'file': {
        const ids = value as string[]
        const names = ids.map((id) => this.#files?.get(id)?.name)
        return names.every((name) => name !== undefined) ? names.join(', ') : t.files(ids.length)
      }
      default:
        return String(value)
    }
  }
}
