import type { Field, FieldCheck, FormDefinition, Group, Item, Step } from '../domain/form-definition.ts'
import type { Kind, Shape } from '../domain/feel-shapes.ts'
import { answersShape, entryShape, fieldShape } from '../domain/scope.ts'
import { asText, formScope, FORM_NAMES, readFeel } from './expressions.ts'
import { buildField, buildGroup, refuseNamesTwice, reservedName } from './fields.ts'
import { hasShape } from './shape.ts'
import { FormShape } from './shapes.ts'
import type { Path, YamlSource } from './source.ts'

interface RawStep {
  readonly name: string
  readonly visibleIf?: unknown
  readonly items: readonly Record<string, unknown>[]
  readonly checks?: readonly { readonly name: string; readonly that: unknown }[]
}

/** `form.yaml`: shape first, then names, then the expressions over them. Null where it is refused. */
export function buildForm(source: YamlSource): FormDefinition | null {
  if (!hasShape(source, [], source.data, FormShape)) return null
  const raw = source.data as { steps: readonly RawStep[] }
  const before = source.problems.length
  const steps = raw.steps.map((step, at) => buildStep(source, step, at))
  checkNamesOnce(source, steps)
  if (source.problems.length > before) return null
  checkExpressions(source, steps)
  return source.problems.length > before ? null : { steps }
}

function buildStep(source: YamlSource, raw: RawStep, at: number): Step {
  const items = raw.items.map((item, number): Item | null => {
    const path = ['steps', at, 'items', number]
    return 'group' in item ? buildGroup(source, path, item) : buildField(source, path, item)
  })
  return {
    name: raw.name,
    ...(raw.visibleIf === undefined ? {} : { visibleIf: asText(raw.visibleIf) }),
    items: items.filter((item) => item !== null),
    checks: (raw.checks ?? []).map(({ name, that }) => ({ name, that: asText(that) })),
  }
}

/** Pages beside the steps: `/antrag/<slug>/<draft>/zusammenfassung`. */
const PAGES = new Set(['zusammenfassung', 'speichern', 'loeschen', 'beleg', 'datei'])

function checkNamesOnce(source: YamlSource, steps: readonly Step[]): void {
  const stepNames = new Set<string>()
  const itemNames = new Set<string>()
  steps.forEach((step, at) => {
    if (PAGES.has(step.name))
      source.refuse(['steps', at, 'name'], `"${step.name}" is another page of every form; choose another name`)
    refuseNamesTwice(source, ['steps', at, 'checks'], step.checks)
    if (stepNames.has(step.name)) source.refuse(['steps', at, 'name'], `there are two steps "${step.name}"`)
    stepNames.add(step.name)
    step.items.forEach((item, number) => {
      const path = ['steps', at, 'items', number]
      if (itemNames.has(item.name)) source.refuse(path, `"${item.name}" is asked twice`)
      itemNames.add(item.name)
      const reserved = reservedName(item.name)
      if (reserved) source.refuse(path, reserved)
    })
  })
}

/** Every expression knows the whole form, but may read only what was asked before: conditions look back. */
function checkExpressions(source: YamlSource, steps: readonly Step[]): void {
  const order = fieldOrder(steps)
  const answers = answersShape(steps)
  steps.forEach((step, at) => {
    const path: Path = ['steps', at]
    const check = new ExpressionChecker(source, answers, order)
    check.condition([...path, 'visibleIf'], step.visibleIf, order.get(firstPath(step)) ?? 0)
    step.items.forEach((item, number) => check.item([...path, 'items', number], item))
    const last = Math.max(...step.items.map((item) => order.get(item.name) ?? 0))
    step.checks.forEach((one, number) => check.that([...path, 'checks', number], one, last + 1, null, null))
  })
}

/** Position of each field; a group counts as its last field. */
function fieldOrder(steps: readonly Step[]): ReadonlyMap<string, number> {
  const order = new Map<string, number>()
  let position = 0
  for (const item of steps.flatMap((step) => step.items)) {
    if (item.type === 'group') for (const field of item.fields) order.set(`${item.name}.${field.name}`, position++)
    order.set(item.name, item.type === 'group' ? position - 1 : position++)
  }
  return order
}

function firstPath(step: Step): string {
  const first = step.items[0]
  if (!first) return ''
  return first.type === 'group' ? `${first.name}.${first.fields[0]?.name ?? ''}` : first.name
}

class ExpressionChecker {
  readonly #source: YamlSource
  readonly #answers: Shape
  readonly #order: ReadonlyMap<string, number>
  constructor(source: YamlSource, answers: Shape, order: ReadonlyMap<string, number>) {
    this.#source = source
    this.#answers = answers
    this.#order = order
  }

  item(path: Path, item: Item): void {
    if (item.type !== 'group') return this.#field(path, item, item.name, null)
    const first = item.fields[0]
    this.condition([...path, 'visibleIf'], item.visibleIf, this.#order.get(`${item.name}.${first?.name ?? ''}`) ?? 0)
    item.fields.forEach((field, at) => this.#field([...path, 'fields', at], field, `${item.name}.${field.name}`, item))
  }

  #field(path: Path, field: Field, name: string, group: Group | null): void {
    const position = this.#order.get(name) ?? 0
    const list = group?.repeat ? group : null
    this.condition([...path, 'visibleIf'], field.visibleIf, position, list)
    this.condition([...path, 'requiredIf'], field.requiredIf, position, list)
    if (field.type === 'date') {
      this.#expression([...path, 'earliest'], field.earliest, position, list, 'date')
      this.#expression([...path, 'latest'], field.latest, position, list, 'date')
    }
    if (field.type === 'computed')
      this.#expression(
        [...path, 'value'],
        field.value,
        position,
        list,
        field.format === 'money' ? 'number' : field.format,
      )
    field.checks.forEach((one, at) => this.that([...path, 'checks', at], one, position + 1, fieldShape(field), list))
  }

  condition(path: Path, expression: string | undefined, position: number, list: Group | null = null): void {
    this.#expression(path, expression, position, list, 'boolean')
  }

  #expression(path: Path, expression: string | undefined, position: number, list: Group | null, wants: Kind): void {
    const scope = formScope(this.#answers, list ? entryShape(list.fields) : null, null)
    const read = readFeel(this.#source, path, expression, scope, FORM_NAMES, wants)
    if (read) this.#looksBack(path, read.paths, position, list)
  }

  that(path: Path, check: FieldCheck, position: number, value: Shape | null, list: Group | null): void {
    const scope = formScope(this.#answers, list ? entryShape(list.fields) : null, value)
    const read = readFeel(this.#source, [...path, 'that'], check.that, scope, FORM_NAMES, 'boolean')
    if (read) this.#looksBack([...path, 'that'], read.paths, position, list)
  }

  #looksBack(path: Path, reads: readonly string[], position: number, list: Group | null): void {
    for (const read of reads) {
      const [root, ...rest] = read.split('.')
      const name = root === 'item' && list ? [list.name, ...rest].join('.') : rest.join('.')
      if (root !== 'answers' && root !== 'item') continue
      const at =
        this.#order.get(name) ??
        this.#order.get(name.split('.').slice(0, 2).join('.')) ??
        this.#order.get(name.split('.')[0] ?? '')
      if (at !== undefined && at >= position)
        this.#source.refuse(path, `"${name}" is asked only here or later; conditions may use what came before`)
    }
  }
}
