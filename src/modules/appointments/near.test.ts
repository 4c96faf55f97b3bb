import { describe, expect, test } from 'vitest'
import { offices } from '#modules/catalogue/public.ts'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { teamsOf } from './public.ts'
import { bookingWithKey } from './store/bookings.ts'
import { forgetPeople } from './store/forget.ts'
import { linksMailedTo } from './testing/booked.ts'
import { bookPassport, PASSPORT, somebody } from './testing/passport.ts'
import { hiddenOn, holdLast, moveTo, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

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

  test('counts where no office is named: one that is counts alone', async () => {
    const path = '/api/v1/appointments/slots?service=reisepass&near=Mondgasse'
    expect((await city.json('GET', path)).status).toBe(422)
    const { slots } = (await city.json('GET', `${path}&office=buergerbuero-mitte`)).json()
    expect(new Set(slots.map((one: { office: string }) => one.office))).toEqual(new Set(['buergerbuero-mitte']))
  })
})

describe('moving', () => {
  const dayLink = (page: Answer) => /class="ap-day" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&amp;', '&')

  test('goes on near the address by which the time was found, until another search is sent', async () => {
    const visitor = visitorOf(city)
    const house = (await offices(await city.ctx())).find(({ point }) => point !== null)!
    const near = `${house.street} ${house.houseNumber}`
    const path = await bookPassport(city, visitor, `${PASSPORT}&people=1&near=${encodeURIComponent(near)}&km=1`)
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

  test('once it was moved near an address, the next move begins there; the city keeps the offices around it', async () => {
    const ctx = await city.ctx()
    const visitor = visitorOf(city)
    const house = (await offices(ctx)).find(({ slug }) => slug === 'buergerbuero-mitte')!
    const near = `${house.street} ${house.houseNumber}`
    const path = await bookPassport(city, visitor)
    expect(hiddenOn(await visitor.get(`${path}/verschieben`))['near']).toBeUndefined()
    const page = await visitor.get(`${path}/verschieben?near=${encodeURIComponent(near)}&km=3&weekday=1,2,3,4,5`)
    const time = timesOn(page).at(-1)!
    expect((await moveTo(visitor, path, { ...hiddenOn(page), time })).body).toContain('Ihr Termin ist verschoben')
    expect(hiddenOn(await visitor.get(`${path}/verschieben`))).toMatchObject({ near: [near], km: ['3'] })

    const kept = await bookingWithKey(ctx, path.split('/').at(-1)!, { teams: (await teamsOf(ctx)).map(({ id }) => id) })
    expect(new URLSearchParams(kept!.search!).get('office')).toContain('buergerbuero-mitte')
    expect(new URLSearchParams(kept!.search!).get('near')).toBeNull()
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
    await other.get((await linksMailedTo(ctx, who.email)).at(-1)!)
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
