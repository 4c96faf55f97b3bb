import { Validator, type ValidationError } from 'jsonschema'
import type { TSchema } from '#platform/schema.ts'
import type { Path, YamlSource } from './source.ts'

// Walks a schema instead of compiling it, as the server's validator does: each shape is used a few times at a start.
const validator = new Validator()

/** Whether the value under `path` has the shape; notes every difference with its line. */
export function hasShape(source: YamlSource, path: Path, value: unknown, shape: TSchema): boolean {
  const { errors } = validator.validate(value, shape)
  const seen = new Set<string>()
  for (const error of errors) {
    const reason = sentence(error)
    const at = [
      ...path,
      ...error.path.map(String),
      ...(error.name === 'additionalProperties' ? [error.argument as string] : []),
    ]
    if (seen.has(at.join('/') + reason)) continue
    seen.add(at.join('/') + reason)
    source.refuse(at, reason)
  }
  return errors.length === 0
}

function sentence({ name, argument, path, message }: ValidationError): string {
  if (name === 'additionalProperties') return `"${String(argument)}" is no key that is known here`
  if (name === 'required') return `"${String(argument)}" is missing`
  const last = path.at(-1)
  const about = last === undefined ? '' : `"${last}" `
  if (name === 'enum') return `${about}must be one of ${(argument as string[]).join(', ')}`
  if (name === 'pattern') return `${about}must look like ${String(argument)}`
  if (name === 'type' && (argument as string[]).includes('array'))
    return `${about}must be a list: lines that begin with "- "`
  if (name === 'anyOf') return `${about}has none of the allowed types`
  return `${about}${message}`
}
