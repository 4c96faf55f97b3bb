import type { LetterTemplate } from '../domain/definition.ts'
import type { FeeTable } from '../domain/fee-table.ts'
import type { Field, FormDefinition } from '../domain/form-definition.ts'
import type { ServiceTexts } from '../domain/service-texts.ts'
import type { WorkflowDefinition } from '../domain/workflow-definition.ts'
import { checkPlaceholders } from './placeholders.ts'
import { hasShape } from './shape.ts'
import { TextsShape } from './shapes.ts'
import type { Path, YamlSource } from './source.ts'

export interface WordsNeeded {
  readonly form: FormDefinition
  readonly workflow: WorkflowDefinition
  readonly fees: readonly FeeTable[]
  readonly letters: readonly LetterTemplate[]
}

/** `texts.de.yaml` or `texts.en.yaml`: shape only. */
export function readTexts(source: YamlSource): ServiceTexts | null {
  if (!hasShape(source, [], source.data, TextsShape)) return null
  const raw = source.data as ServiceTexts
  return { ...raw, fees: raw.fees ?? {}, letters: raw.letters ?? {}, notices: raw.notices ?? {} }
}

/** Refuses texts that lack a word which the definition needs, or have one that nothing uses. */
export function checkTexts(source: YamlSource, texts: ServiceTexts, needed: WordsNeeded): void {
  const check = new WordCheck(source)
  check.keys(
    ['steps'],
    texts.steps,
    needed.form.steps.map((step) => step.name),
  )
  for (const step of needed.form.steps) {
    check.keys(
      ['steps', step.name, 'checks'],
      texts.steps[step.name]?.checks,
      step.checks.map((one) => one.name),
    )
  }
  checkFields(check, texts, needed.form)
  checkWorkflow(check, texts, needed.workflow)
  checkPlaceholders(source, texts, needed.workflow)
  check.keys(
    ['fees'],
    texts.fees,
    needed.fees.map((fee) => fee.name),
  )
  check.keys(
    ['letters'],
    texts.letters,
    needed.letters.map((letter) => letter.name),
  )
}

function checkFields(check: WordCheck, texts: ServiceTexts, form: FormDefinition): void {
  const items = form.steps.flatMap((step) => step.items)
  const fields = new Map<string, Field | null>()
  for (const item of items) {
    if (item.type !== 'group') fields.set(item.name, item)
    else {
      fields.set(item.name, null)
      for (const field of item.fields) fields.set(`${item.name}.${field.name}`, field)
    }
  }
  check.keys(['fields'], texts.fields, [...fields.keys()])
  for (const [path, field] of fields) {
    if (!field) continue
    const words = texts.fields[path]
    check.keys(['fields', path, 'options'], words?.options, field.type === 'choice' ? field.options : [])
    check.keys(
      ['fields', path, 'checks'],
      words?.checks,
      field.checks.map((one) => one.name),
    )
    if (field.type === 'number' && field.hasUnit) check.needs(['fields', path, 'unit'], words?.unit)
  }
}

function checkWorkflow(check: WordCheck, texts: ServiceTexts, workflow: WorkflowDefinition): void {
  check.keys(
    ['states'],
    texts.states,
    workflow.states.map((state) => state.name),
  )
  check.keys(
    ['transitions'],
    texts.transitions,
    workflow.transitions.map((transition) => transition.name),
  )
  for (const { name, fields, hasReason, confirm } of workflow.transitions) {
    const words = texts.transitions[name]
    check.keys(
      ['transitions', name, 'fields'],
      words?.fields,
      fields.map((field) => field.name),
    )
    if (hasReason) check.needs(['transitions', name, 'reason'], words?.reason)
    if (confirm) check.needs(['transitions', name, 'confirm'], words?.confirm)
    for (const field of fields)
      check.keys(['transitions', name, 'options', field.name], words?.options?.[field.name], field.options)
  }
  const notices = workflow.transitions
    .flatMap((transition) => transition.actions)
    .filter((action) => action.do === 'notify')
  check.keys(['notices'], texts.notices, [...new Set(notices.map((action) => action.template ?? ''))])
}

/** Refuses words of one language for which the other has none: hints, help, keys of letters. */
export function checkSameKeys(german: YamlSource, english: YamlSource): void {
  compare(german, english, german.data, english.data, [])
  compare(english, german, english.data, german.data, [])
}

function compare(source: YamlSource, other: YamlSource, here: unknown, there: unknown, path: Path): void {
  if (typeof here !== 'object' || here === null || Array.isArray(here)) {
    const [mine, theirs] = [here, there].map((value) => (Array.isArray(value) ? value.length : -1))
    if (mine !== theirs) source.refuse(path, `"${path.join('.')}" has ${mine} entries, ${other.file} has ${theirs}`)
    return
  }
  for (const [key, value] of Object.entries(here)) {
    const match = typeof there === 'object' && there !== null ? (there as Record<string, unknown>)[key] : undefined
    if (match === undefined)
      source.refuse([...path, key], `"${[...path, key].join('.')}" has no counterpart in ${other.file}`)
    else compare(source, other, value, match, [...path, key])
  }
}

class WordCheck {
  readonly #source: YamlSource
  constructor(source: YamlSource) {
    this.#source = source
  }

  keys(path: Path, words: object | undefined, needed: readonly string[]): void {
    for (const name of needed) {
      if (!words || !Object.hasOwn(words, name))
        this.#source.refuse(path, `words for "${[...path, name].join('.')}" are missing`)
    }
    for (const name of Object.keys(words ?? {})) {
      if (!needed.includes(name))
        this.#source.refuse([...path, name], `nothing uses the words "${[...path, name].join('.')}"`)
    }
  }

  needs(path: Path, words: string | undefined): void {
    if (words === undefined) this.#source.refuse(path, `words for "${path.join('.')}" are missing`)
  }
}
