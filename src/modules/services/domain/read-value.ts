import { parseDate } from 'feelin'
import { normaliseIban } from './bank-account.ts'
import type { CompiledField } from './compiled.ts'
import { parseDay } from '#platform/time/day.ts'
import type { FileFacts } from './answers.ts'
import type { IssueCode } from './issue.ts'
import { normaliseMail } from './mail-address.ts'
import { cleanText, lengthOf } from './plain-text.ts'
import { normalisePlate } from './plate.ts'
import { readAddress } from './postal-address.ts'
import { bad, good, type Read } from './read.ts'
import { normaliseTelephone } from './telephone.ts'

/** Longest text of the types that have no limit of their own. */
export const MOST_CHARACTERS = 300

/** Checks and normalises one value that is there. Limits that are FEEL (dates) and checks come later. */
export function readValue(
  compiled: CompiledField,
  value: unknown,
  files: ReadonlyMap<string, FileFacts> | undefined,
): Read {
  const { field } = compiled
  switch (field.type) {
    case 'text':
      return readText(compiled, value, field.lines, field.min, field.max)
    case 'number':
      return readNumber(value, field.min, field.max, field.decimals)
    case 'money':
      return readNumber(value, field.min, field.max, 0)
    case 'date':
      return readDate(value)
    case 'choice':
      return field.multiple ? readChoices(compiled, value) : readChoice(compiled, value)
    case 'address':
      return readAddress(value)
    case 'plate':
      return readCode(value, normalisePlate, 'plate')
    case 'iban':
      return readCode(value, normaliseIban, 'iban')
    case 'mail':
      return readCode(value, normaliseMail, 'mail')
    case 'telephone':
      return readCode(value, normaliseTelephone, 'telephone')
    case 'file':
      return readFiles(value, field, files)
    case 'consent':
      return typeof value === 'boolean' ? good(value) : bad('wrong-type')
    case 'computed':
      return bad('unknown')
  }
}

function readText(compiled: CompiledField, value: unknown, lines: number, min: number, max: number): Read {
  if (typeof value !== 'string') return bad('wrong-type')
  const clean = cleanText(value, lines)
  if (!clean.ok) return bad(clean.problem)
  const length = lengthOf(clean.value)
  if (length > max) return bad('too-long', max)
  if (length < min) return bad('too-short', min)
  if (compiled.pattern && !compiled.pattern.test(clean.value)) return bad('pattern')
  return good(clean.value)
}

function readNumber(value: unknown, min: number, max: number, decimals: number): Read {
  if (typeof value !== 'number' || !Number.isFinite(value)) return bad('number')
  if (Number(value.toFixed(decimals)) !== value) return bad(decimals === 0 ? 'number' : 'decimals', decimals)
  if (value < min) return bad('too-small', min)
  if (value > max) return bad('too-large', max)
  return good(value === 0 ? 0 : value)
}

function readDate(value: unknown): Read {
  const day = typeof value === 'string' ? parseDay(value) : null
  return day ? good(day.toString(), parseDate(day.toString())) : bad('day')
}

function readChoice({ options }: CompiledField, value: unknown): Read {
  return typeof value === 'string' && options?.has(value) ? good(value) : bad('option')
}

function readChoices({ field, options }: CompiledField, value: unknown): Read {
  if (!Array.isArray(value) || value.length > (options?.size ?? 0)) return bad('option')
  const chosen = new Set<unknown>(value)
  if (chosen.size !== value.length) return bad('twice')
  if (value.some((entry) => typeof entry !== 'string' || !options?.has(entry))) return bad('option')
  const inOrder = field.type === 'choice' ? field.options.filter((option) => chosen.has(option)) : []
  return good(inOrder)
}

function readCode(value: unknown, normalise: (typed: string) => string | null, code: IssueCode): Read {
  if (typeof value !== 'string' || value.length > MOST_CHARACTERS || !value.isWellFormed()) return bad(code)
  const kept = normalise(value)
  return kept === null ? bad(code) : good(kept)
}

const FILE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function readFiles(
  value: unknown,
  field: { kinds: readonly string[]; maxBytes: number; min: number; max: number },
  files: ReadonlyMap<string, FileFacts> | undefined,
): Read {
  if (!Array.isArray(value)) return bad('wrong-type')
  if (value.length > field.max) return bad('too-many-files', field.max)
  if (new Set<unknown>(value).size !== value.length) return bad('twice')
  for (const id of value as unknown[]) {
    if (typeof id !== 'string' || !FILE_ID.test(id)) return bad('file-unknown')
    if (!files) continue
    const facts = files.get(id)
    if (!facts) return bad('file-unknown')
    if (!field.kinds.includes(facts.kind)) return bad('file-kind')
    if (facts.bytes > field.maxBytes) return bad('file-too-large', field.maxBytes)
  }
  if (value.length < field.min) return bad('too-few-files', field.min)
  return good(value as string[])
}
