import type { LetterInput } from './letters.ts'
import type { FieldValues } from './workflow.ts'

/** Seconds in which a clerk can take back what leaves the house. */
export const SECONDS_TO_UNDO = 10

/** What a clerk has done that leaves the house: it waits `SECONDS_TO_UNDO`, then it happens as it was written. */
export type Waiting =
  | { readonly kind: 'decision'; readonly transition: string; readonly input: FieldValues }
  | ({ readonly kind: 'message' } & WaitingMessage)
  | ({ readonly kind: 'letter' } & WaitingLetter)
  | ({ readonly kind: 'statement' } & WaitingQuestion)

/** Of the form that it came from: sent twice, it does one thing. */
interface OfForm {
  readonly key: string
}

export interface WaitingMessage extends OfForm {
  readonly body: string
}

export interface WaitingLetter extends OfForm, LetterInput {
  readonly template: string
}

/** A question to another organisation. */
export interface WaitingQuestion extends OfForm {
  readonly organisation: string
  readonly email: string
  readonly question: string
}
