import type { ServiceDefinition, State, Transition, TransitionField, WorkflowEvent } from '#modules/services/public.ts'
import { ok, fail, type Result } from '#platform/problem.ts'
import { readDay } from '#platform/time/day.ts'

/** Who wants to move a case. */
export type Actor =
  | { readonly kind: 'applicant' }
  /** `may` tells whether the clerk holds a permission in the unit of the case. */
  | { readonly kind: 'clerk'; readonly may: (permission: string) => boolean }
  /** `event`: what happened; null: the case has just entered its state, or its checks have come back. */
  | { readonly kind: 'system'; readonly event: WorkflowEvent | null }
  | { readonly kind: 'partner' }

/** Whether a condition in FEEL holds for the case. */
export type Holds = (condition: string) => boolean

type Workflow = Pick<ServiceDefinition, 'workflow' | 'permissions'>

/** The state's definition. A case whose state is none of its version's is an error of the program. */
export function stateOf({ workflow }: Pick<ServiceDefinition, 'workflow'>, name: string): State {
  const state = workflow.states.find((candidate) => candidate.name === name)
  if (!state) throw new Error(`the workflow has no state ${name}`)
  return state
}

/** The permission that a clerk needs for it. */
export function permissionFor({ permissions }: Pick<ServiceDefinition, 'permissions'>, transition: Transition): string {
  return transition.permission ?? permissions.decide
}

/** Whether the transition is this actor's to take (where it may be taken at all). */
export function isOpenTo(definition: Workflow, transition: Transition, actor: Actor): boolean {
  if (transition.by !== actor.kind) return false
  if (actor.kind === 'clerk') return actor.may(permissionFor(definition, transition))
  if (actor.kind === 'system') return (transition.on ?? null) === actor.event
  return true
}

/** What somebody can do with a case in this state, in the order of the definition. */
export function offeredTransitions(definition: Workflow, state: string, actor: Actor, holds: Holds): Transition[] {
  return definition.workflow.transitions.filter(
    (transition) =>
      transition.from.includes(state) &&
      isOpenTo(definition, transition, actor) &&
      (transition.when === undefined || holds(transition.when)),
  )
}

/**
 * The first transition of the system that holds: on entering a state, or when something happened. `except`: those that
 * have been tried and refused.
 */
export function systemTransition(
  definition: Workflow,
  state: string,
  event: WorkflowEvent | null,
  holds: Holds,
  except: ReadonlySet<string> = new Set(),
): Transition | null {
  const offered = offeredTransitions(definition, state, { kind: 'system', event }, holds)
  return offered.find(({ name }) => !except.has(name)) ?? null
}

/** Whether anything waits to be done by the machine as soon as the state is entered. */
export function advancesByItself({ workflow }: Pick<ServiceDefinition, 'workflow'>, state: string): boolean {
  const { checks } = stateOf({ workflow }, state)
  return (
    checks.length > 0 ||
    workflow.transitions.some((t) => t.by === 'system' && t.on === undefined && t.from.includes(state))
  )
}

/** Whether something happens by itself when the deadline of the state has passed. */
export const expectsDeadline = ({ workflow }: Pick<ServiceDefinition, 'workflow'>, state: string): boolean =>
  workflow.transitions.some((t) => t.by === 'system' && t.on === 'deadline' && t.from.includes(state))

/**
 * The transition that somebody named, if it may be taken now.
 * `transition-not-allowed`: unknown, not from this state, or its condition does not hold. `forbidden`: not theirs.
 */
export function chooseTransition(
  definition: Workflow,
  state: string,
  name: string,
  actor: Actor,
  holds: Holds,
): Result<Transition, 'transition-not-allowed' | 'forbidden'> {
  const transition = definition.workflow.transitions.find((candidate) => candidate.name === name)
  if (!transition || transition.by !== actor.kind) return fail('transition-not-allowed')
  if (!transition.from.includes(state)) return fail('transition-not-allowed')
  if (!isOpenTo(definition, transition, actor)) return fail('forbidden')
  if (transition.when !== undefined && !holds(transition.when)) return fail('transition-not-allowed')
  return ok(transition)
}

export type FieldProblem = 'required' | 'too-long' | 'no-date' | 'no-money' | 'no-option'

/** Values of a transition's fields: text as typed, dates as `YYYY-MM-DD`, money in cents. */
export type FieldValues = Readonly<Record<string, string | number | null>>

/**
 * Reads what was filled in for a transition. Money is typed as people write it ("12,50"), dates as the browser sends
 * them or as "24.12.2026". Empty values become null.
 */
export function readFields(
  fields: readonly TransitionField[],
  typed: (name: string) => unknown,
):
  | { readonly ok: true; readonly value: FieldValues }
  | { readonly ok: false; readonly problems: Readonly<Record<string, FieldProblem>> } {
  const values: Record<string, string | number | null> = {}
  const problems: Record<string, FieldProblem> = {}
  for (const field of fields) {
    const given = typed(field.name)
    const text =
      typeof given === 'number' ? String(given) : typeof given === 'string' ? given.normalize('NFC').trim() : ''
    values[field.name] = null
    if (text === '') {
      if (field.required) problems[field.name] = 'required'
      continue
    }
    const read = readField(field, text, typeof given === 'number')
    if (read.ok) values[field.name] = read.value
    else problems[field.name] = read.problem
  }
  return Object.keys(problems).length === 0 ? { ok: true, value: values } : { ok: false, problems }
}

type ReadField = { ok: true; value: string | number } | { ok: false; problem: FieldProblem }

function readField(field: TransitionField, text: string, isNumber: boolean): ReadField {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return [...text].length > field.max ? { ok: false, problem: 'too-long' } : { ok: true, value: text }
    case 'choice':
      return field.options.includes(text) ? { ok: true, value: text } : { ok: false, problem: 'no-option' }
    case 'date': {
      const day = readDay(text).date
      return day ? { ok: true, value: day.toString() } : { ok: false, problem: 'no-date' }
    }
    case 'money': {
      // A number of the JSON operation is whole cents already.
      const cents = isNumber ? Number(text) : readCents(text)
      return cents !== null && Number.isSafeInteger(cents) && cents >= 0 && cents <= 99_999_999
        ? { ok: true, value: cents }
        : { ok: false, problem: 'no-money' }
    }
  }
}

function readCents(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*(?:€|EUR)?$/.exec(text)
  return match ? Number(match[1]!.replaceAll('.', '')) * 100 + Number((match[2] ?? '0').padEnd(2, '0')) : null
}
