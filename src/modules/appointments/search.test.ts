import { beforeAll, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { newId } from '#platform/db/id.ts'
import { cityCalendar, forgetCalendar } from './calendars.ts'
import { insertClosure } from './store/plan.ts'
import { API, apiOf, at, newDays } from './testing/api.ts'
import { planOffices } from './testing/plan.ts'

const city = await testCity({ config: { trustedProxies: ['127.0.0.1'] } })
const { json, slotsOf, hold } = apiOf(city)
const newDay = newDays()

beforeAll(async () => planOffices(await city.ctx()))

describe('free times', () => {
  test('are those of all offices, the first ones first, with how many there are on each day', async () => {
    const day = newDay()
    const answer = (await json('GET', `${API}/slots?service=reisepass&from=${day}&to=${day}&limit=3`)).json()
    expect(answer).toEqual({
      minutes: 15,
      slots: [
        { start: at(day, '08:00'), office: 'mitte' },
        { start: at(day, '08:00'), office: 'sued' },
        { start: at(day, '08:15'), office: 'mitte' },
      ],
      days: [{ day, times: 32 }],
      more: true,
    })
  })

  test('of several matters at once are long enough for all of them, where somebody can do them all', async () => {
    const day = newDay()
    const answer = (
      await json('GET', `${API}/slots?service=reisepass&service=reisepass&service=beratung&from=${day}&to=${day}`)
    ).json()
    // Once 5 minutes, twice 10 and once 20.
    expect(answer.minutes).toBe(45)
    expect(answer.slots.map(({ office }: { office: string }) => office)).toEqual(Array(14).fill('mitte'))
  })

  test('for more people take longer', async () => {
    const day = newDay()
    expect((await slotsOf(day, '&people=3&office=sued')).length).toBe(14)
  })

  test('on Saturdays there are none where nobody works', async () => {
    const answer = (await json('GET', `${API}/slots?service=reisepass&weekday=6`)).json()
    expect(answer).toMatchObject({ slots: [], days: [], more: false })
  })

  test('there are none on a day on which the office is shut', async () => {
    const ctx = await city.ctx()
    const day = newDay()
    const shut = Temporal.PlainDate.from(day)
    await insertClosure(ctx, newId(), { office: 'sued', firstDay: shut, lastDay: shut }, 'Betriebsausflug')
    forgetCalendar(ctx)
    expect((await slotsOf(day)).every(({ office }) => office === 'mitte')).toBe(true)
    expect((await hold(day, '08:00')).status).toBe(422)
  })

  test.each([
    ['an office that takes no appointments', 'office=mond', '#/office/0', 'vergibt keine Termine'],
    ['a last day before the first', 'from=2030-04-10&to=2030-04-09', '#/to', 'vor dem ersten'],
    ['days that are all over', 'from=2020-01-01&to=2020-02-01', '#/to', 'schon vorbei'],
  ])('are refused for %s', async (_what, more, pointer, words) => {
    const refused = await json('GET', `${API}/slots?service=reisepass&${more}`)
    expect(refused.status).toBe(422)
    expect(refused.json().errors).toEqual([{ pointer, detail: expect.stringContaining(words) }])
  })

  test('begin today where a day of the past is the first one', async () => {
    const answer = (await json('GET', `${API}/slots?service=reisepass&from=2020-01-01&to=2030-03-13`)).json()
    expect(answer.days.map(({ day }: { day: string }) => day)).toEqual(['2030-03-13'])
  })

  test('are told in whole seconds', async () => {
    city.clock.set('2030-03-13T08:30:00.123456Z')
    expect((await hold(newDay(), '10:00')).json()).toMatchObject({ expiresAt: '2030-03-13T08:40:00Z' })
    city.clock.set('2030-03-13T08:30:00Z')
  })

  test('today are those that can still be reached', async () => {
    const slots = await slotsOf('2030-03-13')
    expect(slots[0]?.start).toBe('2030-03-13T08:45:00Z')
  })
})

describe('the calendar of the city', () => {
  test('is read once for all who ask at the same moment, after a change and when a day begins', async () => {
    const ctx = await city.ctx()
    const askedAtOnce = async () => new Set(await Promise.all(Array.from({ length: 20 }, () => cityCalendar(ctx))))
    const before = await askedAtOnce()
    forgetCalendar(ctx)
    const changed = await askedAtOnce()
    city.clock.advance({ hours: 24 })
    const tomorrow = await askedAtOnce()
    expect([before.size, changed.size, tomorrow.size, new Set([...before, ...changed, ...tomorrow]).size]).toEqual([
      1, 1, 1, 3,
    ])
    expect([...tomorrow][0]!.days[0]!.day > [...changed][0]!.days[0]!.day).toBe(true)
  })
})
