import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { offices } from '#modules/catalogue/public.ts'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { hashOfCode } from './domain/booking.ts'
import { teamsOf } from './public.ts'
import { bookingWithKey } from './store/bookings.ts'
import { forgetPeople } from './store/forget.ts'
import { linksMailedTo, mailsTo } from './testing/booked.ts'
import { hiddenOn, holdLast, timesOn, visitorOf, type VisitorOfPages } from './testing/visitor.ts'
import { mailFacts } from './use-cases/mail-facts.ts'
import { reminderMail } from './use-cases/mails.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const ANNA = 'anna.becker@musterstadt.example'
const PASSPORT = '/termine?service=reisepass'

let people = 0
const somebody = () => ({ name: 'Erika Muster', email: `erika${(people += 1)}@example.org`, telephone: '' })

const mailLinks = async (email: string) => linksMailedTo(await city.ctx(), email)

/** All the way without an account, through the mail. */
async function book(visitor: VisitorOfPages, address = PASSPORT): Promise<string> {
  const { path } = await holdLast(visitor, address)
  const who = somebody()
  await visitor.post(path, who)
  await visitor.get((await mailLinks(who.email)).at(-1)!)
  await visitor.post(`${path}/bestaetigung`, {})
  return path
}

describe('near an address', () => {
  const near = (address: string, km: number, more = '') =>
    visitorOf(city).get(`${PASSPORT}&people=1&near=${encodeURIComponent(address)}&km=${km}${more}`)

  test('only offices around it are shown, with their distance', async () => {
    const houses = await offices(await city.ctx())
    const house = houses.find(({ point }) => point !== null)!
    const address = `${house.street} ${house.houseNumber}`
    const [wide, narrow] = [await near(address, 10), await near(address, 1)]
    const officesOn = (page: Answer) => new Set(timesOn(page).map((time) => time.split(' ')[1]))
    expect(officesOn(narrow).size).toBeLessThan(officesOn(wide).size)
    expect(narrow.body).toMatch(/0,1 km/)
    expect(hiddenOn(narrow)).toMatchObject({ near: [address], km: ['1'] })
  })

  test('may be a street alone, however it is spelt', async () => {
    const pages = await Promise.all(['Gerberstraße', 'gerberstrasse'].map((street) => near(street, 10)))
    expect(pages.map(({ status }) => status)).toEqual([200, 200])
    expect(timesOn(pages[0]!)).toEqual(timesOn(pages[1]!))
  })

  test('that nobody knows is asked for again, with everything else still there', async () => {
    const page = await near('Mondgasse 7', 3)
    expect(page.status).toBe(422)
    expect(page.body).toContain('Diese Adresse finden wir in unserer Stadt nicht')
    expect(page.body).toContain('value="Mondgasse 7"')
  })

  test('is part of the JSON interface, too', async () => {
    const asked = (address: string) =>
      city.json('GET', `/api/v1/appointments/slots?service=reisepass&near=${encodeURIComponent(address)}&km=100`)
    expect((await asked('Mondgasse 7')).status).toBe(422)
    const house = (await offices(await city.ctx()))[0]!
    expect((await asked(`${house.street} ${house.houseNumber}`)).json().slots.length).toBeGreaterThan(0)
  })
})

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
    await visitor.get((await mailLinks(who.email))[0]!)
    await visitor.post(`${path}/bestaetigung`, {})
    expect((await visitor.post(`${path}/bestaetigung`, {})).body).toContain('Ihr Termin ist gebucht')
    expect(await mailLinks(who.email)).toHaveLength(2)
  })

  test('is told that a name stays, when another comes with the same form', async () => {
    const visitor = visitorOf(city)
    const path = await book(visitor)
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
      await visitor.get((await mailLinks(who.email)).at(-1)!)
      await visitor.post(`${path}/bestaetigung`, {})
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

describe('a booking', () => {
  test('is cancelled after a question, and the calendar is told', async () => {
    const visitor = visitorOf(city)
    const path = await book(visitor)
    const file = async () => new ICAL.Component(ICAL.parse((await visitor.get(`${path}/termin.ics`)).body))
    const before = await file()
    const question = await visitor.get(`${path}/absage`)
    expect(question.body).toContain('Möchten Sie den Termin absagen?')
    const cancelled = await visitor.post(`${path}/absage`, hiddenOn(question))
    expect(cancelled.body).toContain('Ihr Termin ist abgesagt')
    const after = await file()
    const [was, is] = [before, after].map((calendar) => calendar.getFirstSubcomponent('vevent')!)
    expect(before.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(was!.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(was!.getFirstPropertyValue('location')).toContain('73801 Musterstadt')
    expect(was!.getFirstPropertyValue('summary')).toMatch(/^Reisepass beantragen, .*Musterstadt/)
    // A link without a code opens nothing on another device, and one with a code is for nobody who reads a calendar.
    expect(was!.getFirstPropertyValue('url')).toBeNull()
    expect(was!.getFirstPropertyValue('description')).toMatch(
      /Ihr Code für die Ankunft: [A-Z0-9]{4} [A-Z0-9]{4}[^]*Ihr bisheriger Pass oder Personalausweis[^]*Link in Ihrer E-Mail/,
    )
    expect(after.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(is!.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(is!.getFirstPropertyValue('uid')).toBe(was!.getFirstPropertyValue('uid'))
    expect(Number(is!.getFirstPropertyValue('sequence'))).toBeGreaterThan(
      Number(was!.getFirstPropertyValue('sequence')),
    )
    for (const event of [was!, is!]) expect(event.getFirstPropertyValue('dtstamp')).toBeTruthy()

    // What was so once is not said of what is so no longer.
    for (const note of ['gebucht', 'verschoben', 'schon-gebucht', 'erinnerung']) {
      const reloaded = await visitor.get(`${path}?hinweis=${note}`)
      expect(reloaded.body).toContain('Dieser Termin ist abgesagt.')
      expect(reloaded.body).not.toContain('kern-alert')
    }

    const again = await visitor.post(`${path}/absage`, { sequence: '2' })
    expect(again.status).toBe(409)
    expect(again.body).toContain('kann nicht mehr geändert werden')
  })

  test('is moved once whoever moves it has said yes; whoever changes an old version of it is told, and nothing happens', async () => {
    const visitor = visitorOf(city)
    const path = await book(visitor)
    const page = await visitor.get(`${path}/verschieben`)
    const [stale, time] = [hiddenOn(page), timesOn(page)[0]!]
    const start = Temporal.Instant.from(time.split(' ')[0]!).toZonedDateTimeISO('Europe/Berlin')
    const asked = await visitor.post(`${path}/verschieben`, { ...stale, time })
    for (const words of ['Termin verschieben?', 'Bisher', 'Neu', 'halten wir die neue Zeit für Sie frei'])
      expect(asked.body).toContain(words)
    const confirm = visitor.path
    // Nothing has changed so far, and another time may be looked for.
    expect(timesOn(await visitor.post(`${confirm}/freigabe`, {}))).toContain(time)
    expect((await visitor.get(confirm)).body).toContain('nur 10 Minuten für Sie freigehalten')
    const held = await visitor.post(`${path}/verschieben`, { ...stale, time })
    expect((await visitorOf(city).get(visitor.path)).status).toBe(404)
    const confirmed = visitor.path
    const moved = await visitor.post(confirmed, hiddenOn(held))
    expect(moved.body).toContain('Ihr Termin ist verschoben')
    // Whoever goes back comes to the page of a hold that was used.
    for (const back of [confirmed, `/termine/${confirmed.split('/').at(-1)}`]) {
      expect((await visitor.get(back)).body).toContain('Ihr Termin ist verschoben')
      expect(visitor.path).toBe(`${path}?hinweis=verschoben`)
    }
    expect(moved.body).toContain(`${start.toPlainTime().toString({ smallestUnit: 'minute' })} Uhr bis`)

    for (const [what, more] of [
      ['verschieben', { time: timesOn(page)[5]! }],
      ['absage', {}],
    ] as const) {
      const late = await visitor.post(`${path}/${what}`, { ...stale, ...more })
      expect(late.status).toBe(409)
      expect(late.body).toContain('Dieser Termin wurde inzwischen geändert')
      expect(late.body).toContain(`${start.toPlainTime().toString({ smallestUnit: 'minute' })} Uhr bis`)
    }
  })

  test('opens for nobody with a wrong code, or none', async () => {
    const path = await book(visitorOf(city))
    for (const address of [path, `${path}?code=falsch`, `${path}/absage`, `${path}/termin.ics`, '/termine/keine-id']) {
      const stranger = visitorOf(city)
      const page = await stranger.get(address)
      expect(page.status, address).toBe(404)
      expect(page.body).toContain('Diesen Termin können wir hier nicht zeigen')
      expect(page.body).not.toContain('Erika')
    }
    const signedIn = visitorOf(city, ANNA)
    expect((await signedIn.get(path)).status).toBe(404)
    expect((await signedIn.post(`${path}/absage`, { sequence: '1' })).status).toBe(404)
  })
})

describe('moving', () => {
  const timesFreeOn = (page: Answer) => Number(/aria-current="date"[^>]*>.*?<span>(\d+) Zeit/s.exec(page.body)?.[1])
  const dayLink = (page: Answer) => /class="ap-day" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&amp;', '&')

  test('offers and counts no seat beside one’s own as another time, and refuses it', async () => {
    const visitor = visitorOf(city)
    // The last time shown is one of an office with several seats, or the next visitor tries the one before.
    let [path, own, search] = ['', '', '']
    for (const time of timesOn(await visitor.get(PASSPORT)).toReversed()) {
      const [start, office] = time.split(' ') as [string, string]
      const day = Temporal.Instant.from(start).toZonedDateTimeISO('Europe/Berlin').startOfDay().toInstant()
      search = `people=1&office=${office}&after=${day.toString()}`
      const held = await visitor.post('/termine/halten', { ...hiddenOn(await visitor.get(PASSPORT)), time })
      path = visitor.path
      expect(held.body).toContain('halten wir diese Zeit für Sie frei')
      own = time
      if (timesOn(await visitor.get(`${PASSPORT}&${search}`)).includes(time)) break
      await visitor.post(`${path}/freigabe`, {})
    }
    const who = somebody()
    await visitor.post(path, who)
    await visitor.get((await mailLinks(who.email)).at(-1)!)
    await visitor.post(`${path}/bestaetigung`, {})
    const [offered, page] = [
      await visitor.get(`${PASSPORT}&${search}`),
      await visitor.get(`${path}/verschieben?${search}`),
    ]
    expect(timesOn(offered)).toContain(own)
    expect(timesOn(page)).not.toContain(own)
    expect(timesFreeOn(page)).toBe(timesFreeOn(offered) - 1)
    const refused = await visitor.post(`${path}/verschieben`, { ...hiddenOn(page), time: own })
    expect(refused.body).toContain('Der Termin ist schon zu dieser Zeit')
  })

  test('goes on near the address by which the time was found, until another search is sent', async () => {
    const visitor = visitorOf(city)
    const house = (await offices(await city.ctx())).find(({ point }) => point !== null)!
    const near = `${house.street} ${house.houseNumber}`
    const path = await book(visitor, `${PASSPORT}&people=1&near=${encodeURIComponent(near)}&km=1`)
    const isNear = (page: Answer) => {
      expect(hiddenOn(page)).toMatchObject({ near: [near], km: ['1'] })
      expect(page.body).toContain(`Zeiten eingrenzen: höchstens 1 km von ${near}`)
    }
    const page = await visitor.get(`${path}/verschieben`)
    isNear(page)
    isNear(await visitor.get(dayLink(page)))
    // Refused, for nothing begins then.
    isNear(await visitor.post(`${path}/verschieben`, { ...hiddenOn(page), time: `2030-03-14T03:00:00Z ${house.slug}` }))
    const anywhere = await visitor.get(`${path}/verschieben?office=&near=&km=1&from=`)
    expect(hiddenOn(anywhere)['near']).toBeUndefined()
    expect(hiddenOn(await visitor.get(dayLink(anywhere)))['near']).toBeUndefined()
  })

  test('goes on in the same offices on another device; the city keeps them as long as the name, and no address', async () => {
    const ctx = await city.ctx()
    const house = (await offices(ctx)).find(({ slug }) => slug === 'buergerbuero-mitte')!
    const visitor = visitorOf(city)
    const { path } = await holdLast(
      visitor,
      `${PASSPORT}&people=1&near=${encodeURIComponent(`${house.street} ${house.houseNumber}`)}&km=10&weekday=1,2,3,4,5`,
    )
    const who = somebody()
    await visitor.post(path, who)
    const other = visitorOf(city)
    await other.get((await mailLinks(who.email)).at(-1)!)
    // Given back from there, the whole search is there again.
    const reserved = await bookingWithKey(ctx, path.split('/').at(-1)!, {
      teams: (await teamsOf(ctx)).map(({ id }) => id),
    })
    expect(reserved!.search).toMatch(
      /^service=reisepass&people=1&variant=in-person&office=[a-z-]+(%2C[a-z-]+)+&weekday=/,
    )
    await other.post(`${path}/bestaetigung`, {})
    const page = await other.get(`${path}/verschieben`)
    expect(page.body).toMatch(/Zeiten eingrenzen: (?:\d+ ausgewählte Dienststellen|[^<]* oder )/)
    expect(hiddenOn(page)['office']![0]).toContain('buergerbuero-mitte')
    expect(hiddenOn(page)['weekday']).toEqual(['1,2,3,4,5'])

    await forgetPeople(ctx, reserved!.endsAt.add({ minutes: 1 }))
    const left = await bookingWithKey(ctx, reserved!.id, { teams: [reserved!.team] })
    expect([left!.name, left!.search]).toEqual([null, null])
  })
})

describe('Anna with her account', () => {
  test('books without a mail to confirm, with what the city knows of her, and finds it among her appointments', async () => {
    const anna = visitorOf(city, ANNA)
    const before = await anna.get('/konto/termine')
    expect(before.body).toContain('Kommende Termine')
    expect(before.body).toContain('abgesagt')
    const { page, path } = await holdLast(anna, PASSPORT)
    expect(page.body).toContain(`value="${ANNA}"`)
    const booked = await anna.post(path, { name: 'Anna Becker', email: ANNA, telephone: '' })
    expect(booked.body).toContain('Ihr Termin ist gebucht')
    const elsewhere = visitorOf(city, ANNA)
    expect((await elsewhere.get('/konto/termine')).body).toContain(path)
    expect((await elsewhere.get(path)).body).toContain('Termin verschieben')
    expect((await elsewhere.get('/en/konto/termine')).body).toContain('Coming appointments')
  })

  test('may sign in after she has chosen a time, and keeps it', async () => {
    const anna = visitorOf(city)
    const { path, page } = await holdLast(anna, PASSPORT)
    expect(page.body).toContain(`/anmelden?next=${encodeURIComponent(path)}`)
    anna.signIn(ANNA)
    expect((await anna.get(path)).body).toContain('value="Anna Becker"')
    const booked = await anna.post(path, { name: 'Anna Becker', email: ANNA, telephone: '' })
    expect(booked.body).toContain('Ihr Termin ist gebucht')
    expect((await visitorOf(city, ANNA).get('/konto/termine')).body).toContain(path)
  })

  test('sees that it is over once it has begun', async () => {
    const anna = visitorOf(city, ANNA)
    const { path } = await holdLast(anna, PASSPORT)
    await anna.post(path, { name: 'Anna Becker', email: ANNA, telephone: '' })
    const back = city.clock.now().toString()
    city.clock.advance({ days: 40 })
    const over = await anna.get(path)
    city.clock.set(back)
    expect(over.body).toContain('Dieser Termin ist vorbei.')
    expect(over.body).not.toContain('Termin absagen')
  })
})
