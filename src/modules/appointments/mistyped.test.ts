import { beforeAll, describe, expect, it } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, codeInMail, mailsOf, newDays, type Held } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'
import { hiddenOn, visitorOf } from './testing/visitor.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const ctx = await city.ctx()
const { json, hold, book, booked } = apiOf(city)
const newDay = newDays()

beforeAll(async () => {
  await planOffices(ctx)
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
})

/** Reserved under an address that nobody reads, or somebody else. */
async function mistyped(): Promise<Held> {
  // Those of other tests have ended: an address has only so many at a time.
  city.clock.advance({ minutes: 61 })
  const held = (await hold(newDay(), '08:00')).json() as Held
  await book(held, { email: 'vertipt@example.org' })
  return held
}
const correct = (held: Held, email: string, headers: Record<string, string> = {}) => {
  // Mails of one moment have no order.
  city.clock.advance({ seconds: 1 })
  return json('PATCH', `${API}/bookings/${held.id}?code=${held.code}`, { email }, { headers })
}
const confirmWith = (id: string, code: string) => json('POST', `${API}/bookings/${id}/confirmation`, { code })
const sentTo = async (id: string) =>
  (
    await many(
      ctx.db,
      sql<{
        email: string
      }>`select email from notifications_message where key like ${`appointment:${id}:%`} order by created_at`,
    )
  ).map(({ email }) => email)
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('a mistyped address of a booking that nobody has confirmed', () => {
  it('is corrected: another link goes out, and with it the booking is made', async () => {
    const held = await mistyped()
    const before = (await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).json()
    const answer = await correct(held, 'vertippt@example.org', { 'if-match': '"0"' })
    expect(answer.json()).toMatchObject({
      state: 'reserved',
      sequence: 1,
      expiresAt: before.expiresAt,
      name: before.name,
    })
    expect(await sentTo(held.id)).toEqual(['vertipt@example.org', 'vertippt@example.org'])
    expect((await confirmWith(held.id, await codeInMail(city, held.id, 'confirm'))).json()).toMatchObject({
      state: 'booked',
      sequence: 2,
    })
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 confirm', '2 booked'])
    const file = await city.get(`/termine/${held.id}/termin.ics?code=${held.code}`)
    expect(file.body).toContain('SEQUENCE:2')
  })

  it('the link that a stranger got opens nothing any more', async () => {
    const held = await mistyped()
    const strangers = await codeInMail(city, held.id, 'confirm')
    expect((await json('GET', `${API}/bookings/${held.id}?code=${strangers}`)).status).toBe(200)
    await correct(held, 'richtig@example.org')
    expect((await confirmWith(held.id, strangers)).status).toBe(404)
    expect((await json('GET', `${API}/bookings/${held.id}?code=${strangers}`)).status).toBe(404)
    expect((await json('DELETE', `${API}/bookings/${held.id}?code=${strangers}`)).status).toBe(404)
  })

  it('whoever confirms at the same moment with the first link is first or too late, and never both', async () => {
    const held = await mistyped()
    const first = await codeInMail(city, held.id, 'confirm')
    const [corrected, confirmed] = await Promise.all([
      correct(held, 'richtig@example.org'),
      confirmWith(held.id, first),
    ])
    expect([`${corrected.status} ${confirmed.status}`]).toEqual([expect.stringMatching(/^(200 404|409 200)$/)])
  })

  it('twice the same is one correction, and one mail', async () => {
    const held = await mistyped()
    await correct(held, 'richtig@example.org')
    expect((await correct(held, 'richtig@example.org')).json()).toMatchObject({ sequence: 1 })
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 confirm'])
  })

  it('of an account is corrected by it', async () => {
    const own = { as: 'ida@example.org' }
    const held = (await hold(newDay(), '08:00')).json() as Held
    await book(held, { email: 'vertipt@example.org' }, own)
    const answer = await json('PATCH', `${API}/bookings/${held.id}`, { email: 'ida.becker@example.org' }, own)
    expect(answer.json()).toMatchObject({ state: 'reserved', sequence: 1 })
  })
})

describe('an address is not changed', () => {
  it('once it is confirmed: nobody sells a booking', async () => {
    const held = await booked(newDay(), '08:00')
    const answer = await correct(held, 'kaeufer@example.org')
    expect(answer.json()).toMatchObject({ status: 409, detail: expect.stringContaining('E-Mail-Adresse') })
    expect(await sentTo(held.id)).not.toContain('kaeufer@example.org')
  })

  it('more than three times, for each sends a mail to somebody', async () => {
    const held = await mistyped()
    const answers = []
    for (const n of [1, 2, 3, 4]) answers.push(problemOf(await correct(held, `versuch-${n}@example.org`)))
    expect(answers).toEqual([...[1, 2, 3].map(() => [200, undefined]), [409, 'corrected-too-often']])
    expect(await sentTo(held.id)).toHaveLength(4)
  })

  it('to one that has five appointments to come', async () => {
    const day = newDay()
    for (const time of ['08:00', '08:15', '08:30', '08:45', '09:00'])
      await booked(day, time, { email: 'viel@example.org' })
    expect(problemOf(await correct(await mistyped(), 'Viel+6@example.org'))).toEqual([409, 'too-many-bookings'])
    const own = { as: 'ida@example.org' }
    const held = (await hold(newDay(), '08:00')).json() as Held
    await book(held, { email: 'vertipt@example.org' }, own)
    const answer = await json('PATCH', `${API}/bookings/${held.id}`, { email: 'viel@example.org' }, own)
    expect(problemOf(answer)).toEqual([409, 'too-many-bookings'])
  })

  it.each([
    ['to what is none', 'keine', 422],
    ['to two at once', 'a@example.org, b@example.org', 422],
    ['with a line of a mail in it', 'a@example.org\r\nBcc: alle@example.org', 422],
    ['to nothing', '', 400],
  ])('%s', async (_what, email, status) => {
    const held = await mistyped()
    expect((await correct(held, email)).status).toBe(status)
    expect(await sentTo(held.id)).toEqual(['vertipt@example.org'])
  })

  it('by whoever does not hold it, has seen another version, or says two things at once', async () => {
    const held = await mistyped()
    expect((await correct({ ...held, code: 'falsch' }, 'a@example.org')).status).toBe(404)
    expect(problemOf(await correct(held, 'a@example.org', { 'if-match': '"7"' }))).toEqual([412, 'version-changed'])
    const path = `${API}/bookings/${held.id}?code=${held.code}`
    expect((await json('PATCH', path, { email: 'a@example.org', reminder: 'none' })).status).toBe(422)
    expect(await sentTo(held.id)).toEqual(['vertipt@example.org'])
  })

  it('of a time without a name, and of one that was given up', async () => {
    const held = (await hold(newDay(), '08:00')).json() as Held
    expect(problemOf(await correct(held, 'a@example.org'))).toEqual([409, 'not-changeable'])
    const late = await mistyped()
    city.clock.advance({ minutes: 60 })
    expect(problemOf(await correct(late, 'a@example.org'))).toEqual([409, 'hold-expired'])
  })
})

describe('on the page of what was just reserved', () => {
  async function reservedPage() {
    const held = await mistyped()
    const visitor = visitorOf(city)
    const path = `/termine/${held.id}`
    const page = await visitor.get(`${path}?code=${held.code}`)
    const send = (from: typeof page, email: string) => {
      city.clock.advance({ seconds: 1 })
      return visitor.post(`${path}/adresse`, { ...hiddenOn(from), email })
    }
    return { held, visitor, path, page, send }
  }

  it('the address is put right in place, and the time stays', async () => {
    const { held, page, send, visitor, path } = await reservedPage()
    expect(page.body).toContain('Wir haben eine E-Mail an vertipt@example.org geschickt')
    expect(page.body).toMatch(/name="email"[^>]*value="vertipt@example.org"/)
    expect(page.body).not.toContain('Noch einmal buchen')
    const corrected = await send(page, 'vertippt@example.org')
    expect(corrected.body).toContain('Wir haben eine neue E-Mail geschickt')
    expect(corrected.body).toContain('Wir haben eine E-Mail an vertippt@example.org geschickt')
    // A double click, and a page that is loaded again.
    expect((await send(page, 'vertippt@example.org')).body).toContain('Wir haben eine neue E-Mail geschickt')
    expect(await sentTo(held.id)).toEqual(['vertipt@example.org', 'vertippt@example.org'])
    const asked = await visitor.get(`${path}?code=${await codeInMail(city, held.id, 'confirm')}`)
    expect(asked.body).toContain('Möchten Sie diesen Termin?')
    expect(asked.body).not.toContain('Neue E-Mail schicken')
    expect((await visitor.post(`${path}/bestaetigung`, {})).body).toContain('Ihr Termin ist gebucht')
  })

  it.each([
    ['what is none', 'ohne-at.example.org', 'Bitte geben Sie eine E-Mail-Adresse an'],
    ['the same once more', 'vertipt@example.org', 'An diese Adresse haben wir die E-Mail schon geschickt'],
  ])('%s is said beside the field, which keeps what was typed', async (_what, typed, words) => {
    const { held, page, send } = await reservedPage()
    const again = await send(page, typed)
    expect(again.status).toBe(422)
    expect(again.body.split(words)).toHaveLength(3)
    expect(again.body).toContain(`value="${typed}"`)
    expect(again.body).toContain('aria-invalid="true"')
    expect(await sentTo(held.id)).toEqual(['vertipt@example.org'])
  })

  it('after three there is no field any more, but a way on', async () => {
    const { held, page, send, visitor, path } = await reservedPage()
    let last = page
    for (const n of [1, 2, 3]) last = await send(last, `versuch-${n}@example.org`)
    expect(last.body).not.toContain('name="email"')
    expect(last.body).toContain('wurde schon oft geändert')
    expect(last.body).toContain('Zeit zurückgeben und neu wählen')
    // From a window that still has the field.
    const fourth = await visitor.post(`${path}/adresse`, { sequence: '3', email: 'versuch-4@example.org' })
    expect([fourth.status, fourth.body.match(/wurde schon oft geändert/g)?.length]).toEqual([409, 1])
    expect(await sentTo(held.id)).toHaveLength(4)
  })

  it('in a second window that shows an older address it changes nothing, and says which it is now', async () => {
    const { held, page, send } = await reservedPage()
    await send(page, 'richtig@example.org')
    const late = await send(page, 'anders@example.org')
    expect(late.status).toBe(409)
    expect(late.body).toContain('Dieser Termin wurde inzwischen geändert')
    expect(late.body).toContain('an richtig@example.org geschickt')
    expect(late.body).toContain('value="anders@example.org"')
    await confirmWith(held.id, await codeInMail(city, held.id, 'confirm'))
    expect((await send(late, 'anders@example.org')).body).toContain('Dieser Termin wurde inzwischen geändert')
    expect(await sentTo(held.id)).not.toContain('anders@example.org')
  })

  it('who came by the link and does not want the time gives it back', async () => {
    const { held, visitor, path } = await reservedPage()
    const asked = await visitor.get(`${path}?code=${await codeInMail(city, held.id, 'confirm')}`)
    expect(asked.body.indexOf('Termin bestätigen')).toBeLessThan(asked.body.indexOf('Zeit zurückgeben'))
    await visitor.post(`${path}/rueckgabe`, {})
    expect(visitor.path).toMatch(/^\/termine\?.*service=reisepass/)
    expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).status).toBe(404)
  })
})
