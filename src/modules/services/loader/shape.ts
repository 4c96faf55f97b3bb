import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { TSchema } from 'typebox'
import type { Path, YamlSource } from './source.ts'

const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
})
const validators = new Map<TSchema, ValidateFunction>()

/** Whether the value under `path` has the shape; notes every difference with its line. */
export function hasShape(source: YamlSource, path: Path, value: unknown, shape: TSchema): boolean {
  let validate = validators.get(shape)
  if (!validate) validators.set(shape, (validate = ajv.compile(shape)))
  if (validate(value)) return true
  const seen = new Set<string>()
  for (const error of validate.errors ?? []) {
    const reason = sentence(error)
    const at = [...path, ...parts(error)]
    if (seen.has(at.join('/') + reason) || (error.keyword === 'type' && insideAnyOf(error, validate.errors ?? [])))
      continue
    seen.add(at.join('/') + reason)
    source.refuse(at, reason)
  }
  return false
}

function insideAnyOf(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  return all.some((other) => other.keyword === 'anyOf' && other.instancePath === error.instancePath)
}

function parts(error: ErrorObject): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const extra = extraName(error)
  return extra === null ? path : [...path, extra]
}

const extraName = (error: ErrorObject): string | null =>
  error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null

function sentence(error: ErrorObject): string {
  const extra = extraName(error)
  if (extra !== null) return `"${extra}" is no key that is known here`
  if (error.keyword === 'required') return `"${String(error.params['missingProperty'])}" is missing`
  const name = error.instancePath.split('/').at(-1) ?? ''
  const about = name === '' ? '' : `"${name}" `
  if (error.keyword === 'enum')
    return `${about}must be one of ${(error.params['allowedValues'] as string[]).join(', ')}`
  if (error.keyword === 'pattern') return `${about}must look like ${String(error.params['pattern'])}`
  if (error.keyword === 'type' && error.params['type'] === 'array')
    return `${about}must be a list: lines that begin with "- "`
  if (error.keyword === 'anyOf') return `${about}has none of the allowed types`
  return `${about}${error.message ?? 'does not fit'}`
}
