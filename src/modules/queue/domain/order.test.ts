import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueOf, inOrder, PATIENCE_MINUTES, type Turn } from './order.ts'

const TEN = Temporal.Instant.from('2030-03-13T09:00:00Z')
const at = (minutes: number) => TEN.add({ minutes })

interface Named extends Turn {
  readonly name: string
}
const walkIn = (name: string, arrived: number, more: Partial<Turn> = {}): Named => ({
  name,
  priority: 'normal',
  booking: null,
  dueAt: at(arrived),
  calls: 0,
  forwardedFrom: null,
  ...more,
})
const booked = (name: string, time: number, more: Partial<Turn> = {}): Named =>
  walkIn(name, time, { booking: name, ...more })
const names = (visits: readonly Named[], minutes = 0) => inOrder(visits, at(minutes)).map(({ name }) => name)

describe('whose turn it is', () => {
  test.each<[string, Named[], number, string[]]>([
    ['without appointments by arrival', [walkIn('b', -5), walkIn('a', -9)], 0, ['a', 'b']],
    ['an appointment whose time has come goes before who just came', [walkIn('w', -20), booked('b', 0)], 0, ['b', 'w']],
    ['before its time it waits while others are there', [booked('b', 10), walkIn('w', -1)], 0, ['w', 'b']],
    ['alone it is called early', [booked('b', 10)], 0, ['b']],
    ['who has waited for half an hour goes first', [booked('b', 0), walkIn('w', -31)], 0, ['w', 'b']],
    [
      'who was sent by another office goes before who just came, once they can be there',
      [walkIn('w', -20), walkIn('f', 0, { forwardedFrom: 'verkehr' }), walkIn('far', 5, { forwardedFrom: 'verkehr' })],
      0,
      ['f', 'w', 'far'],
    ],
    [
      'urgent, then priority, then all others',
      [booked('b', -60), walkIn('p', -1, { priority: 'priority' }), walkIn('u', 0, { priority: 'urgent' })],
      0,
      ['u', 'p', 'b'],
    ],
    [
      'who was called in vain comes again in some minutes',
      [walkIn('v', 5, { calls: 1 }), walkIn('w', -1)],
      0,
      ['w', 'v'],
    ],
    [
      'so does somebody urgent, and blocks no counter until then',
      [walkIn('v', 5, { calls: 1, priority: 'urgent' }), booked('b', 10), walkIn('w', -1)],
      0,
      ['w', 'b', 'v'],
    ],
    ['who was called in vain is called again where nobody else waits', [walkIn('v', 5, { calls: 1 })], 0, ['v']],
    ['and goes first again', [walkIn('v', 5, { calls: 1, priority: 'urgent' }), walkIn('w', -1)], 6, ['v', 'w']],
    ['and then at once', [walkIn('v', 5, { calls: 1 }), walkIn('w', -1)], 6, ['v', 'w']],
  ])('%s', (_name, visits, minutes, expected) => expect(names(visits, minutes)).toEqual(expected))

  test('nobody starves: who comes without an appointment is overtaken only by those whose time is within their patience', () => {
    const minute = fc.integer({ min: -120, max: 120 })
    fc.assert(
      fc.property(minute, fc.array(minute, { maxLength: 40 }), (arrived, times) => {
        const me = walkIn('me', arrived)
        const order = inOrder([me, ...times.map((time, i) => booked(String(i), time))], at(arrived + 240))
        const before = order.slice(0, order.indexOf(me))
        const promised = at(arrived + PATIENCE_MINUTES)
        expect(before.every(({ dueAt }) => Temporal.Instant.compare(dueAt, promised) <= 0)).toBe(true)
      }),
    )
  })

  test.each([
    ['in time', -5, 0, 0],
    ['a quarter of an hour late still has its time', 15, 0, 0],
    ['later counts from the arrival', 16, 0, 16],
    ['without an appointment the arrival', 3, null, 3],
  ])('the order counts from: %s', (_name, arrived, time, due) =>
    expect(dueOf(at(arrived), time === null ? null : at(time)).equals(at(due))).toBe(true),
  )
})
