import { describe, expect, test } from 'vitest'
import { offices } from '#modules/catalogue/public.ts'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { offerOf } from './offer.ts'
import { PASSPORT } from './testing/passport.ts'
import { hiddenOn, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

describe('what it is about', () => {
  const found = ({ body }: Answer) =>
    [...body.matchAll(/service=([a-z-]+)[^"]*schritt=wunsch/g)].map(([, slug]) => slug!)

  test('is found by the words that people use, with slips, in both languages, and the rest of the wish goes along', async () => {
    const visitor = visitorOf(city)
    const all = found(await visitor.get('/termine'))
    for (const [address, first, words] of [
      ['/termine?q=Perso', 'personalausweis', 'passen zu „Perso“'],
      ['/termine?q=Reisepas', 'reisepass', 'passen zu „Reisepas“'],
      ['/termine?q=Reisepaß&people=2&weekday=6', 'reisepass', ''],
      ['/en/termine?q=passport', 'reisepass', 'for “passport”'],
    ] as const) {
      const page = await visitor.get(address)
      expect([page.status, found(page)[0]], address).toEqual([200, first])
      expect(found(page).length).toBeLessThan(all.length)
      expect(page.body).toContain(words)
    }
    const wish = await visitor.get('/termine?q=Reisepass&people=2&weekday=6')
    expect(wish.body).toContain('/termine?service=reisepass&amp;people=2&amp;weekday=6&amp;schritt=wunsch')
  })

  test('is not found, which is said with what to do, whatever was typed', async () => {
    for (const typed of ['xyzzy', '<script>alert(1)</script>', '%', "'", 'x'.repeat(3_000)]) {
      const page = await visitorOf(city).get(`/termine?q=${encodeURIComponent(typed)}`)
      expect([page.status, found(page)], typed).toEqual([200, []])
      expect(page.body).toContain('tel:115')
      expect(page.body).not.toContain('<script>alert')
    }
  })

  test('decides in which ways people can talk: nothing is to be chosen where there is but one', async () => {
    const { services } = await offerOf(await city.ctx())
    const unknown = await visitorOf(city).get('/termine?service=gibt-es-nicht&schritt=wunsch')
    expect([unknown.status, unknown.body.includes('Diese Leistung kann hier nicht gebucht werden.')]).toEqual([
      422,
      true,
    ])
    for (const { slug, variants } of services) {
      const { body } = await visitorOf(city).get(`/termine?service=${slug}&schritt=wunsch`)
      const radios = [...body.matchAll(/type="radio"[^>]* name="variant" value="([a-z-]+)"/g)].map(([, way]) => way!)
      expect([radios.toSorted(), body.includes('Diesen Termin gibt es nur')], slug).toEqual(
        variants.length === 1 ? [[], true] : [[...variants].toSorted(), false],
      )
      if (variants.length === 1) expect(body).toContain(`<input type="hidden" name="variant" value="${variants[0]}">`)
    }
  })
})

describe('a wish on the waiting list', () => {
  const ANNA = 'anna.becker@musterstadt.example'

  test('comes back on any device of the account: once, with the same days and offices, and without an address', async () => {
    const office = (await offices(await city.ctx())).find(({ slug }) => slug === 'buergerbuero-mitte')!
    const wish = {
      service: 'reisepass',
      people: '2',
      near: `${office.street} ${office.houseNumber}`,
      km: '10',
      weekday: '6',
    }
    const phone = visitorOf(city, ANNA)
    const before = countOf(await phone.get('/konto/termine'))
    await phone.post('/termine/warteliste', { ...wish, email: ANNA })
    const { path } = phone
    expect(path).toMatch(/^\/termine\/warteliste\/[0-9a-f-]{36}$/)

    const computer = visitorOf(city, ANNA)
    const mine = await computer.get('/konto/termine')
    expect([mine.body.split(path).length - 1, countOf(mine)]).toEqual([1, before + 1])
    const entry = await computer.get(path)
    const search = linkIn(entry, 'Freie Termine ansehen')
    const times = await computer.get(search)
    expect(times.status).toBe(200)
    for (const words of ['2 Personen', 'nur Samstag', 'ausgewählte Dienststellen']) expect(times.body).toContain(words)
    const within = await computer.get(`/termine?${new URLSearchParams(wish).toString()}`)
    expect([timesOn(times), timesOn(times).length > 0]).toEqual([timesOn(within), true])
    expect(search).not.toContain(encodeURIComponent(office.street))
    // The form has it, too, and a search that is changed keeps it.
    expect(times.body).toMatch(/<option value="[a-z-]+(,[a-z-]+)+" selected>\d+ ausgewählte Dienststellen</)

    await computer.post(`${path}/ende`, {})
    expect((await phone.get('/konto/termine')).body).not.toContain(path)
    expect((await visitorOf(city).get(path)).status).toBe(404)
  })

  test.each(['buergerbuero-mitte,gibt-es-nicht', ',,', 'a,b'.repeat(60)])(
    'in offices that are none, or in none, is said or is one for all: %s',
    async (office) => {
      const page = await visitorOf(city).get(`${PASSPORT}&office=${encodeURIComponent(office)}`)
      const isNone = office === ',,'
      expect([page.status, page.body.includes('Diese Dienststelle vergibt keine Termine')]).toEqual([
        isNone ? 200 : 422,
        !isNone,
      ])
    },
  )
})

const countOf = ({ body }: Answer) => body.split('href="/termine/warteliste/').length - 1
const linkIn = ({ body }: Answer, label: string) => {
  const all = [...body.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)]
  return all.find(([, , words]) => words!.includes(label))![1]!.replaceAll('&amp;', '&')
}

describe('times on the page', () => {
  test('are asked for with everything in the address; what cannot be is said, and nothing is lost', async () => {
    const visitor = visitorOf(city)
    const saturday = await visitor.get(`${PASSPORT}&people=2&weekday=6&from=1.4.`)
    expect(saturday.body).toContain('from=1.4.2030')
    expect(saturday.body).toContain('2 Personen')
    expect(saturday.body).toContain('nur Samstag')
    for (const time of timesOn(saturday))
      expect(Temporal.Instant.from(time.split(' ')[0]!).toZonedDateTimeISO('Europe/Berlin').dayOfWeek).toBe(6)
    for (const [address, words] of [
      ['/termine?people=1', 'Bitte wählen Sie Ihr Anliegen aus.'],
      [`${PASSPORT}&people=500`, 'Für so viele Personen'],
      ['/termine?service=gibt-es-nicht', 'Diese Leistung kann hier nicht gebucht werden.'],
      [`${PASSPORT}&office=../../etc`, 'Diese Dienststelle vergibt keine Termine.'],
      [`${PASSPORT}&from=30.2.`, 'Den Tag 30.2. gibt es nicht.'],
      [`${PASSPORT}&from=30.2.2030`, 'Den Tag 30.2.2030 gibt es nicht.'],
      [`${PASSPORT}&from=bald`, '„bald“ verstehen wir nicht als Tag.'],
      [`${PASSPORT}${'&service=reisepass'.repeat(9)}`, 'höchstens sechs Anliegen'],
    ] as const) {
      const page = await visitor.get(address)
      expect(page.status, address).toBe(422)
      expect(page.body).toContain(words)
    }
  })

  test.each([
    'after=+275760-09-13T00:00:00Z',
    'after=gestern',
    'after=2199-12-31T23:00:00Z',
    'people=-1',
    'people=1e9',
    'weekday=9&weekday=x',
    'variant=brieftaube',
    'from=2030-03-13&from=2030-03-14&from[x]=1',
  ])('are found, or said to be none, whatever stands in the address: %s', async (more) => {
    expect((await visitorOf(city).get(`${PASSPORT}&${more}`)).status).toBe(200)
  })

  test('go on page by page, and none is left out or shown twice', async () => {
    const visitor = visitorOf(city)
    const seen: string[] = []
    let address: string | undefined = `${PASSPORT}&weekday=6`
    for (let pages = 0; address !== undefined && pages < 100; pages += 1) {
      const page: Answer = await visitor.get(address)
      const times = timesOn(page)
      // The first page names the earliest time once more, in a box of its own.
      seen.push(...(seen.length === 0 ? times.slice(1) : times))
      address = /href="([^"]+)">\s*Spätere Zeiten/.exec(page.body)?.[1]?.replaceAll('&amp;', '&')
    }
    const all = await city.json('GET', '/api/v1/appointments/slots?service=reisepass&weekday=6&limit=500')
    const slots = (all.json().slots as { start: string; office: string }[]).map(
      ({ start, office }) => `${Temporal.Instant.from(start).toString()} ${office}`,
    )
    expect(slots.length).toBeGreaterThan(60)
    expect(seen.slice(0, slots.length)).toEqual(slots)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('of matters that nobody does together are two searches, on the page and for programs', async () => {
    const slots = '/api/v1/appointments/slots?service=reisepass&service=fahrzeug-zulassen'
    expect((await city.json('GET', slots)).json()).toMatchObject({
      status: 422,
      detail: expect.stringContaining('Keine Dienststelle erledigt alle diese Anliegen zusammen'),
    })
    const visitor = visitorOf(city)
    const page = await visitor.get(`${PASSPORT}&service2=fahrzeug-zulassen&people=1`)
    expect(page.status).toBe(422)
    expect(page.body).toContain('Das geht nicht in einem Termin')
    const links = [...page.body.matchAll(/href="(\/termine\?service=[^"]+)">/g)].map(([, path]) => path!)
    expect(links).toHaveLength(2)
    for (const path of links)
      expect(timesOn(await visitor.get(path.replaceAll('&amp;', '&'))).length).toBeGreaterThan(0)
  })

  test('in a way that a matter is not offered in are none: which matter, and where it is, is said', async () => {
    const visitor = visitorOf(city)
    const page = await visitor.get('/termine?service=beglaubigung&people=1&variant=telephone')
    expect(page.status).toBe(422)
    expect(page.body).toContain('Am Telefon bieten wir das nicht an: Kopie oder Unterschrift beglaubigen')
    const there = /href="([^"]*)"[^>]*>(?:(?!<a)[^])*?Termine in der Dienststelle suchen/.exec(page.body)![1]!
    expect(there).toContain('variant=in-person')
    expect(timesOn(await visitor.get(there.replaceAll('&amp;', '&'))).length).toBeGreaterThan(0)
    expect((await visitor.get('/en/termine?service=beglaubigung&people=1&variant=video')).body).toContain(
      'We do not offer this by video: Have a copy or signature certified',
    )
  })

  test('of a day that is past are those from today on, which is said', async () => {
    const page = await visitorOf(city).get(`${PASSPORT}&people=1&from=1.1.2020`)
    expect(page.body).toContain('Wir zeigen Ihnen die freien Zeiten ab heute.')
    expect(page.body).not.toContain('ab Mittwoch, 1. Januar 2020')
    expect(timesOn(page).length).toBeGreaterThan(0)
  })

  test('are kept ten times an hour for who has no scripts; then the page names the other ways to one', async () => {
    const visitor = visitorOf(city)
    const times = await visitor.get(`${PASSPORT}&people=1&office=buergerbuero-ost`)
    const [form, free] = [hiddenOn(times), [...new Set(timesOn(times))]]
    // What is refused is none of the ten.
    for (let i = 0; i < 3; i += 1) await visitor.post('/termine/halten', { ...form, time: '' })
    let [page, held] = [times, 0]
    // Some of them overlap, and are taken by then.
    for (const time of free) {
      page = await visitor.post('/termine/halten', { ...form, time })
      if (page.body.includes('Von Ihrem Anschluss')) break
      if (!visitor.path.startsWith('/termine?')) held += 1
    }
    expect(held).toBe(10)
    expect(page.body).toContain('Von Ihrem Anschluss wurden gerade viele Zeiten freigehalten')
    expect(page.body).toMatch(/\/anmelden\?next=[^"]*termine[^"]*office%3Dbuergerbuero-ost/)
    expect(page.body).toMatch(/Uns anrufen: Bürgerbüro Ost, <a[^>]* href="tel:/)
    expect(page.body).toContain('In einer Stunde noch einmal versuchen.')
  })

  test('of what an office does not do are none, ever: the page names those that do it, and there is nothing to wait for', async () => {
    const visitor = visitorOf(city)
    for (const where of ['office=standesamt', `office=standesamt&from=1.6.2030`]) {
      const page = await visitor.get(`${PASSPORT}&people=1&${where}`)
      expect(page.body).toContain('Das wird in dieser Dienststelle nicht angeboten: Standesamt')
      expect(page.body).not.toContain('nichts frei')
      expect(page.body).not.toContain('/termine/warteliste')
      const there = /href="([^"]*office=buergerbuero-ost[^"]*)"/.exec(page.body)![1]!.replaceAll('&amp;', '&')
      expect((await visitor.get(there)).body).toContain('Bürgerbüro Ost')
    }
    await visitor.get('/termine/warteliste?service=reisepass&people=1&office=standesamt')
    expect(visitor.path).toMatch(/^\/termine\?/)
  })

  test('of days that are not released yet are none so far: until when they are is said', async () => {
    const page = await visitorOf(city).get(`${PASSPORT}&people=1&from=2.12.2030`)
    expect(page.body).toMatch(/Zeiten sind bisher bis [A-Z][a-z]+, \d+\. Juni 2030 freigegeben/)
    expect(page.body).not.toContain('Oft werden morgens neue Zeiten freigegeben')
    expect(page.body).toContain('An allen Tagen suchen')
  })

  test('that are none say what to do', async () => {
    const none = await visitorOf(city).get(`${PASSPORT}&office=buergerbuero-ost&weekday=7`)
    expect(none.status).toBe(200)
    expect(none.body).toContain('In allen Dienststellen suchen')
    expect(none.body).toContain('An allen Tagen suchen')
    expect(none.body).toContain('href="tel:')
  })

  test('that somebody else took in between lead back to the others, with the same wish', async () => {
    const [first, second] = [visitorOf(city), visitorOf(city)]
    const address = `${PASSPORT}&people=2&office=buergerbuero-ost`
    const page = await first.get(address)
    const time = timesOn(page).at(-1)!
    // All counters of the office at that time.
    for (let i = 0; i < 12; i += 1) {
      const other = visitorOf(city)
      await other.post('/termine/halten', { ...hiddenOn(page), time })
    }
    const late = await second.post('/termine/halten', { ...hiddenOn(page), time })
    expect(second.path).toContain('people=2')
    expect(second.path).toContain('office=buergerbuero-ost')
    expect(late.body).toContain('Diese Zeit ist leider gerade vergeben worden')
    expect(timesOn(late).length).toBeGreaterThan(0)
    expect(timesOn(late)).not.toContain(time)
  })

  test.each(['', 'gestern abend', '2020-01-01T08:00:00Z buergerbuero-mitte', '2030-03-14T03:07:00Z nirgends'])(
    'that are none of ours are refused: "%s"',
    async (time) => {
      const visitor = visitorOf(city)
      const page = await visitor.post('/termine/halten', { service: 'reisepass', people: '1', time })
      expect(page.body).toContain('Diese Zeit kann nicht mehr gebucht werden')
    },
  )
})
