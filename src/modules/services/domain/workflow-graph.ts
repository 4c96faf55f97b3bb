import type { WorkflowDefinition } from './workflow-definition.ts'

/** States that a case can get into from the initial one. */
export function reachableStates(workflow: Pick<WorkflowDefinition, 'initial' | 'transitions'>): ReadonlySet<string> {
  const reached = new Set([workflow.initial])
  for (const state of reached) {
    for (const { from, to } of workflow.transitions) if (from.includes(state)) reached.add(to)
  }
  return reached
}

/** How many transitions a state is away from the initial one, by the shortest way; for drawing. */
export function stateLevels(
  workflow: Pick<WorkflowDefinition, 'initial' | 'transitions'>,
): ReadonlyMap<string, number> {
  const levels = new Map([[workflow.initial, 0]])
  for (const [state, level] of levels) {
    for (const { from, to } of workflow.transitions) {
      if (from.includes(state) && !levels.has(to)) levels.set(to, level + 1)
    }
  }
  return levels
}
