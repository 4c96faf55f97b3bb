import type { Locale } from '#platform/i18n/locale.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field, Group, Step } from './form-definition.ts'
import { ADDRESS_PARTS, ADDRESS_RULES } from './postal-address.ts'
import { MOST_CHARACTERS } from './read-value.ts'

type Schema = Record<string, unknown>

/**
 * The answers of a form as JSON Schema (2020-12), with labels and hints in one language. It says what can be said
 * without FEEL: types, limits, options, what is always required. Conditions and checks remain for the server.
 */
export function jsonSchemaOf(def: ServiceDefinition, locale: Locale): Schema {
  return new SchemaWriter(def, locale).write()
}

class SchemaWriter {
  readonly #def: ServiceDefinition
  readonly #locale: Locale
  constructor(def: ServiceDefinition, locale: Locale) {
    this.#def = def
    this.#locale = locale
  }

  write(): Schema {
    const { steps } = this.#def.form
    const items = steps.flatMap((step) => step.items.map((item) => ({ step, item })))
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:rathaus:service:${this.#def.slug}:${this.#def.version}`,
      title: this.#def.texts[this.#locale].service.title,
      description: this.#def.texts[this.#locale].service.summary,
      type: 'object',
      properties: Object.fromEntries(items.map(({ item }) => [item.name, this.#item(item)])),
      required: items.filter(({ step, item }) => alwaysNeeded(step, item)).map(({ item }) => item.name),
      additionalProperties: false,
    }
  }

  #item(item: Field | Group): Schema {
    if (item.type !== 'group') return this.#field(item, item.name)
    const object: Schema = {
      type: 'object',
      properties: Object.fromEntries(
        item.fields.map((field) => [field.name, this.#field(field, `${item.name}.${field.name}`)]),
      ),
      required: item.fields.filter(isRequired).map((field) => field.name),
      additionalProperties: false,
    }
    if (!item.repeat) return { ...this.#words(item.name), ...object }
    const { min, max } = item.repeat
    return { ...this.#words(item.name), type: 'array', items: object, minItems: min, maxItems: max }
  }

  #field(field: Field, path: string): Schema {
    return { ...this.#words(path), ...typeSchema(field) }
  }

  #words(path: string): Schema {
    const words = this.#def.texts[this.#locale].fields[path]
    return { title: words?.label ?? path, ...(words?.hint ? { description: words.hint } : {}) }
  }
}

/** Needed whatever else is answered: no condition of its own, of its group, of its page. */
function alwaysNeeded(step: Step, item: Field | Group): boolean {
  if (step.visibleIf !== undefined || item.visibleIf !== undefined) return false
  if (item.type !== 'group') return isRequired(item)
  return item.repeat ? item.repeat.min > 0 : item.fields.some(isRequired)
}

const isRequired = (field: Field): boolean =>
  field.required && field.requiredIf === undefined && field.visibleIf === undefined && field.type !== 'computed'

/** At least one sign that is no blank: an answer of blanks is none. */
const NOT_BLANK = '\\S'

function typeSchema(field: Field): Schema {
  switch (field.type) {
    case 'text': {
      const least = field.min > 0 ? { minLength: field.min } : {}
      const blank = isRequired(field) ? [{ pattern: NOT_BLANK }] : []
      const own = field.pattern ? [{ pattern: `^(?:${field.pattern})$` }] : []
      const patterns = [...blank, ...own]
      return { type: 'string', ...least, maxLength: field.max, ...(patterns.length > 0 ? { allOf: patterns } : {}) }
    }
    case 'number':
      return { type: field.decimals === 0 ? 'integer' : 'number', minimum: field.min, maximum: field.max }
    case 'money':
      return { type: 'integer', minimum: field.min, maximum: field.max, $comment: 'cents' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'choice': {
      const one = { enum: field.options }
      if (!field.multiple) return one
      return { type: 'array', items: one, uniqueItems: true, minItems: isRequired(field) ? 1 : 0 }
    }
    case 'address':
      return {
        type: 'object',
        properties: Object.fromEntries(
          ADDRESS_PARTS.map((part) => [part, { type: 'string', pattern: ADDRESS_RULES[part].pattern.source }]),
        ),
        required: ADDRESS_PARTS,
        additionalProperties: false,
      }
    case 'plate':
      return { type: 'string', maxLength: MOST_CHARACTERS, examples: ['S-AB 1234'] }
    case 'iban':
      return { type: 'string', maxLength: MOST_CHARACTERS, examples: ['DE02 1203 0000 0000 2020 51'] }
    case 'mail':
      return { type: 'string', maxLength: MOST_CHARACTERS, examples: ['name@example.com'] }
    case 'telephone':
      return { type: 'string', maxLength: MOST_CHARACTERS, examples: ['+497111234567'] }
    case 'file':
      return {
        type: 'array',
        items: { type: 'string', format: 'uuid' },
        uniqueItems: true,
        minItems: isRequired(field) ? Math.max(1, field.min) : 0,
        maxItems: field.max,
      }
    case 'consent':
      return isRequired(field) ? { const: true } : { type: 'boolean' }
    case 'computed':
      return { readOnly: true, $comment: 'worked out by the city; what is sent is ignored' }
  }
}
