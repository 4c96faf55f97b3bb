import { expect, test } from 'vitest'
import { periodOf, type Period } from './periods.ts'

test.each<[period: Period, today: string, first: string, last: string]>([
  ['this-week', '2026-11-30', '2026-11-30', '2026-11-30'],
  ['this-week', '2026-11-29', '2026-11-23', '2026-11-29'],
  ['last-week', '2026-11-30', '2026-11-23', '2026-11-29'],
  ['last-week', '2027-01-03', '2026-12-21', '2026-12-27'],
  ['last-month', '2027-01-31', '2026-12-01', '2026-12-31'],
  ['last-month', '2028-03-31', '2028-02-01', '2028-02-29'],
])('%s on %s', (period, today, first, last) => {
  const days = periodOf(period, Temporal.PlainDate.from(today))
  expect(days.map(String)).toEqual([first, last])
})
