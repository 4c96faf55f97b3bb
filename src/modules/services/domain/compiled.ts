import { compileFeel, FORM_NAMES, type Expression } from './feel.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Field, Group, Step } from './form-definition.ts'

/** A form with its expressions read and its names looked up, once for each definition. */
export interface CompiledForm {
  readonly steps: readonly CompiledStep[]
  /** Every name at the top of the answers. */
  readonly names: ReadonlySet<string>
}

export interface CompiledStep {
  readonly step: Step
  readonly visibleIf: Expression | null
  readonly items: readonly (CompiledField | CompiledGroup)[]
  readonly checks: readonly CompiledCheck[]
}

export interface CompiledGroup {
  readonly kind: 'group'
  readonly group: Group
  readonly visibleIf: Expression | null
  readonly fields: readonly CompiledField[]
  readonly names: ReadonlySet<string>
}

export interface CompiledField {
  readonly kind: 'field'
  readonly field: Field
  /** Path without indexes: `person.givenName`. */
  readonly path: string
  readonly visibleIf: Expression | null
  readonly requiredIf: Expression | null
  readonly checks: readonly CompiledCheck[]
  readonly earliest: Expression | null
  readonly latest: Expression | null
  readonly value: Expression | null
  readonly pattern: RegExp | null
  readonly options: ReadonlySet<string> | null
}

export interface CompiledCheck {
  readonly name: string
  readonly that: Expression
}

const forms = new WeakMap<ServiceDefinition, CompiledForm>()

export function compiledForm(def: ServiceDefinition): CompiledForm {
  let form = forms.get(def)
  if (!form) forms.set(def, (form = compileForm(def.form.steps)))
  return form
}

function compileForm(steps: readonly Step[]): CompiledForm {
  const names = new Set(steps.flatMap((step) => step.items.map((item) => item.name)))
  return {
    names,
    steps: steps.map((step) => ({
      step,
      visibleIf: feel(step.visibleIf),
      items: step.items.map((item) => (item.type === 'group' ? compileGroup(item) : compileField(item, item.name))),
      checks: checks(step.checks),
    })),
  }
}

function compileGroup(group: Group): CompiledGroup {
  return {
    kind: 'group',
    group,
    visibleIf: feel(group.visibleIf),
    fields: group.fields.map((field) => compileField(field, `${group.name}.${field.name}`)),
    names: new Set(group.fields.map((field) => field.name)),
  }
}

function compileField(field: Field, path: string): CompiledField {
  return {
    kind: 'field',
    field,
    path,
    visibleIf: feel(field.visibleIf),
    requiredIf: feel(field.requiredIf),
    checks: checks(field.checks),
    earliest: field.type === 'date' ? feel(field.earliest) : null,
    latest: field.type === 'date' ? feel(field.latest) : null,
    value: field.type === 'computed' ? feel(field.value) : null,
    pattern: field.type === 'text' && field.pattern ? new RegExp(`^(?:${field.pattern})$`, 'u') : null,
    options: field.type === 'choice' ? new Set(field.options) : null,
  }
}

const feel = (source: string | undefined): Expression | null =>
  source === undefined ? null : compileFeel(source, FORM_NAMES)

const checks = (list: Field['checks']): CompiledCheck[] =>
  list.map(({ name, that }) => ({ name, that: compileFeel(that, FORM_NAMES) }))
