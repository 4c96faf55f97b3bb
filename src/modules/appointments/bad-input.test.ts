import { describe, expect, it } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { API, apiOf, at, codeInMail, mailsOf, newDays } from './testing/api.ts'
import { mornings, planOffices } from './testing/plan.ts'

/** The night of 31 March 2030 has no hour from 2 to 3, that of 27 October has it twice. */
const SPRING = '2030-03-31'
const AUTUMN = '2030-10-27'
const atNight = (day: string) =>
  mornings('sued-team', 1, {
    id: newId(),
    firstDay: Temporal.PlainDate.from(day),
    lastDay: Temporal.PlainDate.from(day),
    days: { kind: 'weekly', weekdays: [7], everyWeeks: 1 },
    hours: [{ from: Temporal.PlainTime.from('02:00'), to: Temporal.PlainTime.from('03:00') }],
    onHolidays: true,
    release: { weeksAhead: 40, at: Temporal.PlainTime.from('07:00') },
  })

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const ctx = await city.ctx()
await planOffices(ctx, [mornings('mitte-team', 2), mornings('sued-team', 1), atNight(SPRING), atNight(AUTUMN)])
await addStaff(ctx, { name: 'Otto Fern', email: 'otto@example.org', unit: 'rathaus', roles: ['administrator'] })
const { json, slotsOf, hold, booked, confirm } = apiOf(city)
const newDay = newDays()

const asPlanner = { as: 'otto@example.org' }
const slots = (query: string) => json('GET', `${API}/slots?${query}`)
const fieldsOf = (answer: { json(): any }) => answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('the hour that does not exist', () => {
  it('has no free times, whatever the rule says, and none of its times can be held', async () => {
    expect(await slotsOf(SPRING, '&office=sued')).toEqual([])
    // Half past two by the clock before the change, and by the one after it: half past one, and half past three.
    for (const start of [`${SPRING}T02:30:00+01:00`, `${SPRING}T02:30:00+02:00`, `${SPRING}T01:00:00Z`]) {
      const answer = await json('POST', `${API}/holds`, { service: ['reisepass'], office: 'sued', start })
      expect([answer.status, fieldsOf(answer)], start).toEqual([422, ['#/start']])
    }
  })

  it('that comes twice is given twice, each time once', async () => {
    const times = (await slotsOf(AUTUMN, '&office=sued')).map(({ start }) => start)
    expect(times).toHaveLength(8)
    expect(new Set(times.map((start) => Temporal.Instant.from(start).epochMilliseconds)).size).toBe(8)
    const both = [`${AUTUMN}T02:30:00+02:00`, `${AUTUMN}T02:30:00+01:00`]
    for (const start of both) {
      const wish = { service: ['reisepass'], office: 'sued', start }
      expect((await json('POST', `${API}/holds`, wish)).status, start).toBe(201)
      expect(problemOf(await json('POST', `${API}/holds`, wish)), start).toEqual([409, 'time-taken'])
    }
  })
})

describe('a search for what cannot be', () => {
  it.each([
    ['the past', 'service=reisepass&from=2030-01-07&to=2030-01-07', 422],
    ['days the wrong way round', 'service=reisepass&from=2030-04-10&to=2030-04-09', 422],
    ['a day that does not exist', 'service=reisepass&from=2030-02-30', 400],
    ['500 people', 'service=reisepass&people=500', 422],
    ['nobody', 'service=reisepass&people=0', 400],
    ['an unknown service', 'service=zaubern', 422],
    ['an unknown office', 'service=reisepass&office=mond', 422],
    ['nothing', '', 400],
  ])('%s is refused at its place', async (_what, query, status) => {
    const answer = await slots(query)
    expect(answer.status).toBe(status)
    expect(fieldsOf(answer)).toHaveLength(1)
  })
})

describe('a name that nobody can read', () => {
  it.each(['\u200b', '\u202eadI', 'Ida\nBcc: x@example.org'])(
    '%j is refused, and the time stays held',
    async (name) => {
      const held = (await hold(newDay(), '08:00')).json()
      const answer = await json('POST', `${API}/bookings`, {
        hold: held.id,
        code: held.code,
        name,
        email: 'a@example.org',
      })
      expect([answer.status, fieldsOf(answer)]).toEqual([422, ['#/name']])
      expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).json().state).toBe('held')
    },
  )
})

/** On a Saturday, on which nothing else is open. */
const rule = (more: object) =>
  json(
    'POST',
    `${API}/rules`,
    {
      team: 'sued-team',
      firstDay: '2030-05-06',
      lastDay: null,
      days: { kind: 'weekly', weekdays: [6], everyWeeks: 1 },
      hours: [{ from: '08:00', to: '12:00' }],
      breaks: [],
      seats: { public: 1, centre: 0, 'walk-in': 0 },
      stepMinutes: 15,
      onHolidays: false,
      release: { weeksAhead: 12, at: '07:00' },
      ...more,
    },
    asPlanner,
  )

describe('a duration of zero', () => {
  it('is what is wrong, and nothing else', async () => {
    expect((await rule({ preview: true })).status).toBe(200)
  })

  it.each([
    ['of opening hours', { hours: [{ from: '08:00', to: '08:00' }] }],
    ['of a break', { breaks: [{ from: '10:00', to: '10:00' }] }],
    ['of the steps between times', { stepMinutes: 0 }],
  ])('%s is refused', async (_what, more) => {
    const answer = await rule(more)
    expect([answer.status, fieldsOf(answer).length > 0]).toEqual([422, true])
  })

  it('of a duty is refused', async () => {
    const path = `${API}/teams/sued-team/duties?from=2030-05-06&to=2030-05-06`
    const roster = await json('GET', path, undefined, asPlanner)
    const { units } = (await json('GET', `${API}/qualifications`, undefined, asPlanner)).json()
    const account = units[0].people[0].account
    const noon = at('2030-05-06', '12:00')
    const duties = [{ account, lane: roster.json().lanes[0], start: noon, end: noon }]
    const answer = await json(
      'PUT',
      path,
      { duties },
      { ...asPlanner, headers: { 'if-match': String(roster.headers['etag']) } },
    )
    expect([answer.status, fieldsOf(answer)]).toEqual([422, ['#/duties/0/end']])
  })
})

describe('rules that contradict each other', () => {
  it('about the same seats: the second is refused, and the first stays', async () => {
    const clash = await rule({ days: { kind: 'weekly', weekdays: [1], everyWeeks: 1 } })
    expect([clash.status, clash.json().errors[0].detail]).toEqual([422, expect.stringContaining('dieselben Plätze')])
    expect((await slotsOf('2030-05-06', '&office=sued')).length).toBeGreaterThan(0)
  })

  it.each([
    [
      'hours that overlap',
      {
        hours: [
          { from: '08:00', to: '10:00' },
          { from: '09:00', to: '12:00' },
        ],
      },
    ],
    ['a break outside of the hours', { breaks: [{ from: '13:00', to: '14:00' }] }],
    ['an end before its beginning', { lastDay: '2030-05-01' }],
    ['no seats', { seats: { public: 0, centre: 0, 'walk-in': 0 } }],
  ])('and one that contradicts itself: %s', async (_what, more) => {
    const answer = await rule(more)
    expect([answer.status, fieldsOf(answer).length > 0]).toEqual([422, true])
  })
})

describe('a confirmation link that is followed again', () => {
  it('changes nothing, and nobody is written to a second time', async () => {
    const held = await booked(newDay(), '08:00', { email: 'zweimal@example.org' })
    expect((await confirm(held.id)).json()).toMatchObject({ state: 'booked', sequence: 1 })
    expect(await mailsOf(city, held.id)).toEqual(['0 confirm', '1 booked'])
  })

  it('brings nothing back that was cancelled', async () => {
    const held = await booked(newDay(), '08:00', { email: 'abgesagt@example.org' })
    await json('DELETE', `${API}/bookings/${held.id}?code=${held.code}`)
    expect(problemOf(await confirm(held.id))).toEqual([409, 'not-changeable'])
    expect((await json('GET', `${API}/bookings/${held.id}?code=${held.code}`)).json().state).toBe('cancelled')
  })

  it('opens no other booking', async () => {
    const mine = await booked(newDay(), '08:00', { email: 'meiner@example.org' })
    const other = await booked(newDay(), '08:00', { email: 'anderer@example.org' })
    const code = await codeInMail(city, mine.id, 'confirm')
    expect((await json('POST', `${API}/bookings/${other.id}/confirmation`, { code })).status).toBe(404)
  })
})

it('JSON of another type is not taken for one: "2" is no number of people, one service is no list', async () => {
  const day = newDay()
  expect(fieldsOf(await hold(day, '08:00', { people: '2' }))).toEqual(['#/people'])
  expect(fieldsOf(await hold(day, '08:00', { service: 'reisepass' }))).toEqual(['#/service'])
  expect((await hold(day, '08:00', { people: 2 })).json().minutes).toBe(25)
})
