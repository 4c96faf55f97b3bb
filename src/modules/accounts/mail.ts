import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { Locale } from '#platform/i18n/locale.ts'

/** A mail that accounts wants sent. Its shape is that of a notice, so that it can be handed on as it is. */
export interface AccountMail {
  /** Unique; the same key is sent once. */
  readonly key: string
  readonly to: { readonly email: string }
  readonly locale: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** Path of this city without language prefix. It holds a secret that works once. */
  readonly link?: { readonly path: string; readonly label: string }
}

export type AccountMailer = (ctx: Ctx, mail: AccountMail) => Promise<void>

/**
 * How accounts send mail: notifications stand above and provide it. Called inside the transaction that is the mail's
 * cause. Not an event, because events are kept, and the link in the mail is a key to the account.
 */
export const accountMailer = extensionPoint<AccountMailer>('accounts.mailer')

export async function sendAccountMail(ctx: Ctx, mail: AccountMail): Promise<void> {
  for (const mailer of ctx.app.extensions(accountMailer).values()) await mailer(ctx, mail)
}

/** Mails a key that works once (`issueLink`); `path` is the page that takes it as `?code=`. */
export function mailLink(
  ctx: Ctx,
  mail: {
    readonly issued: { readonly id: string; readonly token: string }
    readonly path: string
    readonly to: string
    readonly locale: Locale
    /** Without a label the mail says what it says, and leads nowhere. */
    readonly words: { readonly subject: string; readonly paragraphs: readonly string[]; readonly link: string | null }
  },
): Promise<void> {
  const { issued, words } = mail
  return sendAccountMail(ctx, {
    key: `accounts.link:${issued.id}`,
    to: { email: mail.to },
    locale: mail.locale,
    subject: words.subject,
    paragraphs: words.paragraphs,
    ...(words.link === null ? {} : { link: { path: `${mail.path}?code=${issued.token}`, label: words.link } }),
  })
}
