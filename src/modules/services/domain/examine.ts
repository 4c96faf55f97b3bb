import { FeelDate, toFeel } from 'feelin'
import { compiledForm, type CompiledCheck, type CompiledField, type CompiledGroup } from './compiled.ts'
import type { Answers, FileFacts, JsonValue } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Step } from './form-definition.ts'
import { roundCents, type Expression } from './feel.ts'
import { pointerPart, type Issue, type IssueCode } from './issue.ts'
import { readValue } from './read-value.ts'

export interface ExamineOptions {
  readonly today: Temporal.PlainDate
  /** Facts of the files that answers may name; absent: ids are taken as they are. */
  readonly files?: ReadonlyMap<string, FileFacts>
}

export interface Examined {
  /** Normalised and pruned of what is invisible; a value with an issue stays as it was given. */
  readonly answers: Answers
  readonly issues: readonly Issue[]
  readonly steps: readonly Step[]
  /** Pointers of the fields that can be seen: `dogs/0/chip`. */
  readonly visible: ReadonlySet<string>
  /** `answers` as FEEL sees them. */
  readonly scope: Readonly<Record<string, unknown>>
}

/** More are not listed: whoever sends 10,000 unknown fields learns enough from the first ones. */
const MOST_ISSUES = 50

/**
 * Goes through a form once, from the first field to the last: what is visible, what is wrong, what is kept.
 * Conditions look back only (the loader sees to that), so one pass is enough.
 */
export function examine(def: ServiceDefinition, given: unknown, options: ExamineOptions): Examined {
  return new Examination(def, options).run(given)
}

class Examination {
  readonly #issues: Issue[] = []
  readonly #visible = new Set<string>()
  readonly #steps: Step[] = []
  readonly #kept: Record<string, JsonValue> = {}
  readonly #scope: Record<string, unknown> = {}
  readonly #def: ServiceDefinition
  readonly #files: ReadonlyMap<string, FileFacts> | undefined
  readonly #today: unknown
  #step: Step | null = null

  constructor(def: ServiceDefinition, options: ExamineOptions) {
    this.#def = def
    this.#files = options.files
    this.#today = toFeel(options.today)
  }

  run(given: unknown): Examined {
    const form = compiledForm(this.#def)
    const answers = this.#object(given, '', '')
    this.#unknown(answers, form.names, '')
    for (const { items } of form.steps) for (const item of items) this.#blank(item, this.#scope)
    for (const { step, visibleIf, items, checks } of form.steps) {
      this.#step = step
      if (visibleIf && !this.#holds(visibleIf)) continue
      this.#steps.push(step)
      for (const item of items) {
        if (item.kind === 'group') this.#group(item, answers)
        else this.#field(item, answers, '', this.#kept, this.#scope, null, 0)
      }
      this.#stepChecks(items, checks)
    }
    return {
      answers: this.#kept,
      issues: this.#issues,
      steps: this.#steps,
      visible: this.#visible,
      scope: this.#scope,
    }
  }

  /** Names that are not answered are null in FEEL, and not unknown. */
  #blank(item: CompiledField | CompiledGroup, scope: Record<string, unknown>): void {
    if (item.kind === 'field') scope[item.field.name] = null
    else if (item.group.repeat) scope[item.group.name] = []
    else scope[item.group.name] = blankEntry(item)
  }

  #group(item: CompiledGroup, answers: Record<string, unknown>): void {
    const { group } = item
    if (item.visibleIf && !this.#holds(item.visibleIf)) return
    if (group.repeat) return this.#list(item, answers[group.name], group.repeat)
    const given = this.#object(answers[group.name], group.name, group.name)
    this.#unknown(given, item.names, `${group.name}/`)
    const kept: Record<string, JsonValue> = {}
    const scope = this.#scope[group.name] as Record<string, unknown>
    for (const field of item.fields) this.#field(field, given, `${group.name}/`, kept, scope, null, 0)
    if (Object.keys(kept).length > 0) this.#kept[group.name] = kept
  }

  #list(item: CompiledGroup, value: unknown, { min, max }: { min: number; max: number }): void {
    const { group } = item
    const note = (code: IssueCode, limit?: number) =>
      this.#note({ code, pointer: group.name, path: group.name, field: group, limit })
    if (value !== undefined && !Array.isArray(value)) return note('wrong-type')
    const given: readonly unknown[] = value ?? []
    if (given.length > max) return note('too-many-entries', max)
    if (given.length < min) note('too-few-entries', min)
    const kept: JsonValue[] = []
    const scopes = this.#scope[group.name] as unknown[]
    given.forEach((entry, at) => {
      const pointer = `${group.name}/${at}`
      const object = this.#object(entry, pointer, group.name)
      this.#unknown(object, item.names, `${pointer}/`)
      const keptEntry: Record<string, JsonValue> = {}
      const scope = blankEntry(item)
      scopes.push(scope)
      for (const field of item.fields) this.#field(field, object, `${pointer}/`, keptEntry, scope, scope, at + 1)
      kept.push(keptEntry)
    })
    if (kept.length > 0) this.#kept[group.name] = kept
  }

  #field(
    item: CompiledField,
    given: Record<string, unknown>,
    prefix: string,
    kept: Record<string, JsonValue>,
    scope: Record<string, unknown>,
    entry: Record<string, unknown> | null,
    index: number,
  ): void {
    const { field, path } = item
    if (item.visibleIf && !this.#holds(item.visibleIf, null, entry, index)) return
    const pointer = prefix + field.name
    this.#visible.add(pointer)
    if (item.value && field.type === 'computed') {
      const value = computed(item.value.run(this.#scope, this.#today, null, entry, index), field.format)
      if (value === null) return
      kept[field.name] = value instanceof FeelDate ? value.iso : value
      scope[field.name] = value
      return
    }
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined
    const note = (code: IssueCode, limit?: number | string, at?: string) =>
      this.#note({ code, pointer: at ? `${pointer}/${pointerPart(at)}` : pointer, path, field, limit })
    if (isEmpty(value, field.type)) {
      const required = item.requiredIf ? this.#holds(item.requiredIf, null, entry, index) : field.required
      if (required) note(field.type === 'consent' ? 'consent' : 'required')
      return
    }
    const read = readValue(item, value, this.#files)
    if (!read.ok) {
      kept[field.name] = value as JsonValue
      for (const issue of read.issues) note(issue.code, issue.limit, issue.at)
      return
    }
    kept[field.name] = read.kept
    if (field.type === 'consent' && read.kept === false && field.required) return note('consent')
    if (this.#outsideDates(item, read.feel, entry, index, note)) return
    scope[field.name] = read.feel
    for (const { name, that } of item.checks) {
      if (that.run(this.#scope, this.#today, read.feel, entry, index) === false) note('check', name)
    }
  }

  #outsideDates(
    item: CompiledField,
    value: unknown,
    entry: unknown,
    index: number,
    note: (code: IssueCode, limit?: string) => void,
  ): boolean {
    if (!(value instanceof FeelDate)) return false
    const earliest = item.earliest?.run(this.#scope, this.#today, value, entry, index)
    if (earliest instanceof FeelDate && value.iso < earliest.iso) note('too-early', earliest.iso)
    const latest = item.latest?.run(this.#scope, this.#today, value, entry, index)
    if (latest instanceof FeelDate && value.iso > latest.iso) note('too-late', latest.iso)
    return (
      (earliest instanceof FeelDate && value.iso < earliest.iso) ||
      (latest instanceof FeelDate && value.iso > latest.iso)
    )
  }

  /**
   * A check that cannot be told yet (null, because an answer is missing) is no failure. A failed one stands at the last
   * thing of its page that it speaks of.
   */
  #stepChecks(items: readonly (CompiledField | CompiledGroup)[], checks: readonly CompiledCheck[]): void {
    const names = items.map((item) => (item.kind === 'group' ? item.group.name : item.field.name))
    for (const { name, that } of checks) {
      if (that.run(this.#scope, this.#today, null, null, 0) !== false) continue
      const pointer = names.findLast((one) => new RegExp(`\\banswers\\.${one}\\b`).test(that.source)) ?? names[0]
      if (pointer !== undefined) this.#note({ code: 'check', pointer, path: '', field: null, limit: name })
    }
  }

  #holds(condition: Expression, value: unknown = null, entry: unknown = null, index = 0): boolean {
    return condition.run(this.#scope, this.#today, value, entry, index) === true
  }

  #object(value: unknown, pointer: string, path: string): Record<string, unknown> {
    if (value === undefined) return {}
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    this.#note({ code: 'not-an-object', pointer, path, field: null })
    return {}
  }

  #unknown(given: Record<string, unknown>, names: ReadonlySet<string>, prefix: string): void {
    for (const name of Object.keys(given)) {
      if (names.has(name)) continue
      this.#note({ code: 'unknown', pointer: prefix + pointerPart(name.slice(0, 100)), path: '', field: null })
      if (this.#issues.length >= MOST_ISSUES) return
    }
  }

  #note(issue: Omit<Issue, 'step'>): void {
    if (this.#issues.length < MOST_ISSUES) this.#issues.push({ ...issue, step: this.#step })
  }
}

function blankEntry(item: CompiledGroup): Record<string, unknown> {
  return Object.fromEntries(item.fields.map(({ field }) => [field.name, null]))
}

function isEmpty(value: unknown, type: string): boolean {
  if (value === undefined) return true
  if (type === 'text' && typeof value === 'string') return value.trim() === ''
  return (type === 'file' || type === 'choice') && Array.isArray(value) && value.length === 0
}

function computed(value: unknown, format: 'text' | 'number' | 'money' | 'date'): string | number | FeelDate | null {
  if (format === 'date') return value instanceof FeelDate ? value : null
  if (format === 'text') return typeof value === 'string' ? value : null
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return format === 'money' ? roundCents(value) : value
}
