import { createTransport } from 'nodemailer'
import type { MailTransport, OutgoingMail, SendResult } from './transport.ts'

/** Milliseconds; RFC 5321 section 4.5.3.2 would allow minutes, but a job is waiting and will come again. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Hands mail to an SMTP server: `smtp://user:password@host:587`, `smtps://…`. One connection a mail: nothing has to be
 * closed at shutdown, and a server that was restarted is no error.
 */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true })
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(envelope(mail))
        return { ok: true }
      } catch (error) {
        return refusal(error, mail.to)
      }
    },
  }
}

function envelope(mail: OutgoingMail) {
  return {
    messageId: mail.messageId,
    from: mail.from,
    // As an object: the address is taken as it is and not read as a list of addresses.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    date: mail.date,
    text: mail.text,
    html: mail.html,
    headers: {
      // RFC 3834: programs that answer mail (out of office) leave this one alone.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.language,
    },
    attachments: mail.attachments.map((file) => ({
      filename: file.name,
      contentType: file.kind,
      content: file.content,
      contentDisposition: 'attachment' as const,
    })),
  }
}

/** RFC 5321, section 4.2.1: 5yz is permanent, 4yz is not. A wrong password is ours to mend, so it is tried again, too. */
function refusal(error: unknown, recipient: string): SendResult {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string }
  const permanent =
    responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500 && code !== 'EAUTH' && code !== 'ETLS'
  const reason = (message ?? code ?? 'unknown')
    .replaceAll(recipient, '…')
    .replace(/\S+@\S+/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
  return { ok: false, permanent, reason }
}
