import type { Static, TObject, TProperties, TSchema, Type as TypeBox } from 'typebox'

export type { Static, TObject, TSchema }

/**
 * JSON Schema (draft 2020-12) that TypeScript knows the type of. The types are TypeBox's; its builders would be 373 files
 * that every start reads, a quarter of a second, so that those we use are made here, to the same schemas
 * (`schema.test.ts`).
 */
export const Type = {
  Any: plain({}),
  Unknown: plain({}),
  Null: plain({ type: 'null' }),
  Boolean: plain({ type: 'boolean' }),
  Integer: plain({ type: 'integer' }),
  Number: plain({ type: 'number' }),
  String: plain({ type: 'string' }),
  Literal: (value: boolean | number | string, options?: object) => ({ type: typeof value, const: value, ...options }),
  Array: (items: TSchema, options?: object) => ({ type: 'array', items, ...options }),
  Object: (properties: TProperties, options?: object) => {
    const required = Object.keys(properties).filter((name) => !optional.has(properties[name]!))
    return { type: 'object', ...(required.length > 0 ? { required } : {}), properties, ...options }
  },
  Optional: (schema: TSchema) => {
    const copy = { ...schema }
    optional.add(copy)
    return copy
  },
  Record: (name: { pattern?: string }, value: TSchema, options?: object) => ({
    type: 'object',
    patternProperties: { [name.pattern ?? '^.*$']: value },
    ...options,
  }),
  Union: (anyOf: readonly TSchema[], options?: object) => ({ anyOf, ...options }),
  Intersect: (allOf: readonly TSchema[], options?: object) => ({ allOf, ...options }),
  Unsafe: plain({}),
} as unknown as Pick<typeof TypeBox, Builder>

type Builder =
  | ('Any' | 'Unknown' | 'Null' | 'Boolean' | 'Integer' | 'Number' | 'String' | 'Literal')
  | ('Array' | 'Object' | 'Optional' | 'Record' | 'Union' | 'Intersect' | 'Unsafe')

/** Properties that an object may do without; said beside the schema, as it is no word of JSON Schema. */
const optional = new WeakSet<object>()

function plain(schema: object) {
  return (options?: object) => ({ ...schema, ...options })
}
