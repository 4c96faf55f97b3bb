import { expect, test } from 'vitest'
import { remindedUntil } from './reminding.ts'

test.each([
  ['2030-03-13T09:00', '2030-03-14T09:00'],
  // The clock goes forward, and back: nobody reads "tomorrow" two days before.
  ['2030-03-30T23:30', '2030-03-31T23:30'],
  ['2030-03-30T09:00', '2030-03-31T09:00'],
  ['2030-10-26T09:00', '2030-10-27T09:00'],
  ['2030-10-27T09:00', '2030-10-28T09:00'],
])('at %s people are reminded of appointments until %s', (now, until) => {
  const local = (time: string) => Temporal.PlainDateTime.from(time).toZonedDateTime('Europe/Berlin').toInstant()
  expect(remindedUntil(local(now)).toString()).toBe(local(until).toString())
})
