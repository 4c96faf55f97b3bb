import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfWaiting, lastDayBefore, whoToTell, type Waiting } from './waiting.ts'

const now = Temporal.Instant.from('2030-03-13T08:00:00Z')
const inHours = (hours: number) => now.add({ hours })
const somebody = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  state: 'waiting',
  services: ['reisepass'],
  people: 1,
  variant: 'in-person',
  offices: [],
  fromDay: null,
  lastDay: null,
  weekdays: [],
  before: null,
  madeAt: now.subtract({ hours: 1 }),
  toldAt: null,
  ...more,
})
const told = (all: readonly Waiting[], free: readonly Temporal.Instant[]) =>
  whoToTell(all, free, now).map(({ id }) => id)

describe('a wish ends by itself', () => {
  const end = (lastDay: string | null, before: Temporal.Instant | null = null) => {
    const ends = endOfWaiting(now, { lastDay, before })
    return [ends.toString(), lastDayBefore(ends).toString()]
  }

  test.each([
    ['after the last day that was named', '2030-04-05', null, '2030-04-05T22:00:00Z', '2030-04-05'],
    ['on the day on which it was made', '2030-03-13', null, '2030-03-13T23:00:00Z', '2030-03-13'],
    ['after a day of 23 hours', '2030-03-31', null, '2030-03-31T22:00:00Z', '2030-03-31'],
    ['with the time that they could have had', '2030-04-05', inHours(5), '2030-03-13T13:00:00Z', '2030-03-13'],
    ['after eight weeks, whatever was named', '2099-01-01', null, '2030-05-08T08:00:00Z', '2030-05-08'],
    ['after eight weeks where nothing was named', null, null, '2030-05-08T08:00:00Z', '2030-05-08'],
  ])('%s', (_, lastDay, before, instant, day) => expect(end(lastDay, before)).toEqual([instant, day]))
})

describe('who is told that something is free', () => {
  test('those who have waited longest, as many as there are times', () => {
    const [first, second] = [somebody('a', { madeAt: now.subtract({ hours: 9 }) }), somebody('b')]
    expect(told([second, first], [inHours(5)])).toEqual(['a'])
    expect(told([second, first], [inHours(5), inHours(6)])).toEqual(['a', 'b'])
  })

  test('only of a time that is earlier than what they could have had', () => {
    const picky = somebody('a', { before: inHours(5) })
    expect(told([picky], [inHours(5), inHours(6)])).toEqual([])
    expect(told([picky, somebody('b')], [inHours(4)])).toEqual(['a'])
    expect(told([picky, somebody('b')], [inHours(6)])).toEqual(['b'])
  })

  test('not of a time that somebody else has just been told of', () => {
    const looking = somebody('a', { state: 'told', toldAt: now.subtract({ minutes: 14 }) })
    expect(told([looking, somebody('b')], [inHours(5)])).toEqual([])
    const gone = { ...looking, toldAt: now.subtract({ minutes: 15 }) }
    expect(told([gone, somebody('b')], [inHours(5)])).toEqual(['b'])
  })

  test('whatever is free and whoever waits: never more people than times, and nobody for nothing', () => {
    const wish = fc.record({
      hours: fc.option(fc.integer({ min: 1, max: 20 })),
      waited: fc.integer({ min: 0, max: 99 }),
      minutesAgo: fc.option(fc.integer({ min: 0, max: 30 })),
    })
    fc.assert(
      fc.property(
        fc.array(wish, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 6 }),
        (wishes, hours) => {
          const all = wishes.map(({ hours, waited, minutesAgo }, i) =>
            somebody(String(i), {
              before: hours === null ? null : inHours(hours),
              madeAt: now.subtract({ minutes: waited }),
              ...(minutesAgo === null ? {} : { state: 'told', toldAt: now.subtract({ minutes: minutesAgo }) }),
            }),
          )
          const free = hours.map(inHours)
          const chosen = whoToTell(all, free, now)
          expect(chosen.length).toBeLessThanOrEqual(free.length)
          for (const { state, before } of chosen) {
            expect(state).toBe('waiting')
            expect(before === null || free.some((time) => Temporal.Instant.compare(time, before) < 0)).toBe(true)
          }
        },
      ),
    )
  })
})
