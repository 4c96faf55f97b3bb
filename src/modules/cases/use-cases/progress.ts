import type { JsonValue, ServiceDefinition, Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { FieldValues } from '../domain/workflow.ts'
import type { Case } from '../store/rows.ts'
import { scopeOf, type Scope } from './scope.ts'

/** What the actions of one transition have done so far; later ones build on it. */
export interface Progress {
  readonly definition: ServiceDefinition
  readonly kase: Case
  /** null: a letter outside of a decision. */
  readonly transition: Transition | null
  readonly input: FieldValues
  scope: Scope
  /** Name of an action of another module → what it gave back. */
  results: Record<string, JsonValue>
  payment: { path: string; cents: number; dueOn: Temporal.PlainDate } | null
  /** File ids of letters, sent along with the notices that follow. */
  letters: string[]
}

/** Before the first action: what was filled in for the transition, and nothing done yet. */
export const nothingDone = (
  ctx: Ctx,
  definition: ServiceDefinition,
  kase: Case,
  input: FieldValues,
  transition: Transition | null = null,
): Progress => ({
  definition,
  kase,
  transition,
  input,
  scope: { ...scopeOf(ctx, definition, kase), input, results: {} },
  results: {},
  payment: null,
  letters: [],
})
