import type { Field, Group, ServiceDefinition, Step } from '#modules/services/public.ts'

/**
 * The last step is part of the summary where it only asks for consent: people agree to what they see there.
 */
export function consentStep(def: ServiceDefinition): Step | null {
  const last = def.form.steps.at(-1)
  if (!last || def.form.steps.length < 2 || last.visibleIf !== undefined) return null
  return last.items.every((item) => item.type === 'consent') ? last : null
}

/** The pages before the summary. */
export function pagesOf(def: ServiceDefinition, visible: readonly Step[]): readonly Step[] {
  const consent = consentStep(def)
  return visible.filter((step) => step !== consent)
}

export interface Place {
  readonly step: Step
  /** From 1. */
  readonly number: number
  /** The summary counts as a page. */
  readonly of: number
  readonly before: Step | null
  /** Null: the summary is next. */
  readonly after: Step | null
}

/** Where a page stands among the visible ones; null where it is not visible. */
export function placeOf(pages: readonly Step[], name: string): Place | null {
  const at = pages.findIndex((step) => step.name === name)
  const step = pages[at]
  if (!step) return null
  return { step, number: at + 1, of: pages.length + 1, before: pages[at - 1] ?? null, after: pages[at + 1] ?? null }
}

/** A field of a page where it stands in the answers: `dogs/0/chip`, path `dogs.chip`. */
export interface PlacedField {
  readonly field: Field
  readonly pointer: string
  readonly path: string
}

/** The fields of a page; lists with as many entries as there are, or must be. */
export function fieldsOf(step: Step, answers: Readonly<Record<string, unknown>>): readonly PlacedField[] {
  return step.items.flatMap((item) => {
    if (item.type !== 'group') return [{ field: item, pointer: item.name, path: item.name }]
    if (!item.repeat) return item.fields.map((field) => placed(item, field, item.name))
    return Array.from({ length: entryCount(item, answers[item.name]) }, (_, at) =>
      item.fields.map((field) => placed(item, field, `${item.name}/${at}`)),
    ).flat()
  })
}

const placed = (group: Group, field: Field, prefix: string): PlacedField => ({
  field,
  pointer: `${prefix}/${field.name}`,
  path: `${group.name}.${field.name}`,
})

/** Entries that a page shows of a list: at least those that must be there. */
export function entryCount(group: Group, value: unknown): number {
  const given = Array.isArray(value) ? value.length : 0
  return Math.min(Math.max(given, group.repeat?.min ?? 0), group.repeat?.max ?? 0)
}

/** Lists get empty entries up to how many there must be, so that a page can ask for them. */
export function withNeededEntries(
  step: Step,
  answers: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  let padded = answers
  for (const item of step.items) {
    if (item.type !== 'group' || !item.repeat) continue
    const value = answers[item.name]
    const given: readonly unknown[] = Array.isArray(value) ? value : []
    const missing = entryCount(item, given) - given.length
    if (missing > 0) padded = { ...padded, [item.name]: [...given, ...Array.from({ length: missing }, () => ({}))] }
  }
  return padded
}

/** The value under a pointer of at most three parts. */
export function valueAt(answers: Readonly<Record<string, unknown>>, pointer: string): unknown {
  let value: unknown = answers
  for (const part of pointer.split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** The text under a pointer; '' where there is none. */
export function textAt(answers: Readonly<Record<string, unknown>>, pointer: string): string {
  const value = valueAt(answers, pointer)
  return typeof value === 'string' ? value : ''
}

/** A copy of the answers with this value under the pointer; undefined takes it away. */
export function withValue(
  answers: Readonly<Record<string, unknown>>,
  pointer: string,
  value: unknown,
): Record<string, unknown> {
  const copy = structuredClone(answers) as Record<string, unknown>
  const parts = pointer.split('/')
  let at: Record<string, unknown> = copy
  parts.slice(0, -1).forEach((part, index) => {
    const isEntry = /^\d+$/.test(parts[index + 1] ?? '')
    const inner = at[part]
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner) !== isEntry) at[part] = isEntry ? [] : {}
    at = at[part] as Record<string, unknown>
  })
  const last = parts.at(-1) ?? ''
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}
