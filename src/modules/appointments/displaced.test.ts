import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { mailsTo } from './testing/booked.ts'
import { at, freshDesk, LAURA, type Desk } from './testing/desk.ts'
import { moveTo, hiddenOn, timesOn, visitorOf } from './testing/visitor.ts'
import { bookingForArrival } from './use-cases/attendance.ts'
import { addClosure, removeClosure } from './use-cases/plan/closures.ts'
import { remindPeople } from './use-cases/remind.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const CANNOT = 'Dieser Termin kann nicht stattfinden'
const SHUT = 'Die Dienststelle ist an diesem Tag geschlossen.'

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})

/** The office is shut on that day, and whoever has booked is written to, or left as they are. */
async function shut(day: Temporal.PlainDate, all: 'write' | 'leave'): Promise<string> {
  const id = newId()
  const closure = { id, office: desk.team.office, firstDay: day, lastDay: day, reason: 'Umzug' }
  const made = await addClosure(await city.ctx({ as: LAURA }), closure, { all, one: new Map() })
  if (!made.ok) throw new Error(made.problem)
  await city.runJobs()
  return id
}

describe('whoever was asked to choose another time because the office is shut', () => {
  test('reads so on the page and in JSON, and chooses another one', async () => {
    const ctx = await city.ctx()
    const monday = desk.mondays[0]!
    const id = await desk.book(at(monday, '09:00'), 'uta@example.org')
    const [link] = (await mailsTo(ctx, 'uta@example.org')).map(({ path }) => path!)
    const uta = visitorOf(city)
    expect((await uta.get(link!)).body).toContain('Bei Ihrer Ankunft')
    const code = link!.split('code=')[1]!
    const asJson = async () => (await city.json('GET', `/api/v1/appointments/bookings/${id}?code=${code}`)).json()
    expect(await asJson()).toMatchObject({ displaced: null })
    await shut(monday, 'write')

    const house = (await uta.get(`/dienststellen/${desk.team.office}`)).body
    expect(house).toMatch(/Außerdem geschlossen[^]*Montag, \d+\. März 2030[^]*Mit Termin/)
    expect(house).toContain(`/termine?office=${desk.team.office}`)
    expect(house).not.toContain('Umzug')

    const page = await uta.get(`/termine/${id}`)
    expect(page.body).toContain(CANNOT)
    expect(page.body).toContain(SHUT)
    expect(page.body).toContain('Neue Zeit wählen')
    for (const gone of ['Bei Ihrer Ankunft', 'kern-badge--success', 'In den Kalender speichern', '<svg id="ankunft'])
      expect(page.body).not.toContain(gone)
    expect(await asJson()).toMatchObject({ state: 'booked', displaced: 'closure' })

    const mail = (await mailsTo(ctx, 'uta@example.org')).at(-1)!
    const atHome = visitorOf(city)
    const choose = await atHome.get(mail.path!)
    expect(choose.body).toContain('kann nicht stattfinden')
    expect(choose.body).toContain(SHUT)
    expect(choose.body).not.toContain('erst dann geben wir die alte frei')
    expect((await atHome.get(`/en/termine/${id}`)).body).toContain('This appointment cannot take place')
    const moved = await moveTo(atHome, `/termine/${id}`, { ...hiddenOn(choose), time: timesOn(choose)[0]! })
    expect(moved.body).toContain('Ihr Termin ist verschoben')
    expect(moved.body).not.toContain(CANNOT)
    expect(await asJson()).toMatchObject({ displaced: null })
  })

  test('is told so in place of a reminder, and at the terminal on the day', async () => {
    const ctx = await city.ctx()
    const monday = desk.mondays[0]!
    const id = await desk.book(at(monday, '09:00'), 'later@example.org')
    const page = await visitorOf(city).get((await mailsTo(ctx, 'later@example.org'))[0]!.path!)
    const code = /class="ap-code">([A-Z0-9 ]+)</.exec(page.body)![1]!
    await shut(monday, 'write')
    city.clock.set(at(monday, '09:00').subtract({ hours: 23 }).toString())
    await remindPeople(ctx)
    const reminded = (await mailsTo(ctx, 'later@example.org')).at(-1)!
    expect(reminded.subject).toContain('Bitte wählen Sie eine neue Zeit')
    city.clock.set(at(monday, '08:55').toString())
    expect(await bookingForArrival(await city.ctx(), { office: desk.team.office, code })).toMatchObject({
      problem: 'displaced',
      because: SHUT,
      booking: { id },
    })
  })

  test('keeps it where the office opens again, and so does whom staff left as they were', async () => {
    const [monday, next] = [desk.mondays[1]!, desk.mondays[2]!]
    await desk.book(at(monday, '09:00'), 'w@example.org')
    await desk.book(at(next, '09:00'), 'l@example.org')
    const closure = await shut(monday, 'write')
    await shut(next, 'leave')
    const pageOf = async (email: string) => {
      const visitor = visitorOf(city)
      return (await visitor.get((await mailsTo(await city.ctx(), email))[0]!.path!)).body
    }
    expect(await pageOf('l@example.org')).not.toContain(CANNOT)
    expect(await pageOf('w@example.org')).toContain(CANNOT)
    await removeClosure(await city.ctx({ as: LAURA }), closure, () => true)
    expect(await pageOf('w@example.org')).toContain('Bei Ihrer Ankunft')
  })
})
