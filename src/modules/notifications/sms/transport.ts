import type { SendResult } from '#platform/mail/transport.ts'

export interface OutgoingSms {
  /** Same for every attempt at the same message, so that a gateway can drop a repeat. */
  readonly reference: string
  /** E.164: '+497111234567' */
  readonly to: string
  readonly text: string
}

export interface SmsTransport {
  send(sms: OutgoingSms): Promise<SendResult>
}
