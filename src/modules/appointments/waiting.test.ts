import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { formatDay } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { forgetCalendar } from './calendars.ts'
import { API, apiOf, at, solvedTask, type Held } from './testing/api.ts'
import { mailsTo } from './testing/booked.ts'
import { mornings, planOffices } from './testing/plan.ts'
import { visitorOf, type VisitorOfPages } from './testing/visitor.ts'
import { mayHold } from './use-cases/proof.ts'
import { tellWaiting } from './use-cases/waiting.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, booked } = apiOf(city)

/** The only day on which anybody gives advice, at 8 and at half past. */
const DAY = '2030-04-05'
const only = Temporal.PlainDate.from(DAY)
const time = (text: string) => Temporal.PlainTime.from(text)
const ADVICE = { service: 'beratung', people: '1' }

beforeAll(async () => {
  const ctx = await city.ctx()
  const hours = [{ from: time('08:00'), to: time('09:00') }]
  await planOffices(ctx, [mornings('mitte-team', 1, { firstDay: only, lastDay: only, hours, stepMinutes: 30 })])
  await addCitizen(ctx, { name: 'Ida Becker', email: 'ida@example.org' })
  await addCitizen(ctx, { name: 'Kim Sommer', email: 'kim@example.org' })
  await addCitizen(ctx, { name: 'Mira Winter', email: 'mira@example.org' })
})

beforeEach(async () => {
  const ctx = await city.ctx()
  for (const table of ['waiting', 'occupancy', 'booking'])
    await exec(ctx.db, sql`delete from ${sql.table(`appointments_${table}`)}`)
  forgetCalendar(ctx)
})

const tell = async () => tellWaiting(await city.ctx())
const book = (at: string) =>
  booked(DAY, at, { email: `um-${at.replace(':', '')}@example.org` }, { service: ['beratung'], office: 'mitte' })
const cancel = async ({ id, code }: Held) => {
  await json('DELETE', `${API}/bookings/${id}?code=${code}`)
  // By then it has come back, whenever that was.
  city.clock.advance({ minutes: 91 })
}

/** Paths of the links in the mails to that address, the last one last. */
async function links(email: string): Promise<string[]> {
  const rows = await many(
    (await city.ctx()).db,
    sql<{ path: string }>`select link_path as path from notifications_message
      where email = ${email} and key like 'appointment-waiting:%' order by created_at, id`,
  )
  return rows.map(({ path }) => path)
}

/** Puts somebody on the list, all the way through the mail. */
async function waits(email: string, more: Record<string, string> = {}): Promise<VisitorOfPages> {
  const visitor = visitorOf(city)
  const sent = await visitor.post('/termine/warteliste', { ...ADVICE, email, ...more })
  expect(sent.body).toContain('Bitte bestätigen Sie Ihre Adresse')
  await visitor.get((await links(email)).at(-1)!)
  await visitor.post(visitor.path, {})
  expect((await visitor.get(visitor.path)).body).toContain('Sie stehen auf der Warteliste')
  city.clock.advance({ seconds: 1 })
  return visitor
}

const program = {
  LIST: `${API}/waiting-list`,
  wish: { service: ['beratung'], email: 'programm@example.org' },
}

test('waiting for something earlier is offered where an earlier time could come free, and not for the first one of all', async () => {
  const offered = async () =>
    (await visitorOf(city).get(`/termine?${new URLSearchParams(ADVICE)}`)).body.includes('Ist Ihnen das zu spät?')
  expect(await offered()).toBe(false)
  await book('08:00')
  expect(await offered()).toBe(true)
})

test('nobody is offered to wait for weekdays on which nobody works; where all is taken anybody is', async () => {
  for (const at of ['08:00', '08:30']) await book(at)
  const on = async (weekday: string) =>
    (await visitorOf(city).get(`/termine?${new URLSearchParams({ ...ADVICE, weekday })}`)).body
  const friday = await on('5')
  expect(friday).toContain('Für diese Suche ist zurzeit nichts frei')
  expect(friday).toContain('href="/termine/warteliste?')
  const sunday = await on('7')
  expect(sunday).toContain('An diesen Wochentagen vergibt dort niemand Termine.')
  expect(sunday).toContain('An allen Tagen suchen')
  expect(sunday).not.toContain('/termine/warteliste')
})

describe('the waiting list', () => {
  test('tells who has waited longest, and the next one a quarter of an hour later if it is still free', async () => {
    const [early] = [await book('08:00'), await book('08:30')]
    await waits('eins@example.org')
    await waits('zwei@example.org')
    expect(await tell()).toBe(0)
    await cancel(early)
    expect([await tell(), await tell()]).toEqual([1, 0])
    expect([(await links('eins@example.org')).length, (await links('zwei@example.org')).length]).toEqual([2, 1])
    city.clock.advance({ minutes: 15 })
    expect([await tell(), await tell()]).toEqual([1, 0])
    // The mail leads to what is free, and whoever does not take it waits on.
    const one = visitorOf(city)
    const page = await one.get((await links('eins@example.org'))[1]!)
    expect(page.body).toContain('Es ist etwas frei geworden')
    await one.post(one.path, {})
    expect((await one.get(one.path)).body).toContain('Sie stehen auf der Warteliste')
    city.clock.advance({ minutes: 15 })
    expect(await tell()).toBe(1)
  })

  test('tells only of something earlier, where there was something free already', async () => {
    const early = await book('08:00')
    const anna = await waits('anna@example.org')
    expect((await anna.get(anna.path)).body).toContain('früher als')
    expect(await tell()).toBe(0)
    await cancel(early)
    expect(await tell()).toBe(1)
  })

  test('has nobody who did not confirm, or has left', async () => {
    const early = await book('08:00')
    await visitorOf(city).post('/termine/warteliste', { ...ADVICE, email: 'fremd@example.org' })
    const gone = await waits('weg@example.org')
    expect((await gone.post(`${gone.path}/ende`, {})).body).toContain('nicht mehr auf der Warteliste')
    expect((await gone.get('/termine/warteliste/unsinn?code=geraten')).status).toBe(404)
    await cancel(early)
    expect(await tell()).toBe(0)
  })

  test('takes somebody with an account at once, and five wishes of one address', async () => {
    const ida = visitorOf(city, 'ida@example.org')
    const page = await ida.post('/termine/warteliste', { ...ADVICE, email: 'ida@example.org' })
    expect(page.body).toContain('Sie stehen auf der Warteliste')
    for (let i = 0; i < 4; i += 1) await ida.post('/termine/warteliste', { ...ADVICE, email: 'ida@example.org' })
    const refused = await ida.post('/termine/warteliste', { ...ADVICE, email: 'ida@example.org' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('schon fünf Wünsche')
    expect((await ida.post('/termine/warteliste', { ...ADVICE, email: 'niemand' })).status).toBe(422)
  })

  test('takes five of one address, also where seven come at the same moment', async () => {
    const { LIST, wish } = program
    const email = 'mira@example.org'
    const joins = Array.from({ length: 7 }, () => json('POST', LIST, { ...wish, email }, { as: email }))
    expect((await Promise.all(joins)).map(({ status }) => status).toSorted()).toEqual([
      201, 201, 201, 201, 201, 422, 422,
    ])
  })

  test('says where a link is followed that would be the sixth wish', async () => {
    const mira = visitorOf(city, 'mira@example.org')
    await visitorOf(city).post('/termine/warteliste', { ...ADVICE, email: 'mira@example.org' })
    for (let i = 0; i < 5; i += 1) await mira.post('/termine/warteliste', { ...ADVICE, email: 'mira@example.org' })
    const visitor = visitorOf(city)
    await visitor.get((await links('mira@example.org')).at(-1)!)
    const refused = await visitor.post(visitor.path, {})
    expect([refused.status, refused.body.includes('schon fünf Wünsche')]).toEqual([409, true])
  })

  test('ends by itself after the last day that somebody named, as the mail says', async () => {
    const [early] = [await book('08:00'), await book('08:30')]
    const sooner = await waits('bald@example.org', { to: '4.4.2030' })
    await waits('rechtzeitig@example.org', { to: '05.04.2030' })
    expect((await sooner.get(sooner.path)).body).toMatch(/bis spätestens Donnerstag, 4\. April 2030/)
    expect((await mailsTo(await city.ctx(), 'bald@example.org'))[0]!.body).toContain(
      'Ihr Eintrag gilt bis Donnerstag, 4. April 2030. Danach endet er von selbst',
    )
    await cancel(early)
    expect(await tell()).toBe(1)
    expect([(await links('bald@example.org')).length, (await links('rechtzeitig@example.org')).length]).toEqual([1, 2])
    const short = await waits('heute@example.org', { to: today(city.clock).toString() })
    city.clock.advance({ hours: 24 })
    expect((await short.get(short.path)).status).toBe(404)
    expect((await sooner.get(sooner.path)).status).toBe(200)
  })

  test('takes a last day without its year, and says why it ends before that: something was free already', async () => {
    const early = await book('08:00')
    const form = await visitorOf(city).get('/termine/warteliste?service=beratung&people=1')
    expect(form.body).toContain('mit dem Termin, der schon frei ist, am Freitag, 5. April 2030')
    const late = await waits('spaet@example.org', { to: '24.12.' })
    const { body } = await late.get(late.path)
    expect(body).toMatch(/Gilt bis[^]*Freitag, 5\. April 2030\. An diesem Tag ist der Termin, der schon frei war/)
    expect(body).not.toContain('24. Dezember')
    await cancel(early)
    const sooner = await waits('vorher@example.org', { to: '4.4.' })
    expect((await sooner.get(sooner.path)).body).toContain('bis spätestens Donnerstag, 4. April 2030')
  })

  test('writes how often a matter is wanted', async () => {
    await visitorOf(city).post('/termine/warteliste', { ...ADVICE, service2: 'beratung', email: 'zweimal@example.org' })
    expect((await mailsTo(await city.ctx(), 'zweimal@example.org'))[0]!.body).toContain('(2-mal)')
  })

  test('keeps what was typed while something is wrong with it', async () => {
    const typed = async (to: string, email = 'tipp@example.org') => {
      const page = await visitorOf(city).post('/termine/warteliste', { ...ADVICE, email, to })
      expect(page.status).toBe(422)
      for (const value of [to, email]) expect(page.body).toContain(`value="${value}"`)
      return page.body
    }
    expect(await typed('31.2.2030')).toContain('Den Tag 31.2.2030 gibt es nicht.')
    const both = await typed('1.3.2030', 'niemand')
    expect(both).toContain(`Geben Sie bitte einen Tag ab ${formatDay({ locale: 'de' }, today(city.clock))} an`)
    expect(both).toContain('Bitte geben Sie eine E-Mail-Adresse an')
    const from = await visitorOf(city).post('/termine/warteliste', {
      ...ADVICE,
      from: '5.4.2030',
      to: '4.4.2030',
      email: 'tipp@example.org',
    })
    expect(from.body).toContain('einen Tag ab Freitag, 5. April 2030 an')
    expect(await links('tipp@example.org')).toEqual([])
  })
})

describe('the waiting list for programs', () => {
  const { LIST, wish } = program

  test('has somebody once the link in the mail is followed, until they leave', async () => {
    const early = await book('08:00')
    const joined = await json('POST', LIST, { ...wish, office: ['mitte'], to: DAY })
    expect([joined.status, joined.json()]).toMatchObject([
      201,
      { state: 'unconfirmed', code: null, to: DAY, offices: ['mitte'], before: at(DAY, '08:30'), people: 1 },
    ])
    const [path] = await links('programm@example.org')
    const [, code] = path!.split('?code=')
    const one = `${LIST}/${joined.json().id}`
    expect([(await json('GET', one)).status, (await json('GET', `${one}?code=geraten`)).status]).toEqual([404, 404])
    expect((await json('GET', `${one}?code=${code}`)).json().state).toBe('unconfirmed')
    const visitor = visitorOf(city)
    await visitor.get(path!)
    await visitor.post(visitor.path, {})
    expect((await json('GET', `${one}?code=${code}`)).json().state).toBe('waiting')
    await cancel(early)
    expect(await tell()).toBe(1)
    expect((await json('DELETE', `${one}?code=geraten`)).status).toBe(404)
    expect((await json('DELETE', `${one}?code=${code}`)).json()).toEqual({ removed: true })
    expect((await json('GET', `${one}?code=${code}`)).status).toBe(404)
  })

  test('takes a first day long past for now', async () => {
    const joined = await json('POST', LIST, { ...wish, email: 'alt@example.org', from: '0000-01-01' })
    expect([joined.status, joined.json().from]).toEqual([201, null])
  })

  test('takes an account at once, and opens to it without a code', async () => {
    const asKim = { as: 'kim@example.org' }
    const joined = await json('POST', LIST, { ...wish, email: 'kim@example.org' }, asKim)
    const { id, state, code } = joined.json()
    expect(state).toBe('waiting')
    expect((await json('GET', `${LIST}/${id}?code=${code}`)).json().state).toBe('waiting')
    expect((await json('GET', `${LIST}/${id}`, undefined, asKim)).status).toBe(200)
    for (let i = 0; i < 4; i += 1) await json('POST', LIST, { ...wish, email: 'kim@example.org' }, asKim)
    const refused = await json('POST', LIST, { ...wish, email: 'kim@example.org' }, asKim)
    expect([refused.status, refused.json().errors[0].pointer]).toEqual([422, '#/email'])
    expect((await json('DELETE', `${LIST}/${id}`, undefined, asKim)).status).toBe(200)
  })

  test.each([
    ['#/email', { email: 'niemand' }],
    ['#/to', { to: '2030-03-01' }],
    ['#/office/1', { office: ['mitte', 'mond'] }],
    ['#/near', { near: 'Nirgendwo 1' }],
    ['#/office', { office: ['sued'] }],
  ])('says that %s is wrong', async (pointer, more) => {
    const refused = await json('POST', LIST, { ...wish, ...more })
    expect([refused.status, refused.json().errors.map((one: { pointer: string }) => one.pointer)]).toEqual([
      422,
      [pointer],
    ])
  })

  test('asks for a proof of work after ten holds and wishes of an hour from one address', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.77' }
    const join = (more: object = {}) => json('POST', LIST, { ...wish, ...more }, { headers })
    for (let i = 0; i < 9; i += 1) await mayHold(await city.ctx(), { ip: '203.0.113.77', proof: '' })
    expect([(await join()).status, (await join({ email: 'niemand' })).status]).toEqual([201, 422])
    const refused = await join()
    expect([refused.status, refused.json().type]).toEqual([429, '/api/v1/problems/proof-needed'])
    expect((await join({ altcha: await solvedTask(city) })).status).toBe(201)
  })

  // Last, for its day ends everybody's session.
  test('writes to nobody more than three times a day of whom nothing comes back, whoever asks for it', async () => {
    const { LIST, wish } = program
    const email = 'fremd@example.org'
    // The last ends with today: it is over tomorrow, and no mail the less.
    for (const more of [{}, {}, { to: today(city.clock).toString() }])
      expect((await json('POST', LIST, { ...wish, ...more, email })).status).toBe(201)
    const refused = await visitorOf(city).post('/termine/warteliste', { ...ADVICE, email: 'Fremd@example.org' })
    expect([refused.status, refused.body.includes('heute schon drei E-Mails')]).toEqual([422, true])
    const path = (await links(email)).at(-2)!
    const visitor = visitorOf(city)
    await visitor.get(path)
    await visitor.post(visitor.path, {})
    expect((await json('POST', LIST, { ...wish, email })).status).toBe(201)
    expect((await json('POST', LIST, { ...wish, email })).status).toBe(422)
    city.clock.advance({ hours: 25 })
    expect((await json('POST', LIST, { ...wish, email })).status).toBe(201)
  })
})
