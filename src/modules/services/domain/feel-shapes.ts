/**
 * What an expression may find under a name: `any` (not known beforehand), `value` (nothing below it), a kind of value,
 * the words of a choice, or its parts. A list has the shape of its entries, because paths of FEEL go into each entry.
 */
export type Shape = 'any' | 'value' | 'text' | 'number' | 'boolean' | Choices | { readonly [name: string]: Shape }

/** One of these words, and no other. */
export type Choices = readonly string[]

/** The parts of a date in FEEL. */
export const DATE_SHAPE: Shape = { year: 'number', month: 'number', day: 'number', weekday: 'number' }

export const isChoices = (shape: Shape): shape is Choices => Array.isArray(shape)

/** The names below, or null where there are none. */
export const partsOf = (shape: Shape): Readonly<Record<string, Shape>> | null =>
  typeof shape === 'object' && !isChoices(shape) ? shape : null

/** What a place in a definition asks for: a condition is `boolean`, a limit of days a `date`. */
export type Kind = 'text' | 'number' | 'boolean' | 'date'

/** The kind of what has this shape; `parts` is none of them; null: not known beforehand. */
export function kindOf(shape: Shape): Kind | 'parts' | null {
  if (shape === 'any' || shape === 'value') return null
  if (shape === DATE_SHAPE) return 'date'
  if (isChoices(shape)) return 'text'
  return typeof shape === 'string' ? shape : 'parts'
}
