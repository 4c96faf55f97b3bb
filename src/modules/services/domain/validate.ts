import type { Locale } from '#platform/i18n/locale.ts'
import { fail, ok, type Failure } from '#platform/problem.ts'
import type { Answers } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Step } from './form-definition.ts'
import { examine, type Examined, type ExamineOptions } from './examine.ts'
import { messageOf } from './messages.ts'

export interface ValidateOptions extends ExamineOptions {
  readonly locale: Locale
}

/**
 * Checks answers as they come from a page or as JSON. What is good comes back normalised ('s-ab1234' → 'S-AB 1234'),
 * without what is invisible, with what is computed. `invalid-input` has a message for each JSON pointer.
 */
export function validateAnswers(
  def: ServiceDefinition,
  answers: unknown,
  options: ValidateOptions,
): { readonly ok: true; readonly value: Answers } | Failure<'invalid-input'> {
  const examined = examine(def, answers, options)
  if (examined.issues.length === 0) return ok(examined.answers)
  return fail('invalid-input', { fields: fieldMessages(def, examined, options.locale) })
}

/** JSON pointer without the slash in front → message; the first of each pointer. */
export function fieldMessages(
  def: ServiceDefinition,
  examined: Pick<Examined, 'issues'>,
  locale: Locale,
): Readonly<Record<string, string>> {
  const messages = new Map<string, string>()
  for (const issue of examined.issues) {
    if (!messages.has(issue.pointer)) messages.set(issue.pointer, messageOf(def, issue, locale))
  }
  return Object.fromEntries(messages)
}

/** The pages that a person with these answers sees. */
export function visibleSteps(def: ServiceDefinition, answers: Answers, today: Temporal.PlainDate): readonly Step[] {
  return examine(def, answers, { today }).steps
}

/** Answers without what their own conditions have made invisible; computed values are worked out anew. */
export function pruneAnswers(def: ServiceDefinition, answers: Answers, today: Temporal.PlainDate): Answers {
  return examine(def, answers, { today }).answers
}
