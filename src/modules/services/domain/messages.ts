import { formatDate, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { texts } from '../texts/index.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field } from './form-definition.ts'
import type { Issue } from './issue.ts'

/** The sentence for an issue in the person's language; a service's own words go before the general ones. */
export function messageOf(def: ServiceDefinition, issue: Issue, locale: Locale): string {
  const t = texts({ locale }).issues
  const own = def.texts[locale].fields[issue.path]
  const label = own?.label ?? issue.pointer
  const field = issue.field?.type === 'group' ? null : issue.field
  const limit = limitText(issue, field, locale)
  switch (issue.code) {
    case 'required':
      return own?.required ?? required(field, label, t)
    case 'consent':
      return own?.required ?? t.consent(label)
    case 'unknown':
      return t.unknown
    case 'not-an-object':
      return t.notAnObject
    case 'wrong-type':
      return t.wrongType(label)
    case 'unreadable':
      return t.unreadable(label)
    case 'line-break':
      return t.lineBreak(label)
    case 'too-short':
      return own?.invalid ?? t.tooShort(label, limit)
    case 'too-long':
      return t.tooLong(label, limit)
    case 'pattern':
      return own?.invalid ?? t.pattern(label)
    case 'number':
      if (field?.type === 'money') return t.money(label)
      return field?.type === 'number' && field.decimals > 0 ? t.number(label) : t.wholeNumber(label)
    case 'decimals':
      return t.decimals(label, limit)
    case 'too-small':
      return t.tooSmall(label, limit)
    case 'too-large':
      return t.tooLarge(label, limit)
    case 'day':
      return t.day(label, exampleYear(field))
    case 'too-early':
      return t.tooEarly(label, limit)
    case 'too-late':
      return t.tooLate(label, limit)
    case 'option':
      return t.option(label)
    case 'twice':
      return t.twice(label)
    case 'plate':
    case 'iban':
    case 'mail':
    case 'telephone':
    case 'street':
    case 'postcode':
    case 'place':
      return t[issue.code]
    case 'house-number':
      return t.houseNumber
    case 'address-unknown':
      return t.addressUnknown
    case 'file-unknown':
      return t.fileUnknown
    case 'file-kind':
      return t.fileKind(field?.type === 'file' ? kindNames(field.kinds) : '')
    case 'file-too-large':
      return t.fileTooLarge(limit)
    case 'too-many-files':
      return t.tooManyFiles(limit)
    case 'too-few-files':
      return t.tooFewFiles(limit)
    case 'too-few-entries':
      return t.tooFewEntries(label, limit)
    case 'too-many-entries':
      return t.tooManyEntries(label, limit)
    case 'check': {
      const name = String(issue.limit)
      const words = issue.field ? own?.checks?.[name] : def.texts[locale].steps[issue.step?.name ?? '']?.checks?.[name]
      return words ?? t.check(label)
    }
  }
}

function required(field: Field | null, label: string, t: ReturnType<typeof texts>['issues']): string {
  if (field?.type === 'choice') return t.choose(label)
  if (field?.type === 'file') return t.chooseFile(label)
  return t.required(label)
}

/** The year of the day that is shown as an example: nobody was born tomorrow. */
function exampleYear(field: Field | null): number {
  if (field?.type !== 'date') return 2027
  if (field.autocomplete === 'bday') return 1985
  return field.latest === 'today' ? 2024 : 2027
}

function limitText(issue: Issue, field: Field | null, locale: Locale): string {
  if (issue.limit === undefined) return ''
  if (issue.code === 'too-early' || issue.code === 'too-late') {
    return formatDate({ locale }, Temporal.PlainDate.from(String(issue.limit)))
  }
  if (typeof issue.limit === 'string') return issue.limit
  if (issue.code === 'file-too-large') return megabytes(issue.limit, locale)
  return field?.type === 'money' ? formatMoney({ locale }, issue.limit) : formatNumber({ locale }, issue.limit)
}

/** '5 MB' from bytes; 1 MB = 1,000,000 bytes, as the hint of the field says it. */
export function megabytes(bytes: number, locale: Locale): string {
  return texts({ locale }).values.megabytes(formatNumber({ locale }, Math.floor(bytes / 100_000) / 10))
}

const KIND_NAMES: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/heic': 'HEIC',
  'image/tiff': 'TIFF',
  'text/plain': 'TXT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/vnd.oasis.opendocument.text': 'ODT',
  'application/vnd.oasis.opendocument.spreadsheet': 'ODS',
}

/** 'PDF, JPEG, PNG' */
export const kindNames = (kinds: readonly string[]): string => kinds.map((kind) => KIND_NAMES[kind] ?? kind).join(', ')
