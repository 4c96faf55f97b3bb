import type { FeeTable } from '../domain/fee-table.ts'
import {
  BUILT_IN_ACTIONS,
  WORKFLOW_EVENTS,
  type State,
  type Transition,
  type WorkflowAction,
  type WorkflowDefinition,
  type WorkflowEvent,
} from '../domain/workflow-definition.ts'
import type { Shape } from '../domain/feel-shapes.ts'
import { reachableStates } from '../domain/workflow-graph.ts'
import { readFeel, workflowScope, WORKFLOW_NAMES } from './expressions.ts'
import { hasShape } from './shape.ts'
import { WorkflowShape } from './shapes.ts'
import type { Path, YamlSource } from './source.ts'

/** Names that the modules of this installation provide for workflows; null: not asked (a test of one folder). */
export interface KnownNames {
  readonly actions: readonly string[]
  readonly checks: readonly string[]
  readonly permissions: readonly string[]
}

export interface WorkflowSurroundings {
  readonly answers: Shape
  readonly fees: readonly FeeTable[]
  readonly letters: readonly string[]
  readonly known: KnownNames | null
}

interface RawWorkflow {
  readonly initial: string
  readonly states: Readonly<Record<string, RawState>>
  readonly transitions: readonly RawTransition[]
}
type RawState = Omit<State, 'name' | 'checks'> & {
  readonly checks?: readonly { name: string; check: string; input?: Record<string, unknown> }[]
}
type RawTransition = Omit<Transition, 'when' | 'fields' | 'actions' | 'hasReason' | 'confirm'> & {
  readonly when?: unknown
  readonly reason?: boolean
  readonly confirm?: boolean
  readonly fields?: readonly (Partial<Transition['fields'][number]> & {
    name: string
    type: Transition['fields'][number]['type']
  })[]
  readonly actions?: readonly (Omit<WorkflowAction, 'when' | 'input'> & {
    when?: unknown
    input?: Record<string, unknown>
  })[]
}

/** `workflow.yaml`. Null where it is refused. */
export function buildWorkflow(source: YamlSource, around: WorkflowSurroundings): WorkflowDefinition | null {
  if (!hasShape(source, [], source.data, WorkflowShape)) return null
  const raw = source.data as RawWorkflow
  const before = source.problems.length
  const builder = new WorkflowBuilder(source, around, raw)
  const workflow = builder.build()
  builder.checkGraph(workflow)
  return source.problems.length > before ? null : workflow
}

class WorkflowBuilder {
  readonly #source: YamlSource
  readonly #around: WorkflowSurroundings
  readonly #raw: RawWorkflow
  readonly #findings: readonly string[]

  constructor(source: YamlSource, around: WorkflowSurroundings, raw: RawWorkflow) {
    this.#source = source
    this.#around = around
    this.#raw = raw
    this.#findings = Object.values(raw.states).flatMap((state) => (state.checks ?? []).map((check) => check.name))
  }

  build(): WorkflowDefinition {
    return {
      initial: this.#raw.initial,
      states: Object.entries(this.#raw.states).map(([name, state]) => this.#state(name, state)),
      transitions: this.#raw.transitions.map((transition, at) => this.#transition(transition, at)),
    }
  }

  #state(name: string, raw: RawState): State {
    const path = ['states', name]
    if ((raw.kind === 'final') !== (raw.outcome !== undefined)) {
      this.#source.refuse(
        path,
        raw.kind === 'final' ? 'a final state needs an "outcome"' : 'only a final state has an "outcome"',
      )
    }
    if ((raw.kind === 'waiting') !== (raw.waitsFor !== undefined)) {
      this.#source.refuse(
        path,
        raw.kind === 'waiting' ? 'a waiting state says "waitsFor"' : 'only a waiting state "waitsFor" somebody',
      )
    }
    if (raw.checks && raw.kind !== 'automatic')
      this.#source.refuse([...path, 'checks'], 'only an automatic state runs checks')
    if (raw.deadline && raw.kind === 'final')
      this.#source.refuse([...path, 'deadline'], 'a final state has no deadline')
    const checks = (raw.checks ?? []).map((check, at) => {
      const here = [...path, 'checks', at]
      refuseUnknown(this.#source, [...here, 'check'], check.check, this.#around.known?.checks, 'check')
      const scope = workflowScope(this.#around.answers, this.#findings, null)
      return { name: check.name, check: check.check, input: this.#inputs([...here, 'input'], check.input, scope) }
    })
    return { name, kind: raw.kind, ...pick(raw, ['outcome', 'waitsFor', 'deadline']), checks }
  }

  #transition(raw: RawTransition, at: number): Transition {
    const path = ['transitions', at]
    if (raw.on !== undefined && !(WORKFLOW_EVENTS as readonly string[]).includes(raw.on)) {
      this.#source.refuse([...path, 'on'], `"${raw.on}" never happens; there is: ${WORKFLOW_EVENTS.join(', ')}`)
    }
    if (raw.on !== undefined && raw.by !== 'system')
      this.#source.refuse([...path, 'on'], 'only the system waits for something to happen')
    if (raw.permission !== undefined && raw.by !== 'clerk')
      this.#source.refuse([...path, 'permission'], 'only clerks need a permission')
    if (raw.permission !== undefined)
      refuseUnknown(
        this.#source,
        [...path, 'permission'],
        raw.permission,
        this.#around.known?.permissions,
        'permission',
      )
    const fields = (raw.fields ?? []).map((field) => ({ options: [], required: true, max: 2000, ...field }))
    if (fields.length > 0 && raw.by === 'system')
      this.#source.refuse([...path, 'fields'], 'the system fills in no fields')
    fields.forEach((field, number) => {
      if ((field.type === 'choice') === field.options.length > 0) return
      this.#source.refuse(
        [...path, 'fields', number],
        field.type === 'choice' ? 'a choice needs "options"' : 'only a choice has "options"',
      )
    })
    const plain = workflowScope(this.#around.answers, this.#findings, null)
    const full = workflowScope(this.#around.answers, this.#findings, fields)
    return {
      name: raw.name,
      from: raw.from,
      to: raw.to,
      by: raw.by,
      ...pick(raw, ['permission']),
      ...this.#feel('when', [...path, 'when'], raw.when, plain),
      ...(raw.on === undefined ? {} : { on: raw.on as WorkflowEvent }),
      fields,
      actions: (raw.actions ?? []).map((action, number) => this.#action([...path, 'actions', number], action, full)),
      hasReason: raw.reason === true,
      confirm: raw.confirm === true,
    }
  }

  #action(
    path: Path,
    raw: NonNullable<RawTransition['actions']>[number],
    scope: Readonly<Record<string, Shape>>,
  ): WorkflowAction {
    const builtIn = (BUILT_IN_ACTIONS as readonly string[]).includes(raw.do)
    if (!builtIn)
      refuseUnknown(
        this.#source,
        [...path, 'do'],
        raw.do,
        this.#around.known && [...BUILT_IN_ACTIONS, ...this.#around.known.actions],
        'action',
      )
    this.#needs(path, raw, 'template', ['notify', 'letter'])
    this.#needs(path, raw, 'fee', ['request-payment'])
    this.#needs(path, raw, 'after', ['start-timer'])
    if (raw.sms !== undefined && raw.do !== 'notify')
      this.#source.refuse([...path, 'sms'], `the action "${raw.do}" has no "sms"`)
    if (raw.do === 'letter' && raw.template && !this.#around.letters.includes(raw.template)) {
      this.#source.refuse([...path, 'template'], `there is no letter "${raw.template}.typ" in this folder`)
    }
    if (raw.fee !== undefined && !this.#around.fees.some((fee) => fee.name === raw.fee)) {
      this.#source.refuse([...path, 'fee'], `there is no fee "${raw.fee}" in fees.yaml`)
    }
    return {
      do: raw.do,
      ...this.#feel('when', [...path, 'when'], raw.when, scope),
      ...(pick(raw, ['template', 'sms', 'fee', 'after']) as Pick<WorkflowAction, 'template' | 'sms' | 'fee' | 'after'>),
      input: this.#inputs([...path, 'input'], raw.input, scope),
    }
  }

  #needs(path: Path, raw: Record<string, unknown>, key: string, actions: readonly string[]): void {
    const needs = actions.includes(String(raw['do']))
    if (needs && raw[key] === undefined) this.#source.refuse(path, `the action "${String(raw['do'])}" needs "${key}"`)
    if (!needs && raw[key] !== undefined) this.#source.refuse(path, `the action "${String(raw['do'])}" has no "${key}"`)
  }

  #inputs(
    path: Path,
    raw: Record<string, unknown> | undefined,
    scope: Readonly<Record<string, Shape>>,
  ): Record<string, string> {
    const inputs: Record<string, string> = {}
    for (const [name, value] of Object.entries(raw ?? {})) {
      const read = readFeel(this.#source, [...path, name], value, scope, WORKFLOW_NAMES)
      if (read) inputs[name] = read.source
    }
    return inputs
  }

  /** A condition. */
  #feel(key: string, path: Path, value: unknown, scope: Readonly<Record<string, Shape>>): Record<string, string> {
    const read = readFeel(this.#source, path, value, scope, WORKFLOW_NAMES, 'boolean')
    return read ? { [key]: read.source } : {}
  }

  /** What can be told of the whole: every state is there, can be reached, and can be left unless it ends. */
  checkGraph(workflow: WorkflowDefinition): void {
    const names = new Set(workflow.states.map((state) => state.name))
    const there = [...names].join(', ')
    if (!names.has(workflow.initial))
      this.#source.refuse(['initial'], `there is no state "${workflow.initial}"; there is: ${there}`)
    const seen = new Set<string>()
    workflow.transitions.forEach((transition, at) => {
      const path = ['transitions', at]
      if (seen.has(transition.name))
        this.#source.refuse([...path, 'name'], `there are two transitions "${transition.name}"`)
      seen.add(transition.name)
      if (!names.has(transition.to))
        this.#source.refuse([...path, 'to'], `there is no state "${transition.to}"; there is: ${there}`)
      for (const from of transition.from) {
        const state = workflow.states.find(({ name }) => name === from)
        if (!state) this.#source.refuse([...path, 'from'], `there is no state "${from}"; there is: ${there}`)
        else if (state.kind === 'final') this.#source.refuse([...path, 'from'], `"${from}" is final and cannot be left`)
        else if (transition.on === 'deadline' && !state.deadline)
          this.#source.refuse([...path, 'from'], `"${from}" has no deadline`)
      }
    })
    this.#refuseShadowed(workflow)
    const reachable = reachableStates(workflow)
    for (const state of workflow.states) {
      if (!reachable.has(state.name))
        this.#source.refuse(['states', state.name], `no transition leads to the state "${state.name}"`)
      const leaves = workflow.transitions.filter((transition) => transition.from.includes(state.name))
      if (state.kind !== 'final' && leaves.length === 0)
        this.#source.refuse(['states', state.name], `no transition leaves the state "${state.name}"`)
      if (
        state.kind === 'automatic' &&
        leaves.length > 0 &&
        !leaves.some((one) => one.by === 'system' && one.when === undefined && one.on === undefined)
      ) {
        this.#source.refuse(
          ['states', state.name],
          `cases could be stuck in "${state.name}": an automatic state needs one transition of the system without a condition, as the last`,
        )
      }
    }
  }

  /** In an automatic state the first transition that fits is taken: none after one without a condition ever is. */
  #refuseShadowed({ states, transitions }: WorkflowDefinition): void {
    const byItself = (state: string) =>
      transitions.filter((one) => one.by === 'system' && one.on === undefined && one.from.includes(state))
    const automatic = states.filter(({ kind }) => kind === 'automatic').map(({ name }) => name)
    const taken = new Set(
      automatic.flatMap((state) => {
        const offered = byItself(state)
        const last = offered.findIndex((one) => one.when === undefined)
        return last < 0 ? offered : offered.slice(0, last + 1)
      }),
    )
    transitions.forEach((one, at) => {
      if (!taken.has(one) && automatic.some((state) => byItself(state).includes(one)))
        this.#source.refuse(['transitions', at], `"${one.name}" is never taken: one before it has no condition`)
    })
  }
}

/** A name that modules must provide; null: not asked. */
export function refuseUnknown(
  source: YamlSource,
  path: Path,
  name: string,
  known: readonly string[] | null | undefined,
  what: string,
): void {
  if (!known || known.includes(name)) return
  source.refuse(path, `there is no ${what} "${name}"; there is: ${[...known].sort().join(', ')}`)
}

function pick<T extends object>(from: T, keys: readonly (keyof T & string)[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]))
}
