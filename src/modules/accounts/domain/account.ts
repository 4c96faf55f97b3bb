import type { Locale } from '#platform/i18n/locale.ts'

export type AccountKind = 'citizen' | 'staff'

export interface Account {
  readonly id: string
  readonly kind: AccountKind
  readonly name: string
  readonly email: string
  /** Language of mails and letters to this person. */
  readonly locale: Locale
}
