import { eventType } from '#platform/events/events.ts'
import type { Locale } from '#platform/i18n/locale.ts'

/** A mail that accounts wants sent. Notifications stand above accounts, so accounts ask by event and notifications listen. */
export interface AccountMail {
  /** Unique; the same key is sent once (to be handed to `notify` as it is). */
  readonly key: string
  readonly to: string
  /** The account behind the address, where there is one. */
  readonly accountId: string | null
  readonly locale: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** Path of this city without language prefix. It holds a secret that works once. */
  readonly link: { readonly path: string; readonly label: string } | null
}

/** By mail only, and never into the portal's inbox: the link in it is a key to the account. */
export const accountMailWanted = eventType<AccountMail>('accounts.mail-wanted')

/** An account was deleted at its owner's wish, together with what each module's `privacy.erase` deletes. */
export const accountErased = eventType<{ readonly accountId: string }>('accounts.erased')
