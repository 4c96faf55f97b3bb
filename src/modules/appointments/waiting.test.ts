import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { forgetCalendar } from './calendars.ts'
import { API, apiOf, type Held } from './testing/api.ts'
import { mornings, planOffices } from './testing/plan.ts'
import { visitorOf, type VisitorOfPages } from './testing/visitor.ts'
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
async function waits(email: string): Promise<VisitorOfPages> {
  const visitor = visitorOf(city)
  const sent = await visitor.post('/termine/warteliste', { ...ADVICE, email })
  expect(sent.body).toContain('Bitte bestätigen Sie Ihre Adresse')
  await visitor.get((await links(email)).at(-1)!)
  await visitor.post(visitor.path, {})
  expect((await visitor.get(visitor.path)).body).toContain('Sie stehen auf der Warteliste')
  city.clock.advance({ seconds: 1 })
  return visitor
}

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
})
