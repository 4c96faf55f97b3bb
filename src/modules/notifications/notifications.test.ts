import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { one, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import type { Notice } from './domain/notice.ts'
import { deliverMessage } from './deliver.ts'
import { notify, notifyMany, recordPastMessages } from './public.ts'
import { requeue } from './store/deliveries.ts'
import type { DeliveryRow } from './store/messages.ts'
import { deliveriesOf } from './store/deliveries.ts'
import { startMailServer, type MailServer } from '#src/testing/mail-server.ts'

let server: MailServer
let city: TestCity
let ctx: Ctx
let n = 0

const notice = (more: Partial<Notice> = {}): Notice => ({
  key: `test:${(n += 1)}`,
  to: { email: 'anna.becker@musterstadt.example' },
  locale: 'de',
  subject: 'Ihr Antrag ist da',
  paragraphs: ['Guten Tag,', 'wir prüfen Ihren Antrag – bis zum 27. März.'],
  link: { path: '/meine-antraege/1', label: 'Zum Antrag' },
  ...more,
})

const deliveries = async (id: string): Promise<DeliveryRow[]> => deliveriesOf(ctx, id)
const only = async (id: string): Promise<DeliveryRow> => (await deliveries(id))[0]!

beforeAll(async () => {
  server = await startMailServer()
  city = await testCity({ config: { smtpUrl: server.url, mailFrom: 'rathaus@musterstadt.example' } })
  ctx = await city.ctx()
})
afterAll(() => server.close())
beforeEach(() => void server.mails.splice(0))

describe('a mail', () => {
  it('arrives with both parts, the city as its sender and nobody else as its recipient', async () => {
    const { id } = await notify(ctx, notice())
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
    const [mail] = server.mails
    expect(mail!.to).toEqual(['anna.becker@musterstadt.example'])
    expect(mail!.from).toBe('rathaus@musterstadt.example')
    expect(mail!.header('Subject')).toBe('Ihr Antrag ist da')
    expect(mail!.header('Message-ID')).toBe(`<${id}@localhost>`)
    expect(mail!.header('Auto-Submitted')).toBe('auto-generated')
    expect(mail!.raw).toContain('text/plain')
    expect(mail!.raw).toContain('text/html')
    expect(mail!.raw).toContain('/meine-antraege/1')
    expect(await only(id)).toMatchObject({ state: 'sent', attempts: 1, transport: 'smtp' })
  })

  it('goes out once for a key', async () => {
    const wish = notice()
    const [one, two] = [await notify(ctx, wish), await notify(ctx, wish)]
    expect(two).toEqual({ id: one.id, repeated: true })
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
  })

  it('goes to an address that nobody has confirmed ten times an hour; the rest staff can send on', async () => {
    const to = { email: 'Opfer@musterstadt.example' }
    const sent: string[] = []
    for (let n = 0; n < 12; n++) sent.push((await notify(ctx, notice({ to, unconfirmed: true }))).id)
    // Written otherwise it is the same inbox; who has an account or is written to by staff gets everything.
    const other = await notify(ctx, notice({ to: { email: 'opfer@MUSTERSTADT.example' }, unconfirmed: true }))
    const byStaff = await notify(ctx, notice({ to }))
    await city.runJobs()
    expect(server.mails).toHaveLength(11)
    expect(await only(other.id)).toMatchObject({ state: 'failed', lastError: 'too-many-mails' })
    expect(await only(byStaff.id)).toMatchObject({ state: 'sent' })
    await requeue(ctx, [(await only(sent.at(-1)!)).id])
    await city.runJobs()
    expect(server.mails).toHaveLength(12)
    city.clock.advance({ hours: 1 })
    const later = await notify(ctx, notice({ to, unconfirmed: true }))
    await city.runJobs()
    expect(await only(later.id)).toMatchObject({ state: 'sent' })
  })

  it('goes to a stranger no more often because whoever typed the address is signed in', async () => {
    const otto = await addCitizen(ctx, { name: 'Otto Anders', email: 'otto@city.example' })
    const to = (email: string) => ({ accountId: otto.id, email })
    const states = async (email: string) => {
      const ids: string[] = []
      for (let n = 0; n < 12; n++) ids.push((await notify(ctx, notice({ to: to(email), unconfirmed: true }))).id)
      const all = (await Promise.all(ids.map(deliveries))).flat().filter(({ channel }) => channel === 'mail')
      return all.filter(({ lastError }) => lastError === 'too-many-mails').length
    }
    expect(await states('nachbarin@city.example')).toBe(2)
    expect(await states('Otto@city.example')).toBe(0)
    await city.runJobs()
  })

  it('goes by SMS to a number that nobody has confirmed five times an hour, however it is written, and nowhere abroad', async () => {
    const sms = async (telephone: string, unconfirmed: boolean | 'telephone' = true) =>
      (await only((await notify(ctx, notice({ to: { telephone }, channels: ['sms'], unconfirmed }))).id)).lastError
    const spellings = ['0171 7654321', '+49 171 7654321', '0049171/7654321']
    const errors: (string | null)[] = []
    for (let n = 0; n < 7; n++) errors.push(await sms(spellings[n % 3]!))
    expect(errors).toEqual([null, null, null, null, null, 'too-many-sms', 'too-many-sms'])
    expect(await sms('0171 7654321', 'telephone')).toBe('too-many-sms')
    expect(await sms('0171 7654322')).toBeNull()
    expect(await sms('0171 7654321', false)).toBeNull()
    for (const other of ['+1 900 555 0100', '0900 123456', '0711 1234'])
      expect(await sms(other)).toBe('address-not-valid')
    const together = await notifyMany(
      ctx,
      Array.from({ length: 7 }, () =>
        notice({ to: { telephone: '0151 7654321' }, channels: ['sms'], unconfirmed: true }),
      ),
    )
    const planned = (await Promise.all(together.map(({ id }) => only(id)))).filter(
      ({ lastError }) => lastError === null,
    )
    expect(planned).toHaveLength(5)
    await city.runJobs()
  })

  it('does not go out for a transaction that was rolled back', async () => {
    await expect(
      transaction(ctx, async (tx) => {
        await notify(tx, notice())
        throw new Error('no permit after all')
      }),
    ).rejects.toThrow()
    await city.runJobs()
    expect(server.mails).toEqual([])
  })

  it('that waits for its next attempt goes out at once when staff ask for it, as the mail server is back', async () => {
    server.refuse(451)
    const { id } = await notify(ctx, notice())
    await city.runJobs({ ignoreFailures: true })
    const waiting = await only(id)
    expect(waiting.nextAttemptAt).not.toBeNull()
    expect(await requeue(ctx, [waiting.id])).toBe(1)
    expect(await only(id)).toMatchObject({ state: 'queued', nextAttemptAt: null })
    // Nothing is left to hurry: it is at the head of the queue, or being sent.
    expect(await requeue(ctx, [waiting.id])).toBe(0)
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
    expect(await only(id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('is tried again after a refusal for now', async () => {
    server.refuse(451)
    const { id } = await notify(ctx, notice())
    await city.runJobs({ ignoreFailures: true })
    expect(server.mails).toEqual([])
    const waiting = await only(id)
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1 })
    expect(waiting.lastError).toContain('try later')
    expect(waiting.lastError).not.toContain('anna')
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
    expect(await only(id)).toMatchObject({ state: 'sent', attempts: 2, lastError: null })
  })

  it('is not tried again after a refusal for good, until staff say so', async () => {
    server.refuse(550)
    const { id } = await notify(ctx, notice())
    await city.runJobs()
    await city.runJobs()
    expect(server.mails).toEqual([])
    const failed = await only(id)
    expect(failed).toMatchObject({ state: 'failed', attempts: 1 })
    expect(await requeue(ctx, [failed.id])).toBe(1)
    expect(await requeue(ctx, [failed.id])).toBe(0)
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
    expect(await only(id)).toMatchObject({ state: 'sent' })
  })

  it('is tried again while the server cannot be reached', async () => {
    const away = { ...ctx, app: { ...ctx.app, config: { ...ctx.app.config, smtpUrl: 'smtp://127.0.0.1:1' } } }
    const { id } = await notify(ctx, notice())
    const delivery = await only(id)
    await expect(deliverMessage(away, { delivery: delivery.id }, { attempt: 1, maxAttempts: 25 })).rejects.toThrow()
    expect(await only(id)).toMatchObject({ state: 'queued', attempts: 1 })
    await expect(
      deliverMessage(away, { delivery: delivery.id }, { attempt: 25, maxAttempts: 25 }),
    ).resolves.toBeUndefined()
    expect(await only(id)).toMatchObject({ state: 'failed', attempts: 2 })
    await requeue(ctx, [delivery.id])
    await city.runJobs()
    expect(server.mails).toHaveLength(1)
  })

  it('that a crash between sending and noting makes go out again carries the same Message-ID', async () => {
    const { id } = await notify(ctx, notice())
    const { id: delivery } = await only(id)
    const broken = { ...ctx, clock: { now: () => { throw new Error('killed') } } } // prettier-ignore
    await expect(deliverMessage(broken, { delivery }, { attempt: 1, maxAttempts: 25 })).rejects.toThrow('killed')
    expect(await only(id)).toMatchObject({ state: 'queued' })
    await city.runJobs()
    expect(server.mails).toHaveLength(2)
    expect(server.mails[0]!.header('Message-ID')).toBe(server.mails[1]!.header('Message-ID'))
    await city.runJobs()
    expect(server.mails).toHaveLength(2)
  })

  it('cannot be given a header or another recipient by what somebody typed', async () => {
    const evil = 'a@b.example\r\nBcc: all@city.example'
    const one = await notify(ctx, notice({ to: { email: evil } }))
    const two = await notify(ctx, notice({ subject: 'Hallo\r\nBcc: all@city.example\r\n\r\nText' }))
    await city.runJobs()
    expect(await only(one.id)).toMatchObject({ state: 'failed', lastError: 'address-not-valid' })
    expect(await only(two.id)).toMatchObject({ state: 'sent' })
    expect(server.mails).toHaveLength(1)
    expect(server.mails[0]!.to).toEqual(['anna.becker@musterstadt.example'])
    expect(server.mails[0]!.header('Bcc')).toBe('')
  })

  it('carries its attachments', async () => {
    const file = await ctx.app.files.save(ctx, { name: 'Ausweis.txt', content: Buffer.from('gültig'), owner: 'case:1' })
    await notify(ctx, notice({ attachments: [file.id] }))
    await city.runJobs()
    expect(server.mails[0]!.raw).toContain('Ausweis.txt')
    expect(server.mails[0]!.raw.replace(/\s/g, '')).toContain(Buffer.from('gültig').toString('base64'))
  })

  it('with a key to an account is forgotten once it was sent', async () => {
    const { id } = await notify(
      ctx,
      notice({ confidential: true, link: { path: '/passwort/geheim', label: 'Neu setzen' } }),
    )
    await city.runJobs()
    expect(server.mails[0]!.raw).toContain('/passwort/geheim')
    const row = await one(
      ctx.db,
      sql<{ paragraphs: string[]; link_path: string | null }>`
      select paragraphs, link_path from notifications_message where id = ${id}`,
    )
    expect(row).toEqual({ paragraphs: [], link_path: null })
  })
})

describe('without a mail server', () => {
  it('mail stays in the database and is shown under /dev/outbox', async () => {
    const quiet = await testCity()
    const there = await quiet.ctx()
    const { id } = await notify(there, notice({ to: { email: 'quiet@musterstadt.example' } }))
    await quiet.runJobs()
    expect((await deliveriesOf(there, id))[0]).toMatchObject({ state: 'sent', transport: 'database' })
    const list = await quiet.get('/dev/outbox?q=quiet')
    expect(list.body).toContain('quiet@musterstadt.example')
    const shown = await quiet.get(`/dev/outbox/${id}`)
    expect(shown.body).toContain('wir prüfen Ihren Antrag')
    expect((await quiet.get(`/en/dev/outbox/${id}`)).body).toContain('lang="de"')
    expect((await quiet.get('/dev/outbox/not-an-id')).status).toBe(404)
  })

  it('nobody else in the network sees it, whatever host they ask for and whoever they say they are', async () => {
    const quiet = await testCity()
    const from = (remoteAddress: string, headers = {}) =>
      quiet.server.inject({ url: '/dev/outbox', headers: { host: 'localhost', ...headers }, remoteAddress })
    expect((await from('::1')).statusCode).toBe(200)
    expect((await from('192.168.1.20')).statusCode).toBe(404)
    expect((await from('192.168.1.20', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404)
    // A tunnel or a proxy that nobody told us of.
    expect((await from('127.0.0.1', { 'x-forwarded-for': '192.168.1.20' })).statusCode).toBe(404)
  })

  it('there is no such page where mail goes out', async () => {
    const hidden = await testCity({ config: { smtpUrl: server.url, devPages: 'nobody' } })
    expect((await hidden.get('/dev/outbox')).status).toBe(404)
  })
})

describe('an SMS', () => {
  it('goes to the gateway with token and reference; 429 is tried again, 400 is not', async () => {
    const taken: { body: unknown; authorization: string | undefined }[] = []
    const answers = [429, 202, 400]
    const gateway = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        taken.push({ body: JSON.parse(body), authorization: request.headers.authorization })
        response.writeHead(answers.shift() ?? 500).end()
      })
    })
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
    const smsUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`
    const secret = (_tenant: string, name: string) => (name === 'SMS_TOKEN' ? 'token' : null)
    const phone = await testCity({ config: { smsUrl, secret } })
    const there = await phone.ctx()
    const one = await notify(there, notice({ to: { telephone: '0171 1234567' }, channels: ['sms'] }))
    await phone.runJobs({ ignoreFailures: true })
    expect((await deliveriesOf(there, one.id))[0]).toMatchObject({ state: 'queued', lastError: 'gateway: HTTP 429' })
    await phone.runJobs()
    expect((await deliveriesOf(there, one.id))[0]).toMatchObject({ state: 'sent', transport: 'gateway' })
    const two = await notify(there, notice({ to: { telephone: '0171 1234567' }, channels: ['sms'] }))
    await phone.runJobs()
    expect((await deliveriesOf(there, two.id))[0]).toMatchObject({ state: 'failed' })
    expect(taken[1]).toMatchObject({ authorization: 'Bearer token', body: { reference: one.id, to: '+491711234567' } })
    gateway.close()
  })
})

it('messages of the past are stored as sent, once for a key, and nothing goes out', async () => {
  const past = Array.from({ length: 3 }, () => ({
    ...notice({ unit: 'stadtkasse' }),
    at: Temporal.Instant.from('2029-01-01T10:00:00Z'),
  }))
  expect(await recordPastMessages(ctx, past)).toBe(3)
  expect(await recordPastMessages(ctx, past)).toBe(0)
  await city.runJobs()
  expect(server.mails).toEqual([])
})
