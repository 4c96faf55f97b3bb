import { evaluate } from '#modules/services/public.ts'

/** What an expression of the definition says of the applicant (`answers.contact.email`); null where it says nothing. */
export function saidOfApplicant(
  expression: string | undefined,
  answers: Readonly<Record<string, unknown>>,
): string | null {
  const value = expression === undefined ? null : evaluate(expression, { answers })
  return typeof value === 'string' && value !== '' ? value : null
}
