import { describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { hashOfCode } from './domain/booking.ts'
import { bookingWithKey } from './store/bookings.ts'
import { linksMailedTo, mailsTo } from './testing/booked.ts'
import { bookPassport, confirmByMail, PASSPORT, somebody } from './testing/passport.ts'
import { holdLast, timesOn, visitorOf } from './testing/visitor.ts'
import { mailFacts } from './use-cases/mail-facts.ts'
import { reminderMail } from './use-cases/mails.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const mailLinks = async (email: string) => linksMailedTo(await city.ctx(), email)

describe('somebody without an account', () => {
  test('finds a time, says who they are, follows the link in the mail and is expected', async () => {
    const visitor = visitorOf(city)
    expect((await visitor.get('/termine')).body).toContain('Ihr Anliegen')
    const times = await visitor.get(`${PASSPORT}&people=1`)
    expect(times.body).toContain('So früh wie möglich')
    const { page, path } = await holdLast(visitor, PASSPORT)
    expect(path).toMatch(/^\/termine\/[0-9a-f-]{36}$/)
    expect(page.body).toContain('Bis 09:40 Uhr halten wir diese Zeit für Sie frei.')

    const who = somebody()
    expect((await visitor.post(path, { name: '', email: 'erika', telephone: '' })).body).toContain(
      'Bitte geben Sie Ihren Namen an.',
    )
    const reserved = await visitor.post(path, who)
    expect(reserved.body).toContain(`Wir haben eine E-Mail an ${who.email} geschickt.`)
    expect(reserved.body).not.toContain('Termin bestätigen')

    // Whoever reads no mail of that address cannot confirm it.
    expect((await visitor.post(`${path}/bestaetigung`, {})).status).toBe(404)
    const [link] = await mailLinks(who.email)
    const atHome = visitorOf(city)
    const asked = await atHome.get(link!)
    expect(atHome.path).not.toContain('code=')
    expect(asked.body).toContain('Termin bestätigen')
    const booked = await atHome.post(`${path}/bestaetigung`, {})
    expect(booked.body).toContain('Ihr Termin ist gebucht')
    expect(booked.body).toContain('Ihr bisheriger Pass oder Personalausweis')
    expect(booked.body).toContain('Erika Muster')
    expect(await mailLinks(who.email)).toHaveLength(2)
    const { subject, body, calendar } = (await mailsTo(await city.ctx(), who.email)).at(-1)!
    for (const words of [
      /[A-Z][a-z]+tag, \d+\. [A-Z][a-zä]+ 2030, \d\d:\d\d Uhr/,
      /Anliegen: Reisepass beantragen\./,
      /Adresse: .*, 73801 Musterstadt\./,
      /Bitte bringen Sie mit:\\n(– .*\\n)?– Ihr bisheriger Pass oder Personalausweis/,
    ])
      expect(body).toMatch(words)
    expect(subject).toMatch(/^Ihr Termin am [A-Z][a-z]+tag, /)
    expect(calendar).toContain(`UID:${path.split('/')[2]}`)
  })

  test('is reminded of the same facts as were confirmed, and led to another one after cancelling', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, PASSPORT)
    const who = somebody()
    await visitor.post(path, who)
    const link = (await mailLinks(who.email)).at(-1)!
    await visitor.get(link)
    await visitor.post(`${path}/bestaetigung`, {})
    const ctx = await city.ctx()
    const codeHash = hashOfCode(link.split('code=')[1]!)
    const booking = (await bookingWithKey(ctx, path.split('/')[2]!, { codeHash }))!
    const factsOf = mailFacts(ctx)
    await reminderMail(ctx, booking, false, factsOf)
    const { body, subject } = (await mailsTo(ctx, who.email)).at(-1)!
    expect(subject).toMatch(/^Ihr Termin morgen: /)
    for (const words of (await factsOf(booking)).about) expect(JSON.parse(body)).toContain(words)
    expect(body).toMatch(/Adresse: .*, 73801 Musterstadt\./)

    await visitor.post(`${path}/absage`, { sequence: String(booking.sequence) })
    const cancelled = (await mailsTo(ctx, who.email)).at(-1)!
    expect(cancelled.subject).toMatch(/ist abgesagt$/)
    expect(timesOn(await visitor.get(cancelled.path!)).length).toBeGreaterThan(0)
    expect(visitor.path).toContain('service=reisepass')
  })

  test('clicks twice and has one appointment and one mail', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, PASSPORT)
    const who = somebody()
    await visitor.post(path, who)
    const again = await visitor.post(path, who)
    expect(again.status).toBe(200)
    expect(again.body).toContain('Bitte bestätigen Sie Ihren Termin')
    expect(await mailLinks(who.email)).toHaveLength(1)
    await confirmByMail(city, visitor, path, who.email)
    expect((await visitor.post(`${path}/bestaetigung`, {})).body).toContain('Ihr Termin ist gebucht')
    expect(await mailLinks(who.email)).toHaveLength(2)
  })

  test('is told that a name stays, when another comes with the same form', async () => {
    const visitor = visitorOf(city)
    const path = await bookPassport(city, visitor)
    const other = await visitor.post(path, { ...somebody(), name: 'Ein Händler' })
    expect(other.status).toBe(409)
    expect(other.body).toContain('schon auf einen Namen gebucht')
    expect(other.body).not.toContain('Ein Händler')
  })

  test('who mistyped their address gives the time back, and chooses anew', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, PASSPORT)
    const reserved = await visitor.post(path, { ...somebody(), email: 'vertipt@example.org' })
    expect(reserved.body).toContain('Zeit zurückgeben und neu wählen')
    await visitor.post(`${path}/rueckgabe`, {})
    expect(visitor.path).toMatch(/^\/termine\?.*service=reisepass/)
    const { path: anew } = await holdLast(visitor, PASSPORT)
    expect((await visitor.post(anew, somebody())).status).toBe(200)
  })

  test('whose mail address has many appointments already gets no further one', async () => {
    const who = somebody()
    const pages = []
    for (let i = 0; i < 6; i += 1) {
      const visitor = visitorOf(city)
      const { path } = await holdLast(visitor, PASSPORT)
      pages.push(await visitor.post(path, who))
      if (i === 5) break
      await confirmByMail(city, visitor, path, who.email)
    }
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 422])
    expect(pages.at(-1)!.body).toContain('Unter dieser E-Mail-Adresse gibt es schon viele Termine.')
  })

  test('who is to be called must say where', async () => {
    const visitor = visitorOf(city)
    const offered = await visitor.get('/termine')
    const services = [...offered.body.matchAll(/service=([a-z-]+)/g)].map(([, slug]) => slug!)
    let address = ''
    for (const slug of services) {
      address = `/termine?service=${slug}&people=1&variant=telephone`
      if (timesOn(await visitor.get(address)).length > 0) break
    }
    const { path } = await holdLast(visitor, address)
    const who = somebody()
    const refused = await visitor.post(path, who)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('unter der wir Sie anrufen sollen')
    expect((await visitor.post(path, { ...who, telephone: '07031 94-0' })).body).toContain(
      'Wir rufen Sie an unter 07031 94-0.',
    )
  })
})
