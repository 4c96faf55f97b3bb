import { describe, expect, test } from 'vitest'
import { offices } from '#modules/catalogue/public.ts'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { linksMailedTo } from './testing/booked.ts'
import { PASSPORT } from './testing/passport.ts'
import { hiddenOn, holdLast, timesOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let people = 0
const somebody = () => ({ name: 'Erika Muster', email: `erika${(people += 1)}@example.org`, telephone: '' })

describe('a time that is kept no longer', () => {
  const near = async () => {
    const house = (await offices(await city.ctx())).find(({ point }) => point !== null)!
    return `${house.street} ${house.houseNumber}`
  }
  const searchNear = async () => `${PASSPORT}&service2=reisepass&people=2&near=${encodeURIComponent(await near())}&km=5`
  const isKept = async (page: Answer) =>
    expect(hiddenOn(page)).toMatchObject({
      service: ['reisepass'],
      service2: ['reisepass'],
      people: ['2'],
      near: [await near()],
      km: ['5'],
    })

  test('was given back for another one: the search is still there, and the back button says so', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, await searchNear())
    await isKept(await visitor.post(`${path}/freigabe`, {}))
    for (const again of [await visitor.get(path), await visitor.post(path, somebody())]) {
      expect(again.body).toContain('Diese Zeit haben Sie zurückgegeben')
      await isKept(again)
    }
    expect((await visitor.get(path.replace('/termine', '/en/termine'))).status).toBe(200)
  })

  test('was named in a second window: the first one shows what became of it', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, await searchNear())
    const who = somebody()
    await visitor.post(path, who)
    const reserved = await visitor.post(`${path}/freigabe`, {})
    expect(reserved.body).toContain('Für diese Zeit haben Sie inzwischen schon einen Namen angegeben')
    expect(reserved.body).toContain('Zeit zurückgeben und neu wählen')
    expect(reserved.body).not.toContain('Noch einmal buchen')
    await visitor.get((await linksMailedTo(await city.ctx(), who.email)).at(-1)!)
    await visitor.post(`${path}/bestaetigung`, {})
    const booked = await visitor.post(`${path}/freigabe`, {})
    expect(booked.body).toContain('Diese Zeit haben Sie inzwischen schon gebucht')
    expect(booked.body).toContain('Termin verschieben')
    const english = await visitor.get(`/en${path}?hinweis=schon-gebucht`)
    expect(english.body).toContain('You have booked this time in the meantime')
  })
})

describe('a time that is kept while somebody looks at the others once more', () => {
  const KEPT = 'Für Sie freigehalten'

  test('is named there with the way back to it, to this device alone and for the same matter', async () => {
    const visitor = visitorOf(city)
    const { path } = await holdLast(visitor, PASSPORT)
    const times = await visitor.get(PASSPORT)
    expect(times.body).toContain(KEPT)
    expect(times.body).toContain(`href="${path}"`)
    for (const other of [await visitorOf(city).get(PASSPORT), await visitor.get(`${PASSPORT}&service2=reisepass`)])
      expect(other.body).not.toContain(KEPT)
    await visitor.post(path, somebody())
    expect((await visitor.get(PASSPORT)).body).not.toContain(KEPT)
  })

  test('is given back for another one of the same matter, and stays beside one of another matter', async () => {
    const visitor = visitorOf(city)
    const first = await holdLast(visitor, PASSPORT)
    const beside = await holdLast(visitor, `${PASSPORT}&service2=reisepass`)
    expect((await visitor.get(first.path)).body).toContain('Ihre Angaben')
    const second = await holdLast(visitor, `${PASSPORT}&service2=reisepass`)
    expect(second.path).not.toBe(beside.path)
    expect((await visitor.get(beside.path)).body).toContain('Diese Zeit haben Sie zurückgegeben')
    for (const { path } of [first, second]) expect((await visitor.get(path)).body).toContain('Ihre Angaben')
  })
})

test('every cookie of a time that is kept stands in the privacy notice', async () => {
  const times = await city.get(PASSPORT)
  const held = await city.post('/termine/halten', { ...hiddenOn(times), time: timesOn(times).at(-1)! })
  const names = Object.keys(held.cookies).map((name) => /rathaus_[a-z]+/.exec(name)![0])
  expect(names.length).toBeGreaterThan(2)
  for (const path of ['/datenschutz', '/en/datenschutz']) {
    const { body } = await city.get(path)
    for (const name of names) expect(body).toContain(name)
  }
})

test('whoever goes back in the browser and chooses the same time goes on with it, also where it is the last one', async () => {
  const visitor = visitorOf(city)
  const times = await visitor.get(PASSPORT)
  const chosen = { ...hiddenOn(times), time: timesOn(times).at(-1)! }
  await visitor.post('/termine/halten', chosen)
  const { path } = visitor
  for (let taken = false; !taken;)
    taken = !(await visitorOf(city).post('/termine/halten', chosen)).body.includes('halten wir diese Zeit')
  expect((await visitor.post('/termine/halten', chosen)).body).toContain('Ihre Angaben')
  expect(visitor.path).toBe(path)
})

// The last ones move the clock on.
test('whoever comes too late is told whether it was not confirmed, or somebody else has it', async () => {
  const [slow, next] = [visitorOf(city), visitorOf(city)]
  const times = await slow.get(PASSPORT)
  const first = { ...hiddenOn(times), time: timesOn(times).at(-1)! }
  await slow.post('/termine/halten', first)
  const { path } = slow
  const reserved = await holdLast(next, PASSPORT)
  await next.post(reserved.path, somebody())
  city.clock.advance({ minutes: 11 })
  const office = first.time.split(' ')[1]!
  // Until nothing is left at that time.
  for (let taken = false; !taken;) {
    const other = visitorOf(city)
    taken = !(await other.post('/termine/halten', { ...first, office })).body.includes('halten wir diese Zeit')
  }
  const late = await slow.post(path, somebody())
  expect(late.body).toContain('diese Zeit ist inzwischen vergeben')
  expect(late.body).toContain('Ihre Suche ist noch da')
  city.clock.advance({ minutes: 50 })
  expect((await next.get(reserved.path)).body).toContain('Der Termin wurde nicht rechtzeitig bestätigt')
  expect((await next.get(`/en${reserved.path}`)).body).toContain('The appointment was not confirmed in time')
})

test('a time that was held too long is chosen anew, for the same matter', async () => {
  const visitor = visitorOf(city)
  const { path } = await holdLast(visitor, `${PASSPORT}&people=2`)
  city.clock.advance({ minutes: 11 })
  // Whoever sends the form asks for it all the same, and reads no time that is past.
  const unnamed = await visitor.post(path, { ...somebody(), name: '' })
  expect(unnamed.body).toContain('Die 10 Minuten sind vorbei.')
  expect(unnamed.body).not.toContain('halten wir diese Zeit für Sie frei')
  expect((await visitor.get(path)).body).toContain('Die Zeit war nur 10 Minuten für Sie freigehalten')
  expect(visitor.path).toContain('people=2')
})
