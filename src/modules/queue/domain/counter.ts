import type { LocalizedText } from '#platform/i18n/locale.ts'

/** A place where people are seen. */
export interface Counter {
  readonly id: string
  readonly office: string
  readonly team: string
  /** "Schalter 3" */
  readonly name: LocalizedText
  /** From the waiting room. */
  readonly way: LocalizedText
  readonly isOpen: boolean
  /** Who sits there. */
  readonly clerk: string | null
  readonly since: Temporal.Instant | null
  /** Without a break; null while it is closed. */
  readonly openSince: Temporal.Instant | null
}
