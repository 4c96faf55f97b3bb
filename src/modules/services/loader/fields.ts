import { isKnownKind } from '#platform/files/kinds.ts'
import { PREFILLS, type Field, type FieldCheck, type Group, type Prefill } from '../domain/form-definition.ts'
import { AUTOCOMPLETE } from './autocomplete.ts'
import { asText } from './expressions.ts'
import { hasShape } from './shape.ts'
import { FIELD_SHAPES, GroupShape } from './shapes.ts'
import type { Path, YamlSource } from './source.ts'

/** Words of FEEL, and names that every JavaScript object has: neither may name an answer. */
const RESERVED = new Set(
  (
    'for return if then else some every satisfies in between and or not function external instance of true false null ' +
    'date time duration item index value constructor prototype toString valueOf hasOwnProperty isPrototypeOf toLocaleString'
  ).split(' '),
)

export const reservedName = (name: string): string | null =>
  RESERVED.has(name) ? `"${name}" means something else in expressions; choose another name` : null

type Raw = Record<string, unknown>

export function buildGroup(source: YamlSource, path: Path, raw: Raw): Group | null {
  if (!hasShape(source, path, raw, GroupShape)) return null
  const repeat = raw['repeat'] as Group['repeat']
  if (repeat && repeat.min > repeat.max)
    source.refuse([...path, 'repeat'], `min ${repeat.min} is above max ${repeat.max}`)
  const names = new Set<string>()
  const fields = (raw['fields'] as Raw[]).map((field, at) => {
    const built = buildField(source, [...path, 'fields', at], field)
    if (built && names.has(built.name))
      source.refuse([...path, 'fields', at], `"${built.name}" is asked twice in this group`)
    if (built) names.add(built.name)
    if (repeat && built?.prefill !== undefined)
      source.refuse(
        [...path, 'fields', at, 'prefill'],
        'fields of a list are not filled in: it is not known how many there are',
      )
    const reserved = built && reservedName(built.name)
    if (reserved) source.refuse([...path, 'fields', at], reserved)
    return built
  })
  return {
    type: 'group',
    name: asText(raw['group']),
    ...optional('visibleIf', raw['visibleIf']),
    ...(repeat ? { repeat } : {}),
    fields: fields.filter((field) => field !== null),
  }
}

/** One field with its defaults filled in. */
export function buildField(source: YamlSource, path: Path, raw: Raw): Field | null {
  const type = asText(raw['type'])
  const shape = Object.hasOwn(FIELD_SHAPES, type) ? FIELD_SHAPES[type] : undefined
  if (!shape) {
    source.refuse(
      [...path, 'type'],
      raw['type'] === undefined
        ? 'a field needs a "type" (or "group" for fields that belong together)'
        : `"${type}" is no type of field; there is: ${Object.keys(FIELD_SHAPES).join(', ')}`,
    )
    return null
  }
  if (!hasShape(source, path, raw, shape)) return null
  if (raw['required'] !== undefined && raw['requiredIf'] !== undefined)
    source.refuse([...path, 'requiredIf'], 'say either "required" or "requiredIf"')
  const field = { ...base(raw), ...own(raw) } as Field
  refuseLimits(source, path, field)
  refusePrefill(source, path, field)
  refuseNamesTwice(source, [...path, 'checks'], field.checks)
  return field
}

function base(raw: Raw) {
  const checks = (raw['checks'] ?? []) as { name: string; that: unknown }[]
  return {
    name: asText(raw['name']),
    type: asText(raw['type']),
    ...optional('visibleIf', raw['visibleIf']),
    ...optional('requiredIf', raw['requiredIf']),
    required:
      raw['type'] === 'computed'
        ? false
        : ((raw['required'] as boolean | undefined) ?? raw['requiredIf'] === undefined),
    checks: checks.map(({ name, that }): FieldCheck => ({ name, that: asText(that) })),
    ...(raw['prefill'] === undefined ? {} : { prefill: raw['prefill'] as Prefill }),
  }
}

/** What only this type has. */
function own(raw: Raw): Raw {
  const number = (key: string, otherwise: number): number => (raw[key] as number | undefined) ?? otherwise
  switch (raw['type']) {
    case 'text': {
      const lines = number('lines', 1)
      return {
        min: number('min', 0),
        max: number('max', lines === 1 ? 200 : 2000),
        lines,
        ...optional('pattern', raw['pattern']),
        ...optional('autocomplete', raw['autocomplete']),
      }
    }
    case 'number':
      return {
        min: number('min', 0),
        max: number('max', 1_000_000),
        decimals: number('decimals', 0),
        hasUnit: raw['unit'] === true,
      }
    case 'money':
      return { min: number('min', 0), max: number('max', 100_000_00) }
    case 'date':
      return {
        ...optional('earliest', raw['earliest']),
        ...optional('latest', raw['latest']),
        ...optional('autocomplete', raw['autocomplete']),
      }
    case 'choice':
      return { options: raw['options'], multiple: raw['multiple'] === true, look: raw['look'] ?? 'buttons' }
    case 'address':
      return { of: raw['of'] ?? 'any' }
    case 'file':
      return {
        kinds: raw['kinds'],
        maxBytes: number('maxMegabytes', 5) * 1_000_000,
        min: number('min', 1),
        max: number('max', Math.max(1, number('min', 1))),
      }
    case 'computed':
      return { value: asText(raw['value']), format: raw['format'], shown: raw['shown'] !== false }
    default:
      return {}
  }
}

function refuseLimits(source: YamlSource, path: Path, field: Field): void {
  if ('min' in field && 'max' in field && field.min > field.max)
    source.refuse(path, `min ${field.min} is above max ${field.max}`)
  if (field.type === 'choice' && new Set(field.options).size !== field.options.length) {
    source.refuse([...path, 'options'], 'an option is there twice')
  }
  if (field.type === 'text' && field.pattern !== undefined) {
    const problem = patternProblem(field.pattern)
    if (problem !== null) source.refuse([...path, 'pattern'], `is no regular expression: ${problem}`)
  }
  if (field.type === 'file') {
    field.kinds.forEach((kind, at) => {
      if (!isKnownKind(kind)) source.refuse([...path, 'kinds', at], `"${kind}" cannot be told from the bytes of a file`)
    })
  }
  const token = 'autocomplete' in field ? field.autocomplete : undefined
  if (token !== undefined && !AUTOCOMPLETE.has(token))
    source.refuse(
      [...path, 'autocomplete'],
      `browsers do not know "${token}"; there is: ${[...AUTOCOMPLETE].join(', ')}`,
    )
}

/** Types of fields that each source fits. */
const FITS: Readonly<Record<Prefill, readonly Field['type'][]>> = {
  'dataSafe.givenName': ['text'],
  'dataSafe.familyName': ['text'],
  'dataSafe.birthDate': ['date'],
  'dataSafe.address': ['address'],
  'dataSafe.telephone': ['telephone', 'text'],
  'dataSafe.email': ['mail', 'text'],
  'dataSafe.vehicle': ['plate', 'text'],
  'login.email': ['mail', 'text'],
  'login.name': ['text'],
}

function refusePrefill(source: YamlSource, path: Path, { prefill, type }: Field): void {
  if (prefill === undefined) return
  const fits = Object.hasOwn(FITS, prefill) ? FITS[prefill] : undefined
  if (!fits) source.refuse([...path, 'prefill'], `"${prefill}" fills nothing in; there is: ${PREFILLS.join(', ')}`)
  else if (!fits.includes(type))
    source.refuse([...path, 'prefill'], `"${prefill}" does not fit a field of type ${type}, but ${fits.join(' or ')}`)
}

/** Each check has its own words, found by its name. */
export function refuseNamesTwice(source: YamlSource, path: Path, checks: readonly FieldCheck[]): void {
  checks.forEach(({ name }, at) => {
    if (checks.findIndex((other) => other.name === name) < at)
      source.refuse([...path, at], `there are two checks "${name}"`)
  })
}

const optional = (key: string, value: unknown): Record<string, string> =>
  value === undefined ? {} : { [key]: asText(value) }

function patternProblem(pattern: string): string | null {
  try {
    return RegExp(`^(?:${pattern})$`, 'u') && null
  } catch (error) {
    return (error as Error).message
  }
}
