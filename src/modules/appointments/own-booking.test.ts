import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { bookPassport, confirmByMail, PASSPORT, somebody } from './testing/passport.ts'
import { hiddenOn, holdLast, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const ANNA = 'anna.becker@musterstadt.example'

describe('a booking', () => {
  test('is cancelled after a question, and the calendar is told', async () => {
    const visitor = visitorOf(city)
    const path = await bookPassport(city, visitor)
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
    const path = await bookPassport(city, visitor)
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
    expect(moved.body).toContain(`${start.toPlainTime().toString({ smallestUnit: 'minute' })} bis`)

    for (const [what, more] of [
      ['verschieben', { time: timesOn(page)[5]! }],
      ['absage', {}],
    ] as const) {
      const late = await visitor.post(`${path}/${what}`, { ...stale, ...more })
      expect(late.status).toBe(409)
      expect(late.body).toContain('Dieser Termin wurde inzwischen geändert')
      expect(late.body).toContain(`${start.toPlainTime().toString({ smallestUnit: 'minute' })} bis`)
    }
  })

  test('opens for nobody with a wrong code, or none', async () => {
    const path = await bookPassport(city, visitorOf(city))
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

  test('is not moved to a seat beside its own: none is offered or counted, and it is refused', async () => {
    const timesFreeOn = (page: Answer) => Number(/aria-current="date"[^>]*>.*?<span>(\d+) Zeit/s.exec(page.body)?.[1])
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
    await confirmByMail(city, visitor, path, who.email)
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
