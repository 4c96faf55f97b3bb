import { evaluate, feelAnswers, type ServiceDefinition } from '#modules/services/public.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import type { Ctx } from '#platform/context.ts'
import type { Findings } from '../domain/case.ts'
import type { Holds } from '../domain/workflow.ts'
import type { Case } from '../store/rows.ts'

/** The names that conditions and inputs of a workflow (FEEL) may use. */
export type Scope = Readonly<Record<string, unknown>>

export function scopeOf(
  ctx: Pick<Ctx, 'clock'>,
  definition: ServiceDefinition,
  kase: Case,
  findings: Findings = kase.findings,
): Scope {
  return {
    answers: feelAnswers(definition, kase.answers),
    case: {
      id: kase.id,
      number: kase.number,
      service: kase.service,
      state: kase.state,
      channel: kase.channel,
      openedOn: kase.openedOn,
      enteredOn: cityDate(kase.enteredAt),
      applicant: { name: kase.applicant.name, email: kase.applicant.email },
    },
    findings: Object.fromEntries(
      Object.entries(findings).map(([name, { outcome, data }]) => [name, { outcome, data: data ?? null }]),
    ),
    today: today(ctx.clock),
  }
}

/** A condition holds only if it is exactly true: null (something is missing) is no. */
export const holdsIn =
  (scope: Scope): Holds =>
  (condition) =>
    evaluate(condition, scope) === true

/** Inputs of a check or an action: name → value. Days become `YYYY-MM-DD`, so that inputs can be kept as JSON. */
export function inputsFrom(scope: Scope, expressions: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => {
      const value = evaluate(expression, scope)
      return [name, value instanceof Temporal.PlainDate ? value.toString() : value]
    }),
  )
}
