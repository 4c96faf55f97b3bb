import type { Field, Group, Step } from './form-definition.ts'

/** What is wrong with one answer, in a word; `messages.ts` has the sentences. */
export type IssueCode =
  | 'required'
  | 'consent'
  | 'unknown'
  | 'not-an-object'
  | 'wrong-type'
  | 'unreadable'
  | 'line-break'
  | 'too-short'
  | 'too-long'
  | 'pattern'
  | 'number'
  | 'decimals'
  | 'too-small'
  | 'too-large'
  | 'day'
  | 'too-early'
  | 'too-late'
  | 'option'
  | 'twice'
  | 'plate'
  | 'iban'
  | 'mail'
  | 'telephone'
  | 'street'
  | 'house-number'
  | 'postcode'
  | 'place'
  | 'address-unknown'
  | 'file-unknown'
  | 'file-kind'
  | 'file-too-large'
  | 'too-many-files'
  | 'too-few-files'
  | 'too-few-entries'
  | 'too-many-entries'
  | 'check'

export interface Issue {
  readonly code: IssueCode
  /** JSON pointer without the slash in front: `dogs/0/chip`. */
  readonly pointer: string
  readonly step: Step | null
  /** Path without indexes, as in the texts: `dogs.chip`. */
  readonly path: string
  readonly field: Field | Group | null
  /** Limits for the message; dates as 'YYYY-MM-DD'; the name of a check. */
  readonly limit?: number | string
}

/** One part of a JSON pointer (RFC 6901). */
export const pointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
