import { SMTPServer } from 'smtp-server'

export interface TakenMail {
  readonly to: string
  readonly subject: string
  readonly messageId: string
}

export interface Mailbox {
  readonly url: string
  readonly mails: readonly TakenMail[]
  close(): Promise<void>
}

/** A real SMTP server that takes everything and remembers who got what, repeats included. */
export async function mailbox(): Promise<Mailbox> {
  const mails: TakenMail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
      stream.once('end', () => {
        const header = text.slice(0, text.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
        // Copied: a part of a string keeps the whole mail in memory.
        const field = (name: string) =>
          Buffer.from(new RegExp(`^${name}: *(.*)$`, 'im').exec(header)?.[1]?.trim() ?? '').toString()
        for (const { address } of session.envelope.rcptTo) {
          mails.push({ to: address, subject: field('subject'), messageId: field('message-id') })
        }
        done()
      })
    },
  })
  // A killed application leaves connections that break off.
  server.on('error', () => {})
  const port = await new Promise<number>((found) => {
    server.listen(0, '127.0.0.1', () => found((server.server.address() as { port: number }).port))
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise((done) => server.close(done)),
  }
}
