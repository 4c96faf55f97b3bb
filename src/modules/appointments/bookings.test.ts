import { beforeAll, describe, expect, test } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, codeInMail, mailsOf, newDays } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'
import { hiddenOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, isFree, hold, book, confirm, booked } = apiOf(city)
const newDay = newDays()

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
  await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'rathaus', roles: ['administrator'] })
})

describe('a booking', () => {
  test('without an account is reserved until the link in the mail is followed, once or twice', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    expect((await book(held)).json()).toMatchObject({ state: 'reserved', name: 'Ida Becker', arrivalCode: null })
    // A double click: the same again, and no second mail.
    expect((await book(held)).json()).toMatchObject({ state: 'reserved' })
    const withItsOwnCode = await json('POST', `${API}/bookings/${held.id}/confirmation`, { code: held.code })
    expect(withItsOwnCode.status).toBe(404)
    expect((await confirm(held.id)).json()).toMatchObject({
      state: 'booked',
      sequence: 1,
      arrivalCode: expect.stringMatching(/^[2-9A-Z]{8}$/),
    })
    expect((await confirm(held.id)).json()).toMatchObject({ state: 'booked', sequence: 1 })
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 booked'])
  })

  test('says where it is seen and where its calendar file is, which opens without cookies', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    const { page, calendar } = (await book(held, { email: 'verweis@example.org' })).json().links
    expect(new URL(page)).toMatchObject({ pathname: `/termine/${held.id}`, search: `?code=${held.code}` })
    expect(calendar).toBeNull()
    await confirm(held.id)
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const { links } = (await json('GET', path)).json()
    const pathOf = (address: string) => address.slice(new URL(address).origin.length)
    const file = await city.get(pathOf(links.calendar))
    expect([file.status, file.headers['content-type'], file.cookies]).toEqual([
      200,
      expect.stringMatching('text/calendar'),
      {},
    ])
    expect(file.body).toMatch(new RegExp(`UID:${held.id}[^]*SEQUENCE:1`))
    expect((await city.open(pathOf(links.page))).body).toContain('termin.ics')
    const english = (await json('GET', path, undefined, { headers: { 'accept-language': 'en' } })).json().links
    expect(new URL(english.page).pathname).toBe(`/en/termine/${held.id}`)
    expect((await city.get(pathOf(links.calendar).replace(held.code, 'falsch'))).status).toBe(404)
    await json('DELETE', path)
    expect((await city.get(pathOf(links.calendar))).body).toMatch(/METHOD:CANCEL[^]*SEQUENCE:2/)
  })

  test('of an account has addresses without a code, and what is given back before it is booked has no calendar file', async () => {
    const day = newDay()
    const own = { as: 'ida@example.org' }
    const { links, id } = (await book((await hold(day, '10:00')).json(), {}, own)).json()
    expect(links.page).toMatch(/code=/)
    const read = (await json('GET', `${API}/bookings/${id}`, undefined, own)).json().links
    expect(read).toEqual({
      page: expect.stringMatching(`/termine/${id}$`),
      calendar: expect.stringMatching('/termin.ics$'),
    })
    const given = (await hold(day, '11:00')).json()
    const gone = (await json('DELETE', `${API}/bookings/${given.id}?code=${given.code}`)).json()
    expect(gone).toMatchObject({ state: 'cancelled', links: { calendar: null } })
    await json('DELETE', `${API}/bookings/${id}`, undefined, own)
  })

  test('that is not confirmed within an hour is given to the next', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    await book(held)
    city.clock.advance({ minutes: 60 })
    expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).status).toBe(404)
    expect((await hold(day, '10:00')).status).toBe(201)
    const late = await confirm(held.id)
    expect(late.json()).toMatchObject({ status: 409, title: 'Wir halten diese Zeit nicht mehr für Sie frei.' })
  })

  test('with an account is booked at once and belongs to it', async () => {
    const day = newDay()
    const held = (await hold(day, '10:00')).json()
    expect((await book(held, {}, { as: 'ida@example.org' })).json().state).toBe('booked')
    expect((await json('GET', `${API}/bookings/${held.id}`, undefined, { as: 'ida@example.org' })).status).toBe(200)
    expect((await json('GET', `${API}/bookings/${held.id}`, undefined, { as: 'otto@example.org' })).status).toBe(404)
    expect((await json('GET', `${API}/bookings/${held.id}?code=falsch`)).status).toBe(404)
    expect((await json('GET', `${API}/bookings/${held.id}`)).status).toBe(404)
  })

  test('cannot be given to somebody else', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const other = await book(held, { name: 'Otto Händler', email: 'otto@example.org' })
    expect(other.json()).toMatchObject({ status: 409, detail: expect.stringContaining('Name') })
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('PATCH', path, { name: 'Otto Händler' })).status).toBe(400)
    expect((await json('GET', path)).json().name).toBe('Ida Becker')
    await json('DELETE', path)
  })

  test('that is cancelled comes back later, at a moment that nobody knows', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('DELETE', path)).json()).toMatchObject({ state: 'cancelled', sequence: 2 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ seconds: 59 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ minutes: 90 })
    expect(await isFree(day, '08:00')).toBe(true)
    expect((await json('DELETE', path)).json()).toMatchObject({ status: 409 })
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 booked', '2 cancelled'])
  })

  test('moves to a time that is held, with its number and its version, and what it had comes back later', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const to = (await hold(day, '11:00', { office: 'mitte' })).json()
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const moved = await json('PATCH', path, { hold: to.id, holdCode: to.code }, { headers: { 'if-match': '"1"' } })
    expect(moved.json()).toMatchObject({ id: held.id, start: at(day, '11:00'), office: 'mitte', sequence: 2 })
    expect(await isFree(day, '08:00')).toBe(false)
    city.clock.advance({ minutes: 91 })
    expect(await isFree(day, '08:00')).toBe(true)
    // The answer was lost: the same again changes nothing more.
    const again = await json('PATCH', path, { hold: to.id, holdCode: to.code }, { headers: { 'if-match': '"1"' } })
    expect(again.json()).toMatchObject({ id: held.id, start: at(day, '11:00'), sequence: 2 })
    // Whoever has not held it is told nothing of that.
    const answers = []
    for (const version of ['*', '"1"', '"2"'])
      answers.push(await json('PATCH', path, { hold: to.id, holdCode: 'falsch' }, { headers: { 'if-match': version } }))
    expect(answers.map(({ status }) => status)).toEqual([409, 412, 409])
    await json('DELETE', path)
  })

  test('does not move to the time that it has, where another seat is free then', async () => {
    const day = newDay()
    const held = await booked(day, '08:00', {}, { office: 'mitte' })
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const beside = (await hold(day, '08:00', { office: 'mitte' })).json()
    const refused = await json('PATCH', path, { hold: beside.id, holdCode: beside.code })
    expect(refused.json()).toMatchObject({ status: 422, detail: 'Der Termin ist schon zu dieser Zeit.' })
    expect((await json('GET', path)).json()).toMatchObject({ start: at(day, '08:00'), sequence: 1 })
    await json('DELETE', path)
  })

  test('that two change at once is changed by the first, and the second is told', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const [one, two] = [(await hold(day, '11:00')).json(), (await hold(day, '11:15')).json()]
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const move = (to: { id: string; code: string }) =>
      json('PATCH', path, { hold: to.id, holdCode: to.code }, { headers: { 'if-match': '"1"' } })
    const answers = await Promise.all([move(one), move(two)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
    expect(answers.find(({ status }) => status === 412)?.json().type).toContain('version-changed')
    await json('DELETE', path)
  })

  test('does not move to a hold that is somebody else’s, or for another matter', async () => {
    const day = newDay()
    const held = await booked(day, '08:00')
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const other = (await hold(day, '11:00')).json()
    expect((await json('PATCH', path, { hold: other.id, holdCode: 'falsch' })).json()).toMatchObject({
      status: 404,
      title: 'Das haben wir nicht gefunden',
    })
    const longer = (await hold(day, '10:00', { people: 2 })).json()
    expect((await json('PATCH', path, { hold: longer.id, holdCode: longer.code })).status).toBe(422)
    expect((await json('GET', path)).json()).toMatchObject({ start: at(day, '08:00'), sequence: 1 })
    await json('DELETE', path)
  })

  test('is refused where a mail address has five to come already', async () => {
    const day = newDay()
    const mine = { email: 'viel@example.org' }
    const early = (await hold(day, '10:00')).json()
    expect((await book(early, mine)).json().state).toBe('reserved')
    for (const time of ['08:00', '08:15', '08:30', '08:45', '09:00']) await booked(day, time, mine)
    const tooMany = { status: 409, title: 'Unter dieser E-Mail-Adresse gibt es schon viele Termine.' }
    expect((await book((await hold(day, '09:15')).json(), mine)).json()).toMatchObject(tooMany)
    const behindAPlus = { email: 'Viel+6@example.org' }
    expect((await book((await hold(day, '09:30')).json(), behindAPlus)).json()).toMatchObject(tooMany)
    // What was reserved before does not get round it.
    expect((await confirm(early.id)).json()).toMatchObject(tooMany)
  })

  test('that would be the sixth shows the others to who reads the mail, and is confirmed when one of them is cancelled', async () => {
    const day = newDay()
    const mine = { email: 'sechs@example.org' }
    const sixth = (await hold(day, '10:00')).json()
    await book(sixth, mine)
    const others = []
    for (const time of ['08:00', '08:15', '08:30', '08:45']) others.push(await booked(day, time, mine))
    const behindAPlus = await booked(day, '09:00', { email: 'sechs+1@example.org' })
    const visitor = visitorOf(city)
    const confirmPath = `/termine/${sixth.id}/bestaetigung`
    await visitor.get(`/termine/${sixth.id}?code=${await codeInMail(city, sixth.id, 'confirm')}`)
    const page = await visitor.post(confirmPath, {})
    expect(page.status).toBe(409)
    expect(page.body).toContain('Dieser Termin ist noch nicht gebucht')
    for (const { id } of others) expect(page.body).toContain(`href="/termine/${id}"`)
    // It may be somebody else's address.
    expect(page.body).not.toContain(behindAPlus.id)
    expect((await visitor.get(`/termine/${behindAPlus.id}`)).status).toBe(404)
    const cancel = await visitor.get(`/termine/${others[0]!.id}/absage`)
    expect((await visitor.post(`/termine/${others[0]!.id}/absage`, hiddenOn(cancel))).status).toBe(200)
    await visitor.post(confirmPath, {})
    const path = `${API}/bookings/${sixth.id}?code=${sixth.code}`
    expect((await json('GET', path)).json().state).toBe('booked')
    for (const { id } of others.slice(1)) await visitor.post(`/termine/${id}/absage`, { sequence: '1' })
  })

  test('that would be the sixth shows nothing to who holds the time and does not read the mail', async () => {
    const day = newDay()
    const mine = { email: 'fremde-post@example.org' }
    const sixth = (await hold(day, '10:00')).json()
    await book(sixth, mine)
    const others = []
    for (const time of ['08:00', '08:15', '08:30', '08:45', '09:00']) others.push(await booked(day, time, mine))
    const stranger = visitorOf(city)
    await stranger.get(`/termine/${sixth.id}?code=${sixth.code}`)
    const page = await stranger.post(`/termine/${sixth.id}/bestaetigung`, {})
    for (const { id } of others) expect(page.body).not.toContain(id)
    expect((await stranger.get(`/termine/${others[0]!.id}`)).status).toBe(404)
  })

  test('is not refused because strangers typed its address: what nobody confirmed does not count', async () => {
    const day = newDay()
    const owner = { email: 'bestohlen@example.org' }
    for (const time of ['08:00', '08:15', '08:30', '08:45', '09:00'])
      expect((await book((await hold(day, time)).json(), owner)).status).toBe(201)
    await booked(day, '10:00', owner)
  })

  test('under a mistyped address is given back by whoever reserved it, and nobody confirms it any more', async () => {
    const day = newDay()
    const held = (await hold(day, '08:00')).json()
    await book(held, { email: 'vertipt@example.org' })
    const path = `${API}/bookings/${held.id}?code=`
    expect((await json('DELETE', `${path}geraten`)).status).toBe(404)
    const stale = { headers: { 'if-match': '"7"' } }
    expect((await json('DELETE', `${path}${held.code}`, undefined, stale)).status).toBe(412)
    expect((await json('DELETE', `${path}${held.code}`)).json()).toMatchObject({ state: 'cancelled' })
    expect(await isFree(day, '08:00')).toBe(true)
    expect((await confirm(held.id)).status).toBe(404)
  })

  test.each(['"0"', 'abc', '"1"x'])('is not changed by whoever says that they saw version %s', async (version) => {
    const day = newDay()
    const held = await booked(day, '08:00', { email: `version-${day}@example.org` })
    const to = (await hold(day, '11:00')).json()
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const saw = { headers: { 'if-match': version } }
    expect((await json('PATCH', path, { reminder: 'none' }, saw)).status).toBe(412)
    expect((await json('PATCH', path, { hold: to.id, holdCode: to.code }, saw)).status).toBe(412)
    expect((await json('DELETE', path, undefined, saw)).status).toBe(412)
    expect((await json('PATCH', path, { reminder: 'none' }, { headers: { 'if-match': '*' } })).status).toBe(200)
  })

  test('has a name in one line, and no fields that nobody knows', async () => {
    const held = (await hold(newDay(), '08:00')).json()
    const forged = await book(held, { name: 'Ida\r\nBcc: alle@example.org' })
    expect(forged.json()).toMatchObject({ status: 422, errors: [{ pointer: '#/name' }] })
    expect((await book(held, { vorname: 'Ida' })).status).toBe(400)
  })

  test('under an address that is not the account’s own has to be confirmed like everybody’s, and counts as the account’s', async () => {
    const [day, next] = [newDay(), newDay()]
    const asIda = { as: 'ida@example.org' }
    const held = (await hold(day, '08:00')).json()
    expect((await book(held, { email: 'fremd@example.net' }, asIda)).json().state).toBe('reserved')
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm'])
    const answers = []
    for (const [i, time] of ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15'].entries())
      answers.push(await book((await hold(next, time)).json(), { email: `fremd-${i}@example.net` }, asIda))
    expect(answers.at(-1)!.json()).toMatchObject({ status: 409, type: expect.stringContaining('too-many-bookings') })
  })

  test('is kept until it begins, where that is sooner than an hour, and is booked and confirmed no later', async () => {
    city.clock.set(Temporal.Instant.from(at('2030-07-01', '08:00')).toString())
    const held = (await hold('2030-07-01', '08:30')).json()
    const forgotten = (await hold('2030-07-01', '08:15')).json()
    expect((await book(held, { email: 'bald@example.org' })).json().expiresAt).toBe(at('2030-07-01', '08:30'))
    city.clock.set(at('2030-07-01', '08:30'))
    for (const late of [await confirm(held.id), await book(forgotten, { email: 'spaet@example.org' })])
      expect(late.json()).toMatchObject({ status: 409, type: expect.stringContaining('hold-expired') })
  })

  test('is moved ten times and then no more, so that nobody blocks the calendar with it', async () => {
    city.clock.set(Temporal.Instant.from(at('2030-07-02', '08:00')).toString())
    const days = ['2030-07-08', '2030-07-09']
    const held = await booked(days[0]!, '08:00', { email: 'wandern@example.org' })
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    const answers = []
    for (let i = 0; i < 10; i += 1) {
      const to = (await hold(days[(i + 1) % 2]!, `0${8 + (i % 2)}:${['00', '15', '30', '45'][i % 4]!}`)).json()
      answers.push((await json('PATCH', path, { hold: to.id, holdCode: to.code })).status)
      city.clock.advance({ minutes: 91 })
    }
    expect(answers).toEqual([...Array(9).fill(200), 409])
  })
})
