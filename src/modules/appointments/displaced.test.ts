import ICAL from 'ical.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { exec, one, sql } from '#platform/db/db.ts'
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
async function shut(day: Temporal.PlainDate, all: 'write' | 'leave', office = desk.team.office): Promise<string> {
  const id = newId()
  const closure = { id, office, firstDay: day, lastDay: day, reason: 'Umzug' }
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

  test('sees times from the old day on, which can be typed over, and from today where it can take place', async () => {
    const monday = desk.mondays[2]!
    const id = await desk.book(at(monday, '09:00'), 'then@example.org')
    const visitor = visitorOf(city)
    await visitor.get((await mailsTo(await city.ctx(), 'then@example.org'))[0]!.path!)
    const move = `/termine/${id}/verschieben`
    const firstDay = async (address: string) => timesOn(await visitor.get(address))[0]!.slice(0, 10)
    const today = await firstDay(move)
    expect(today < monday.toString()).toBe(true)
    await shut(monday, 'write')
    expect(await firstDay(move)).toBe(monday.toString())
    expect((await visitor.get(move)).body).toMatch(new RegExp(`name="from"[^>]*value="${monday.day}\\.`))
    expect(await firstDay(`${move}?km=3&from=`)).toBe(today)
    const staff = `/workbench${move.replace('/termine/', '/termine/buchungen/')}`
    // In the house that is shut on that day.
    for (const [address, day] of [
      [staff, monday.add({ days: 1 }).toString()],
      [`${staff}?from=`, today],
    ] as const)
      expect(timesOn(await city.get(address, { as: LAURA }))[0]!.slice(0, 10)).toBe(day)
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

describe('the calendar of whoever has an appointment that cannot take place', () => {
  const ANNA = 'anna.becker@musterstadt.example'
  const entryIn = (body: string, uid: string) => {
    const calendar = new ICAL.Component(ICAL.parse(body))
    const event = calendar.getAllSubcomponents('vevent').find((one) => one.getFirstPropertyValue('uid') === uid)!
    const value = (name: string) => String(event.getFirstPropertyValue(name))
    return {
      method: calendar.getFirstPropertyValue('method'),
      status: value('status'),
      sequence: Number(value('sequence')),
      summary: value('summary'),
      description: value('description'),
    }
  }

  test('says so as tentative with a higher number, in the feed, in the file and in the mail, and takes it back', async () => {
    const monday = desk.mondays[3]!
    const id = await desk.book(at(monday, '09:00'), 'cal@example.org')
    const ctx = await city.ctx()
    const [link] = (await mailsTo(ctx, 'cal@example.org')).map(({ path }) => path!)
    const visitor = visitorOf(city)
    await visitor.get(link!)
    const anna = await city.ctx({ as: ANNA })
    await exec(ctx.db, sql`update appointments_booking set account = ${anna.account!.id}::uuid where id = ${id}::uuid`)
    const made = await visitorOf(city, ANNA).post('/konto/termine/kalender', {})
    const address = new URL(/data-value="([^"]+)"/.exec(made.body)![1]!).pathname
    const feed = async () => entryIn((await visitorOf(city).get(address)).body, id)
    const file = async () => entryIn((await visitor.get(`/termine/${id}/termin.ics`)).body, id)

    const before = await feed()
    expect(before).toMatchObject({ method: 'PUBLISH', status: 'CONFIRMED' })
    expect(await file()).toEqual(before)

    const closure = await shut(monday, 'write')
    const off = await feed()
    expect(off).toMatchObject({ method: 'PUBLISH', status: 'TENTATIVE' })
    expect(off.sequence).toBeGreaterThan(before.sequence)
    expect(off.summary).toBe(`Findet nicht statt: ${before.summary}`)
    expect(off.description).toContain(`Dieser Termin kann nicht stattfinden.\n${SHUT} Bitte wählen Sie eine neue Zeit`)
    expect(off.description).not.toContain('Ihr Code für die Ankunft')
    // Asked again, it is the same entry.
    for (const again of [await feed(), await file()]) expect(again).toEqual(off)

    await removeClosure(await city.ctx({ as: LAURA }), closure, () => true)
    const back = await file()
    expect(back).toMatchObject({ status: 'CONFIRMED', summary: before.summary })
    expect(back.sequence).toBeGreaterThan(off.sequence)
    expect(await feed()).toEqual(back)
  })

  test('is told by the mail that asks for another time, and by that of the new one', async () => {
    const monday = desk.mondays[4]!
    const id = await desk.book(at(monday, '09:00'), 'mailed@example.org')
    const ctx = await city.ctx()
    const entries = async () =>
      (await mailsTo(ctx, 'mailed@example.org')).flatMap(({ calendar }) => (calendar ? [entryIn(calendar, id)] : []))
    await shut(monday, 'write')
    const visitor = visitorOf(city)
    const choose = await visitor.get((await mailsTo(ctx, 'mailed@example.org')).at(-1)!.path!)
    await moveTo(visitor, `/termine/${id}`, { ...hiddenOn(choose), time: timesOn(choose)[0]! })
    const told = await entries()
    expect(told.map(({ status }) => status)).toEqual(['CONFIRMED', 'TENTATIVE', 'CONFIRMED'])
    const numbers = told.map(({ sequence }) => sequence)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    // The new day is shut, too.
    const there = await one(
      ctx.db,
      sql<{
        office: string
        day: Temporal.PlainDate
      }>`select office, (starts_at at time zone 'Europe/Berlin')::date as day
        from appointments_booking where id = ${id}::uuid`,
    )
    await shut(there.day, 'write', there.office)
    const again = (await entries()).at(-1)!
    expect(again.status).toBe('TENTATIVE')
    expect(again.sequence).toBeGreaterThan(numbers.at(-1)!)
  })

  test('counts once where two calendars ask at the same moment', async () => {
    const monday = desk.mondays[5]!
    const id = await desk.book(at(monday, '09:00'), 'twice@example.org')
    const visitor = visitorOf(city)
    await visitor.get((await mailsTo(await city.ctx(), 'twice@example.org'))[0]!.path!)
    const closure = await shut(monday, 'write')
    await visitor.get(`/termine/${id}/termin.ics`)
    await removeClosure(await city.ctx({ as: LAURA }), closure, () => true)
    const both = await Promise.all(
      Array.from(
        { length: 8 },
        async () => entryIn((await visitor.get(`/termine/${id}/termin.ics`)).body, id).sequence,
      ),
    )
    expect(new Set(both).size).toBe(1)
  })
})
