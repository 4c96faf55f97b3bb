import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import { privacy } from './privacy.ts'
import { API, apiOf } from './testing/api.ts'
import { bookedAt, mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, LAURA, outcomesOf, type Desk, type Typed } from './testing/desk.ts'
import { hiddenOn } from './testing/visitor.ts'
import { holdTime } from './use-cases/hold.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const asLaura = { as: LAURA }
const PATH = '/workbench/termine/personal'
const api = apiOf(city)

let desk: Desk
let laura = ''
let other = ''
beforeEach(async () => {
  desk = await freshDesk(city)
  other = desk.team.services[1]!
  laura = new RegExp('<option value="([0-9a-f-]{36})"[^>]*>Laura Öztürk</option>').exec((await people()).body)![1]!
})

const people = () => city.get(`${PATH}?dienststelle=${desk.team.office}`, asLaura)
const send = (to: string, fields: Typed, as = LAURA) => city.post(to, fields, { as })
const dayText = ({ day, month, year }: Temporal.PlainDate) => `${day}.${month}.${year}`

/** What the page sends to put Laura at a counter, from 8 to 12 where nothing else is said. */
const duty = async (monday: Temporal.PlainDate, more: Typed = {}): Promise<Typed> => ({
  ...hiddenOn(await people()),
  account: laura,
  lane: `${desk.team.id}/public/1`,
  day: dayText(monday),
  from: '8',
  to: '12',
  ...more,
})
/** What the page sends to note what Laura can do; null: all that the team does. */
const note = async (services: readonly string[] | null, more: Typed = {}, as = LAURA) => {
  const { unit, office } = desk.team
  const fields = {
    ...hiddenOn(await people()),
    office,
    unit,
    seen: await seenOf(laura),
    [`which-${laura}-${unit}`]: services ? 'only' : 'all',
    [`can-${laura}-${unit}`]: [...(services ?? [])],
  }
  return send(`${PATH}/${laura}/anliegen`, { ...fields, ...more }, as)
}
/** The version that the form of a person shows. */
const seenOf = async (account: string) =>
  new RegExp(`action="${PATH}/${account}/anliegen"[\\s\\S]*?name="seen" value="(\\d+)"`).exec(
    (await people()).body,
  )![1]!

/** Local times that the JSON interface gives for a service on a day. */
async function slots(monday: Temporal.PlainDate, service: string): Promise<string[]> {
  const day = monday.toString()
  const answer = await api.json(
    'GET',
    `${API}/slots?service=${service}&office=${desk.team.office}&from=${day}&to=${day}`,
  )
  return (answer.json().slots as { start: string }[]).map(({ start }) =>
    Temporal.Instant.from(start).toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString({ smallestUnit: 'minute' }),
  )
}
const holdOf = (monday: Temporal.PlainDate, time: string, service: string) =>
  api.json('POST', `${API}/holds`, { service: [service], office: desk.team.office, start: at(monday, time).toString() })

const placeOf = async (id: string) =>
  (await maybe(
    (await city.ctx()).db,
    sql<{ at: string; lane: string; sequence: number }>`select starts_at::text as at, b.lane, sequence
      from appointments_booking b join appointments_occupancy o on o.booking = b.id and o.lane = b.lane
        and lower(o.during) = b.starts_at and o.until is null
      where b.id = ${id}::uuid`,
  ))!
const seatOf = async (id: string) => Number((await placeOf(id)).lane.at(-1))
const booked = (monday: Temporal.PlainDate, time: string, service: string, email: string) =>
  bookedAt(city, { office: desk.team.office, start: at(monday, time), services: [service] }, email)
/** On which somebody is put at a counter of the team. */
const dutyDays = async () =>
  (
    await many(
      (await city.ctx()).db,
      sql<{ day: string }>`select distinct (lower(during) at time zone 'Europe/Berlin')::date::text as day
        from appointments_duty where team = ${desk.team.id} order by 1`,
    )
  ).map(({ day }) => day)
/** Two counters for all. */
const withTwo = async () => {
  desk = await freshDesk(city, { seats: { public: 2, centre: 1, 'walk-in': 0 } })
}

test('somebody is put at a counter for several days at once: on those on which it opens, and on all or none', async () => {
  const [monday, tuesday] = [desk.mondays[0]!, desk.mondays[0]!.add({ days: 1 })]
  await send(PATH, await duty(tuesday))
  const week = { lastDay: dayText(monday.add({ days: 7 })) }
  // Before anybody is asked what is to become of appointments.
  const clash = await send(PATH, await duty(monday, { ...week, next: 'preview' }))
  expect(clash.status).toBe(422)
  expect(clash.body).toMatch(/Am Dienstag, \d+\. März 2030 ist die Person zu dieser Zeit schon eingeteilt/)
  expect(clash.body).toContain(`value="${week.lastDay}"`)
  expect(await dutyDays()).toEqual([tuesday.toString()])

  expect((await send(PATH, await duty(monday, { ...week, from: '13', to: '14' }))).location).toContain('eingeteilt')
  const workdays = [0, 1, 2, 3, 4, 7].map((more) => monday.add({ days: more }).toString())
  expect(await dutyDays()).toEqual(workdays)
  for (const [lastDay, words] of [
    [dayText(monday.add({ days: 100 })), 'höchstens 90 Tage'],
    ['31.4.', 'Den Tag 31.4. gibt es nicht.'],
  ])
    expect((await send(PATH, await duty(monday, { lastDay: lastDay! }))).body).toContain(words)
})

test('whoever goes back in the browser and sends the form for another day puts somebody there as well', async () => {
  const typed = await duty(desk.mondays[0]!)
  const days = [desk.mondays[0]!, desk.mondays[1]!]
  for (const day of days)
    expect((await send(PATH, { ...typed, day: dayText(day) })).location).toContain('erledigt=eingeteilt')
  expect(await dutyDays()).toEqual(days.map(String))
})

test('of several days those on which the counter is shut are left out, the first one, too', async () => {
  const [sunday, monday] = [desk.mondays[0]!.subtract({ days: 1 }), desk.mondays[0]!]
  await send(PATH, await duty(sunday, { lastDay: dayText(monday) }))
  expect(await dutyDays()).toEqual([monday.toString()])
})

test('several days at once say whom they hit, once for all', async () => {
  await withTwo()
  await note([desk.service])
  const wednesday = desk.mondays[0]!.add({ days: 2 })
  const id = await booked(wednesday, '09:00', other, 'mittwochs@example.org')
  const lane = `${desk.team.id}/public/${await seatOf(id)}`
  const typed = await duty(desk.mondays[0]!, { lane, lastDay: dayText(wednesday) })
  const asked = await send(PATH, { ...typed, next: 'preview' })
  expect(asked.body).toContain('08:00 bis 12:00 Uhr, und an 2 weiteren Tagen')
  expect(asked.body).toContain('Die Änderung trifft einen gebuchten Termin')
  const saved = await send(PATH, { ...fieldsOn(asked), next: 'save' })
  await city.runJobs()
  expect(await outcomesOf(city, saved.location.split('/').at(-1)!)).toEqual([{ booking: id, outcome: 'reseated' }])
})

describe('who is on duty says what their counter gives', () => {
  test('to programs and pages: only what is noted, only while they are there, and all again afterwards', async () => {
    const monday = desk.mondays[0]!
    expect(await slots(monday, other)).toContain('08:00')
    await note([desk.service])
    expect((await send(PATH, await duty(monday, { to: '10' }))).location).toContain('erledigt=eingeteilt')

    const [theirs, others] = [await slots(monday, desk.service), await slots(monday, other)]
    expect(theirs).toContain('08:00')
    expect(others[0]).toBe('10:00')
    expect((await holdOf(monday, '08:00', other)).status).toBe(422)
    const both = await api.json('POST', `${API}/holds`, {
      service: [desk.service, other],
      office: desk.team.office,
      start: at(monday, '08:00').toString(),
    })
    expect(both.status).toBe(422)
    expect((await holdOf(monday, '08:00', desk.service)).status).toBe(201)

    const page = await people()
    expect(page.body).toMatch(/nur für: [^,]+</)
    expect(page.body).toContain('Laura Öztürk: 1 von')
    const remove = new RegExp(`action="(${PATH}/[0-9a-f-]{36})"`).exec(page.body)![1]!
    expect((await send(remove, {})).location).toContain('erledigt=entfernt')
    expect(await slots(monday, other)).toContain('09:00')
  })

  test('and where nothing is noted about them, it gives all', async () => {
    const monday = desk.mondays[0]!
    const before = await slots(monday, other)
    expect((await send(PATH, await duty(monday))).location).toContain('erledigt=eingeteilt')
    expect(await slots(monday, other)).toEqual(before)
    await note([desk.service])
    expect(await slots(monday, other)).toEqual([])
    await note(null)
    expect(await slots(monday, other)).toEqual(before)
  })

  test('and where "only these" is chosen and none is ticked, it gives nothing: the page says so before and after', async () => {
    const monday = desk.mondays[0]!
    expect((await people()).body).toContain('Ist keines angekreuzt, vergibt der Schalter keine Termine')
    await send(PATH, await duty(monday))
    const saved = await note([])
    expect(saved.location).toContain('erledigt=keine')
    const after = (await city.get(saved.location, asLaura)).body
    expect(after).toContain('Es ist kein Anliegen angekreuzt')
    expect(after).toContain('Laura Öztürk: keine Anliegen')
    expect(after).toContain('Achtung: Der Schalter vergibt dann keine Termine')
    for (const service of desk.team.services) expect(await slots(monday, service)).toEqual([])
    expect((await holdOf(monday, '08:00', desk.service)).status).toBe(422)
    // Ticks that are left count for nothing where all is chosen.
    expect((await note(null, { [`can-${laura}-${desk.team.unit}`]: [other] })).location).toContain(
      'erledigt=gespeichert',
    )
    expect(await slots(monday, desk.service)).toContain('08:00')
  })

  test('which of both is asked for, and who notes it by an old page is told', async () => {
    const { unit } = desk.team
    expect((await note([], { [`which-${laura}-${unit}`]: '' })).status).toBe(400)
    const seen = await seenOf(laura)
    await note([desk.service])
    expect((await note([other], { seen })).status).toBe(409)
    expect((await people()).body).toContain('Laura Öztürk: 1 von')
  })

  test('to other programs of the city as well, within a moment', async () => {
    const monday = desk.mondays[0]!
    const beside = await city.beside()
    try {
      const ctx = jobContext(beside, city.tenant)
      const hold = (time: string) =>
        holdTime(ctx, {
          services: [other],
          people: 1,
          variant: 'in-person',
          office: desk.team.office,
          start: at(monday, time),
          audience: 'public',
        })
      expect(await hold('08:00')).toMatchObject({ ok: true })
      await send(PATH, await duty(monday))
      await note([desk.service], { all: 'leave', next: 'save' })
      await vi.waitFor(async () => expect(await hold('11:00')).toMatchObject({ ok: false, problem: 'invalid-input' }), {
        timeout: 5_000,
        interval: 300,
      })
    } finally {
      await beside.tenants.close()
    }
  })
})

describe('a duty that booked appointments do not fit', () => {
  test('shows them before, and puts each at another counter at its time: nobody has to be told', async () => {
    await withTwo()
    const monday = desk.mondays[1]!
    const id = await booked(monday, '09:00', other, 'stays@example.org')
    const was = await placeOf(id)
    const theirs = await booked(monday, '10:00', desk.service, 'theirs@example.org')
    await note([desk.service])
    const preview = await send(PATH, await duty(monday, { lane: was.lane }))
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(preview.body).toContain('Wer dann am Schalter sitzt, kann diese Anliegen nicht bearbeiten.')
    expect(await placeOf(id)).toEqual(was)

    const typed = { ...fieldsOn(preview), next: 'form' }
    expect(fieldsOn(await send(PATH, typed))).toMatchObject({ account: laura, from: '8', lane: was.lane })
    const saved = await send(PATH, { ...typed, next: 'save' })
    expect(saved.location).toMatch(/^\/workbench\/termine\/aenderungen\//)
    const mails = (await mailsTo(await city.ctx(), 'stays@example.org')).length
    await city.runJobs()
    expect(await placeOf(id)).toMatchObject({ at: was.at, sequence: was.sequence })
    expect(await seatOf(id)).not.toBe(Number(was.lane.at(-1)))
    expect(await mailsTo(await city.ctx(), 'stays@example.org')).toHaveLength(mails)
    expect((await city.get(saved.location, asLaura)).body).toContain('an einem anderen Schalter')
    expect((await outcomesOf(city, saved.location.split('/').at(-1)!)).map(({ outcome }) => outcome)).toEqual([
      'reseated',
    ])
    expect((await placeOf(theirs)).lane).toBe(was.lane)
  })

  test('moves with a message who finds no other counter', async () => {
    const monday = desk.mondays[2]!
    await booked(monday, '09:00', other, 'moves@example.org')
    await note([desk.service])
    const preview = await send(PATH, await duty(monday, { to: '10' }))
    const saved = await send(PATH, { ...fieldsOn(preview), next: 'save' })
    await city.runJobs()
    expect((await outcomesOf(city, saved.location.split('/').at(-1)!)).map(({ outcome }) => outcome)).toEqual(['moved'])
    const mail = (await mailsTo(await city.ctx(), 'moves@example.org')).at(-1)!
    expect(mail.body).toContain('ist niemand da, der Ihr Anliegen bearbeiten kann')
    expect(mail.subject).toContain('10:00 Uhr')
  })
})

describe('what somebody can do no longer', () => {
  test('hits what is booked; left as it is, the calendar says so, and one click changes the counter', async () => {
    await withTwo()
    const monday = desk.mondays[3]!
    const id = await booked(monday, '09:00', other, 'left@example.org')
    const { lane } = await placeOf(id)
    await note([desk.service, other])
    expect((await send(PATH, await duty(monday, { lane }))).location).toContain('erledigt=eingeteilt')
    const preview = await note([desk.service])
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const back = await send(`${PATH}/${laura}/anliegen`, { ...fieldsOn(preview), next: 'form' })
    expect(back.body).toMatch(/<details[^>]* open/)
    await send(`${PATH}/${laura}/anliegen`, { ...fieldsOn(preview), all: 'leave', next: 'save' })

    const day = `/workbench/termine/kalender?dienststelle=${desk.team.office}&tag=${monday.toString()}`
    expect((await city.get(day, asLaura)).body).toContain('das kann am Schalter niemand')
    const path = `/workbench/termine/buchungen/${id}`
    const page = await city.get(path, asLaura)
    expect(page.body).toContain('Wer dann am Schalter sitzt, kann dieses Anliegen nicht bearbeiten')
    expect((await send(`${path}/schalter`, {}, BIRGIT)).status).toBe(404)
    expect((await send(`${path}/schalter`, {})).location).toContain('erledigt=schalter')
    expect((await placeOf(id)).lane).not.toBe(lane)
    expect((await city.get(path, asLaura)).body).not.toContain('Wer dann am Schalter sitzt')
    expect((await city.get(day, asLaura)).body).not.toContain('das kann am Schalter niemand')
  })

  test('where no other counter is free the page says so, and nothing is lost', async () => {
    await withTwo()
    const monday = desk.mondays[4]!
    const id = await booked(monday, '09:00', other, 'full@example.org')
    const { lane } = await placeOf(id)
    await booked(monday, '09:00', desk.service, 'beside@example.org')
    await note([desk.service])
    await send(PATH, await duty(monday, { lane, all: 'leave', next: 'save' }))
    const moved = await send(`/workbench/termine/buchungen/${id}/schalter`, {})
    expect((await city.get(moved.location, asLaura)).body).toContain('Kein passender Schalter ist zu dieser Zeit frei')
    expect((await placeOf(id)).lane).toBe(lane)
  })

  test('an office that shuts still tells who was left at a counter where nobody can do it', async () => {
    const monday = desk.mondays[5]!
    await booked(monday, '09:00', other, 'shut@example.org')
    await note([desk.service])
    await send(PATH, await duty(monday, { all: 'leave', next: 'save' }))
    const block = {
      ...hiddenOn(await city.get(`/workbench/termine/sperren/neu?dienststelle=${desk.team.office}`, asLaura)),
      lane: `${desk.team.id}/public/1`,
      day: dayText(monday),
      from: '8',
      to: '10',
      reason: 'sick',
    }
    expect((await send('/workbench/termine/sperren/neu', block)).body).toContain(
      'Die Änderung trifft einen gebuchten Termin',
    )
  })
})

describe('who notes what somebody can do', () => {
  test('does so for colleagues and services of their own unit', async () => {
    expect((await note(['no-such-service'])).status).toBe(400)
    expect((await note([desk.service], { office: 'nirgendwo' })).status).toBe(404)
    expect((await note([desk.service], {}, BIRGIT)).status).toBe(404)
    expect((await send(PATH, { ...(await duty(desk.mondays[0]!)), office: 'nirgendwo' })).status).toBe(400)
    expect((await people()).body).toContain('Laura Öztürk: alle Anliegen des Teams')
  })

  test('in a house that units share, nobody of the other unit stands on the page or can be noted', async () => {
    const shared = await maybe(
      (await city.ctx()).db,
      sql<Record<'office' | 'email' | 'own' | 'ownUnit' | 'otherUnit' | 'stranger' | 'name' | 'service', string>>`
        select t.office, a.email, a.name as own, t.unit as "ownUnit", u.unit as "otherUnit", b.id as stranger, b.name,
          t.services[1] as service
        from appointments_team t join appointments_team u on u.office = t.office and u.unit <> t.unit
        join accounts_account a on a.unit_id = t.unit join accounts_account b on b.unit_id = u.unit
        join accounts_assignment r on r.account_id = a.id and r.role_id = 'clerk' and r.unit_id = t.unit
        join accounts_assignment s on s.account_id = b.id and s.role_id = 'clerk' and s.unit_id = u.unit
        order by t.office, a.name, b.name limit 1`,
    )
    const { office, email, own, ownUnit, otherUnit, stranger, name, service } = shared!
    const page = await city.get(`${PATH}?dienststelle=${office}`, { as: email })
    expect(page.body).toContain(own)
    expect(page.body).not.toContain(name)
    for (const unit of [ownUnit, otherUnit]) {
      const noted = {
        office,
        unit,
        seen: '1',
        [`which-${stranger}-${unit}`]: 'only',
        [`can-${stranger}-${unit}`]: service,
      }
      expect((await send(`${PATH}/${stranger}/anliegen`, noted, email)).status).toBe(404)
    }
  })
})

test('when an account goes, its counter is open for all again', async () => {
  const monday = desk.mondays[6]!
  await note([desk.service])
  await send(PATH, await duty(monday))
  expect(await slots(monday, other)).toEqual([])
  const ctx = await city.ctx()
  await privacy.erase!(ctx, laura)
  await expect.poll(() => slots(monday, other), { timeout: 3_000, interval: 300 }).toContain('08:00')
})
