import type { Readable } from 'node:stream'

/** A mail ready to go: one recipient, both parts written. */
export interface OutgoingMail {
  /** With angle brackets: `<id@host>`; the same for every attempt at the same mail (RFC 5322, section 3.6.4). */
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly date: Date
  readonly text: string
  readonly html: string
  readonly language: string
  readonly attachments: readonly MailAttachment[]
}

export interface MailAttachment {
  readonly name: string
  /** Media type. */
  readonly kind: string
  readonly content: Readable | Buffer
}

/**
 * What came of an attempt. `permanent`: the other side said no (SMTP 5xx) and a repeat would get the same answer.
 * `reason` holds what the other side said, without the recipient's address.
 */
export type SendResult =
  { readonly ok: true } | { readonly ok: false; readonly permanent: boolean; readonly reason: string }

export interface MailTransport {
  send(mail: OutgoingMail): Promise<SendResult>
}
