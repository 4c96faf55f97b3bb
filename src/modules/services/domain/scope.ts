import { parseDate } from 'feelin'
import type { Answers } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field } from './form-definition.ts'
import { DATE_SHAPE, type Shape } from './feel-shapes.ts'

/**
 * Answers that were kept, as FEEL sees them: dates are dates, and whatever the form knows and was not answered is null.
 */
export function feelAnswers(def: ServiceDefinition, answers: Answers): Readonly<Record<string, unknown>> {
  const scope: Record<string, unknown> = {}
  for (const item of def.form.steps.flatMap((step) => step.items)) {
    const value: unknown = answers[item.name]
    if (item.type !== 'group') scope[item.name] = feelValue(item, value)
    else if (item.repeat)
      scope[item.name] = Array.isArray(value) ? value.map((entry) => entryScope(item.fields, entry)) : []
    else scope[item.name] = entryScope(item.fields, value)
  }
  return scope
}

function entryScope(fields: readonly Field[], entry: unknown): Record<string, unknown> {
  const given = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {}
  return Object.fromEntries(fields.map((field) => [field.name, feelValue(field, given[field.name])]))
}

function feelValue(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return null
  const isDay = field.type === 'date' || (field.type === 'computed' && field.format === 'date')
  if (!isDay) return value
  return typeof value === 'string' ? parseDate(value) : null
}

/** What `answers` holds, for checking the names in expressions. */
export function answersShape(steps: ServiceDefinition['form']['steps']): Shape {
  return Object.fromEntries(
    steps
      .flatMap((step) => step.items)
      .map((item) => [item.name, item.type === 'group' ? entryShape(item.fields) : fieldShape(item)]),
  )
}

export const entryShape = (fields: readonly Field[]): Shape =>
  Object.fromEntries(fields.map((field) => [field.name, fieldShape(field)]))

export function fieldShape(field: Field): Shape {
  switch (field.type) {
    case 'address':
      return { street: 'text', houseNumber: 'text', postcode: 'text', place: 'text' }
    case 'date':
      return DATE_SHAPE
    case 'number':
    case 'money':
      return 'number'
    case 'choice':
      return field.options
    case 'consent':
      return 'boolean'
    case 'computed':
      if (field.format === 'date') return DATE_SHAPE
      return field.format === 'text' ? 'text' : 'number'
    case 'file':
      return 'value'
    default:
      return 'text'
  }
}
