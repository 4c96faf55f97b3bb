import { beforeAll, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { newId } from '#platform/db/id.ts'
import { forgetCalendar } from './calendars.ts'
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

  test('today are those that can still be reached', async () => {
    const slots = await slotsOf('2030-03-13')
    expect(slots[0]?.start).toBe('2030-03-13T08:45:00Z')
  })
})
