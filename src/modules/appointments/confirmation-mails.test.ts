import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, codeInMail, newDays, type Held } from './testing/api.ts'
import { mailsTo } from './testing/booked.ts'
import { planOffices } from './testing/plan.ts'
import { hiddenOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, hold, book, confirm } = apiOf(city)
const newDay = newDays()

/** From the address of one sender. */
const from = (sender: number) => ({ headers: { 'x-forwarded-for': `203.0.113.${sender}` } })
/** Another one in each test: the limit of requests counts real minutes. */
let senders = 100
let stranger = from(senders)
const refused = { status: 409, type: expect.stringContaining('too-many-bookings') }

/** The next time of all, held from another address each. */
const times: string[] = []
async function held(): Promise<Held> {
  if (times.length === 0) {
    const day = newDay()
    for (const hour of ['08', '09', '10', '11'])
      for (const minute of ['00', '15', '30', '45']) times.push(`${day} ${hour}:${minute}`)
  }
  const [day, time] = times.shift()!.split(' ') as [string, string]
  return (await hold(day, time)).json() as Held
}
const reserve = async (email: string, asking: object) => {
  const one = await held()
  return { ...one, answer: await book(one, { email }, asking) }
}
const giveBack = ({ id, code }: Held) => json('DELETE', `${API}/bookings/${id}?code=${code}`)
const stateOf = ({ answer }: { answer: { json(): { state?: string; status?: number } } }) =>
  answer.json().state ?? answer.json().status
async function fill(email: string, asking: object, n = 6): Promise<Held[]> {
  const all = []
  for (let i = 0; i < n; i += 1) {
    const one = await reserve(email, asking)
    expect(stateOf(one)).toBe('reserved')
    all.push(one)
  }
  return all
}

beforeAll(async () => {
  const ctx = await city.ctx()
  await planOffices(ctx)
  await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'rathaus', roles: ['administrator'] })
  await addCitizen(ctx, { name: 'Uwe Kern', email: 'uwe@example.org' })
})
beforeEach(() => {
  city.clock.advance({ minutes: 61 })
  stranger = from((senders += 1))
})

describe('mails that ask to confirm, to one mailbox', () => {
  test('are six an hour from one sender, whatever follows a plus', async () => {
    for (let i = 0; i < 6; i += 1) await fill(`opfer+${i}@example.org`, stranger, 1)
    const { answer } = await reserve('Opfer@Example.org', stranger)
    expect(answer.json()).toMatchObject({ ...refused, detail: expect.stringContaining('in der letzten Stunde') })
    await fill('jemand-anderes@example.org', stranger, 1)
    city.clock.advance({ minutes: 61 })
    await fill('opfer@example.org', stranger, 1)
  })

  test('are not more for who gives each time back and books again', async () => {
    const ctx = await city.ctx()
    const states = []
    for (let i = 0; i < 9; i += 1) {
      const one = await reserve('geflutet@example.org', stranger)
      states.push(stateOf(one))
      expect((await giveBack(one)).json().state).toBe('cancelled')
    }
    expect(states).toEqual([...Array<string>(6).fill('reserved'), 409, 409, 409])
    expect(await mailsTo(ctx, 'geflutet@example.org')).toHaveLength(6)
  })

  test('do not lock out who the mailbox belongs to, when a stranger has sent as many as they may', async () => {
    await fill('besitzerin@example.org', stranger)
    expect(stateOf(await reserve('besitzerin@example.org', stranger))).toBe(409)
    await fill('besitzerin@example.org', from(2), 1)
  })

  test('are eighteen an hour from all senders, also where every time was given back', async () => {
    for (const sender of [11, 12, 13])
      for (const one of await fill('viele@example.org', from(sender))) if (sender < 13) await giveBack(one)
    expect(stateOf(await reserve('viele@example.org', from(14)))).toBe(409)
    expect(await mailsTo(await city.ctx(), 'viele@example.org')).toHaveLength(18)
  })

  test.each(['gives the time back', 'confirms it'])(
    'count no longer once somebody follows a link of them and %s',
    async (what) => {
      const email = what === 'confirms it' ? 'bestaetigt@example.org' : 'zurueck@example.org'
      const all = []
      for (const sender of [21, 22, 23]) all.push(...(await fill(email, from(sender))))
      const owner = from(24)
      expect(stateOf(await reserve(email, owner))).toBe(409)
      // The code of the hold shows nothing of the mailbox.
      await giveBack(all[0]!)
      expect(stateOf(await reserve(email, owner))).toBe(409)
      const one = all[1]!
      if (what === 'confirms it') expect((await confirm(one.id)).json().state).toBe('booked')
      else {
        const visitor = visitorOf(city)
        await visitor.get(`/termine/${one.id}?code=${await codeInMail(city, one.id, 'confirm')}`)
        await visitor.post(`/termine/${one.id}/rueckgabe`, {})
      }
      await fill(email, owner, 1)
    },
  )

  test('count no longer for who follows a link of them, when strangers have given every time back', async () => {
    const all = []
    for (const sender of [41, 42, 43]) all.push(...(await fill('leer@example.org', from(sender))))
    const code = await codeInMail(city, all[0]!.id, 'confirm')
    for (const one of all) await giveBack(one)
    const owner = from(44)
    expect(stateOf(await reserve('leer@example.org', owner))).toBe(409)
    const visitor = visitorOf(city)
    const path = `/termine/${all[0]!.id}`
    const page = await visitor.get(`${path}?code=${code}`)
    expect(page.status).toBe(404)
    expect(page.body).toContain('Die Zeit wurde zurückgegeben')
    // To look is not enough, for scanners of mail open links; a code that was not sent does nothing.
    await visitor.post(`${path}/postfach`, { code: all[0]!.code })
    expect(stateOf(await reserve('leer@example.org', owner))).toBe(409)
    await visitor.post(`${path}/postfach`, hiddenOn(page))
    expect(visitor.path).toBe('/termine')
    await fill('leer@example.org', owner, 1)
    expect((await visitor.get(`${path}?code=${code}`)).body).toContain('Diesen Termin können wir hier nicht zeigen')
  })

  test('count no longer for who follows a link of them whose appointment has begun unconfirmed', async () => {
    const day = newDay()
    city.clock.set(at(day, '07:45'))
    times.length = 0
    const soon = (await hold(day, '08:00')).json() as Held
    await book(soon, { email: 'gleich@example.org' }, stranger)
    await fill('gleich@example.org', stranger, 5)
    city.clock.advance({ minutes: 16 })
    expect(stateOf(await reserve('gleich@example.org', stranger))).toBe(409)
    const visitor = visitorOf(city)
    const page = await visitor.get(`/termine/${soon.id}?code=${await codeInMail(city, soon.id, 'confirm')}`)
    expect([page.status, page.body]).toEqual([404, expect.stringContaining('ist abgelaufen')])
    await visitor.post(`/termine/${soon.id}/postfach`, hiddenOn(page))
    await fill('gleich@example.org', stranger, 1)
  })

  test('two at once for the last of the six: one is refused', async () => {
    await fill('zugleich@example.org', stranger, 5)
    const both = await Promise.all([1, 2].map(() => reserve('zugleich@example.org', stranger)))
    expect(both.map(({ answer }) => answer.status).toSorted()).toEqual([201, 409])
  })

  test('do not count where somebody names times at the same moment that are not theirs', async () => {
    const named = [...Array.from({ length: 6 }, () => ({ id: randomUUID(), code: 'falsch' })), await held()]
    const answers = await Promise.all(named.map((one) => book(one, { email: 'bedraengt@example.org' }, stranger)))
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(6).fill(404), 201])
  })

  test('do not keep it from booking with an account, nor the service centre', async () => {
    await fill('uwe@example.org', stranger)
    expect(stateOf(await reserve('uwe@example.org', stranger))).toBe(409)
    for (const as of ['uwe@example.org', 'otto@example.org'])
      expect(stateOf(await reserve('uwe@example.org', { as, ...stranger }))).toBe('booked')
  })

  test('count for the address to which one is corrected, and each correction is one', async () => {
    await fill('ziel@example.org', stranger, 5)
    const correct = async (email: string) => {
      const { id, code } = await reserve(`anders-${times.length}@example.org`, stranger)
      return json('PATCH', `${API}/bookings/${id}?code=${code}`, { email }, stranger)
    }
    expect((await correct('ziel@example.org')).json().state).toBe('reserved')
    expect((await correct('ziel+1@example.org')).json()).toMatchObject(refused)
    expect(stateOf(await reserve('ziel@example.org', stranger))).toBe(409)
  })

  test('that are too many are named on the page, which keeps the time and what was typed', async () => {
    for (const sender of [31, 32, 33]) await fill('seite@example.org', from(sender))
    const { id, code } = await held()
    const visitor = visitorOf(city)
    await visitor.get(`/termine/${id}?code=${code}`)
    const page = await visitor.post(`/termine/${id}`, { name: 'Ida Becker', email: 'seite@example.org' })
    expect(page.status).toBe(422)
    expect(page.body).toContain('mehrere E-Mails, die niemand bestätigt hat')
    expect(page.body).toContain('href="#f-email"')
    expect(page.body).toContain('value="seite@example.org"')
  })
})
