import { expect, test } from 'vitest'
import { officeBySlug } from '#modules/catalogue/public.ts'
import { testCity } from '#src/testing/city.ts'
import { walkInsOf } from './use-cases/walk-ins.ts'

const city = await testCity({ seed: true })

// On Tuesdays from 8 to 13 and from 14 to 16, on Wednesdays from 8 to 13.
test.each([
  ['before a break', '2030-03-19T12:57', '16:00'],
  ['in it', '2030-03-19T13:30', '16:00'],
  ['after it', '2030-03-19T15:57', '16:00'],
  ['before it opens', '2030-03-20T07:45', '13:00'],
  ['when it has closed', '2030-03-19T16:00', null],
  ['on a day without hours', '2030-03-23T10:00', null],
  ['on Good Friday', '2030-04-19T09:00', null],
])('whoever waits %s is told when the office closes for the day', async (_when, now, closes) => {
  city.clock.set(`${now}:00+01:00`)
  const ctx = await city.ctx()
  const [walkIns] = await walkInsOf(ctx, [(await officeBySlug(ctx, 'verkehr'))!], [])
  const at = walkIns!.closesAt?.toZonedDateTimeISO('Europe/Berlin').toPlainTime()
  expect(at?.toString({ smallestUnit: 'minute' }) ?? null).toBe(closes)
})
