import type { LetterTemplate, ServiceDefinition } from '#modules/services/public.ts'

/** The city's own letter: a subject and a text that a clerk writes. No template of a service has a dot in its name. */
export const GENERAL_LETTER = 'cases.general'

/** What a clerk writes into a letter outside of a decision; templates find it as `input.subject` and `input.text`. */
export interface LetterInput {
  readonly subject: string
  readonly text: string
}

/**
 * Templates that a clerk may use at any time. Those that a transition makes are not among them: a notice that refuses
 * something must not leave the house without the refusal.
 */
export function freeLetters({ letters, workflow }: Pick<ServiceDefinition, 'letters' | 'workflow'>): LetterTemplate[] {
  const ofDecisions = new Set(
    workflow.transitions.flatMap(({ actions }) => actions.flatMap((one) => (one.do === 'letter' ? one.template : []))),
  )
  return letters.filter(({ name }) => !ofDecisions.has(name))
}
