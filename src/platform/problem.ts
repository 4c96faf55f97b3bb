import type { LocalizedText } from './i18n/locale.ts'

/**
 * Expected failures are values. `problem` is a word in kebab case; `platform/http` alone maps it to a status,
 * a page in the person's language, or an RFC 9457 problem document.
 */
export type Result<T, P extends string = ProblemType> = { readonly ok: true; readonly value: T } | Failure<P>

export interface Failure<P extends string = ProblemType> {
  readonly ok: false
  readonly problem: P
  /** What exactly is wrong, in the person's language, or for logs; holds no personal data. */
  readonly detail?: string
  /** The same in both languages, where who says it does not know which is wanted. */
  readonly says?: LocalizedText
  /** Seconds after which it may go (RFC 9110, section 10.2.3). */
  readonly retryAfter?: number
  /** Field name (JSON pointer without the slash in front) → message in the person's language. */
  readonly fields?: Readonly<Record<string, string>>
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const fail = <P extends string>(problem: P, more: Omit<Failure<P>, 'ok' | 'problem'> = {}): Failure<P> => ({
  ok: false,
  problem,
  ...more,
})

/** Problem types that every module shares; a module adds its own in its manifest (`problems`). */
export type ProblemType =
  | 'bad-request'
  | 'sign-in-required'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'edited-by-others'
  | 'gone'
  | 'too-large'
  | 'unsupported-media-type'
  | 'invalid-input'
  | 'version-changed'
  | 'version-required'
  | 'too-many-requests'
  | 'internal-error'
  | 'busy'
  | 'no-room'
  | 'unavailable'
  | (string & {})
