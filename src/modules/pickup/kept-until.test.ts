import { expect, test } from 'vitest'
import { fixedClock } from '#platform/time/clock.ts'
import { COUNTER_DAYS, LOCKER_DAYS } from './domain/document.ts'
import { keptUntil } from './use-cases/kept-until.ts'

test.each([
  ['a working day', '2026-11-26', COUNTER_DAYS, '2026-12-24'],
  ['Christmas, with the weekend after it', '2026-11-27', COUNTER_DAYS, '2026-12-28'],
  ['Good Friday to Easter Monday', '2030-03-22', COUNTER_DAYS, '2030-04-23'],
  ['a Saturday', '2026-11-28', LOCKER_DAYS, '2026-12-14'],
])('nobody is asked to collect something at last on %s', (_name, day, days, last) => {
  expect(keptUntil({ clock: fixedClock(`${day}T10:00:00+01:00`) }, days).toString()).toBe(last)
})
