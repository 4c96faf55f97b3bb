import { isId } from '#platform/http/query.ts'
import type { FormFields } from '#platform/http/route.ts'
import { CHOICES, type Choice } from '../../store/plan-changes.ts'
import type { Choices } from '../../use-cases/plan/make-change.ts'

const HIT = 'hit.'

const choiceOf = (typed: string): Choice | null => CHOICES.find((choice) => choice === typed) ?? null

/**
 * What was chosen for all whom a change hits, and for some of them.
 * @param otherwise where nothing was asked: people choose themselves
 */
export function choicesIn(form: FormFields, otherwise: Choice = 'write'): Choices {
  const own = form.names().flatMap((name): [string, Choice][] => {
    const [id, choice] = [name.slice(HIT.length), choiceOf(form.get(name))]
    return name.startsWith(HIT) && isId(id) && choice ? [[id, choice]] : []
  })
  return { all: choiceOf(form.get('all')) ?? otherwise, one: new Map(own) }
}

export type Step = 'form' | 'preview' | 'save'

export const stepIn = (form: FormFields): Step =>
  (['form', 'save'] as const).find((step) => step === form.get('next')) ?? 'preview'
