import { fail, ok, type Result } from '#platform/problem.ts'

export const FEEDBACK_STATES = ['open', 'answered', 'closed'] as const
export type FeedbackState = (typeof FEEDBACK_STATES)[number]

/** Characters; long enough for a careful description, short enough to be read. */
export const LONGEST_MESSAGE = 4000
export const LONGEST_LINE = 200

export interface FeedbackInput {
  readonly about: string
  readonly message: string
  readonly name: string
  readonly email: string
}

/** Field → what is wrong with it. */
export type FeedbackErrors = Partial<Record<keyof FeedbackInput, 'missing' | 'too-long' | 'not-an-address'>>

/** What a person typed, without blanks at the ends; or what is wrong with it. */
export function readFeedback(
  typed: FeedbackInput,
): Result<FeedbackInput, 'invalid-input'> & { errors?: FeedbackErrors } {
  const input: FeedbackInput = {
    about: typed.about.trim(),
    message: typed.message.trim(),
    name: typed.name.trim(),
    email: typed.email.trim(),
  }
  const errors: FeedbackErrors = {}
  if (input.message === '') errors.message = 'missing'
  else if (input.message.length > LONGEST_MESSAGE) errors.message = 'too-long'
  for (const field of ['about', 'name', 'email'] as const)
    if (input[field].length > LONGEST_LINE) errors[field] = 'too-long'
  // One @ with something on both sides and no blanks: whether mail arrives there only sending can tell.
  if (input.email !== '' && !errors.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.email))
    errors.email = 'not-an-address'
  return Object.keys(errors).length === 0 ? ok(input) : { ...fail('invalid-input'), errors }
}

/** An answer needs words; and an address, or nobody would get it. */
export function readAnswer(typed: string): Result<string, 'missing' | 'too-long'> {
  const answer = typed.trim()
  if (answer === '') return fail('missing')
  return answer.length > LONGEST_MESSAGE ? fail('too-long') : ok(answer)
}
