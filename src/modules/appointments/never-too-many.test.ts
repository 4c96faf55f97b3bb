import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { addCitizen } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { forgetCalendar } from './calendars.ts'
import { hashOfCode } from './domain/booking.ts'
import { instantOf } from './domain/cells.ts'
import type { OpeningRule } from './domain/rule.ts'
import { insertRules, writeServicesAndTeams } from './store/plan.ts'
import { mornings, passport, teamOf } from './testing/plan.ts'
import { bookHold } from './use-cases/book.ts'
import { cancelBooking, moveBooking } from './use-cases/change.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime, type Hold } from './use-cases/hold.ts'

/** The two nights in 2030 in which the clock is changed, and a usual one. */
const nights = ['2030-03-30', '2030-10-26', '2030-06-15']
const hour = fc.integer({ min: 0, max: 23 })
const minute = fc.constantFrom(0, 10, 30)
const time = fc.tuple(hour, minute).map(([h, m]) => new Temporal.PlainTime(h, m))
const span = fc.tuple(time, fc.integer({ min: 1, max: 10 })).map(([from, hours]) => ({ from, to: from.add({ hours }) }))
const someRule = fc.record({
  night: fc.constantFrom(...nights),
  hours: span,
  pause: fc.option(span),
  seats: fc.integer({ min: 1, max: 3 }),
  stepMinutes: fc.constantFrom(5, 10, 15, 30),
})
const step = fc.oneof(
  fc.record({
    what: fc.constantFrom('book', 'book', 'hold', 'move' as const),
    pick: fc.nat(),
    people: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ what: fc.constant('cancel' as const), pick: fc.nat(), people: fc.constant(1) }),
  fc.record({ what: fc.constant('wait' as const), pick: fc.integer({ min: 1, max: 120 }), people: fc.constant(1) }),
)

const city = await testCity()
let ctx: Ctx

beforeAll(async () => {
  const plain = await city.ctx()
  await addCitizen(plain, { name: 'Ida Becker', email: 'ida@example.org' })
  ctx = await city.ctx({ as: 'ida@example.org' })
})

/** A city with this one rule, at noon of the day before. */
async function cityWith({
  night,
  hours,
  pause,
  seats,
  stepMinutes,
}: typeof someRule extends fc.Arbitrary<infer T> ? T : never) {
  for (const table of ['occupancy', 'booking', 'rule', 'team', 'service'])
    await exec(ctx.db, sql`delete from ${sql.table(`appointments_${table}`)}`)
  await writeServicesAndTeams(ctx, [{ ...passport, personMinutes: 10 }], [teamOf('mitte', ['reisepass'])])
  const rule: OpeningRule = {
    ...mornings('mitte-team', seats),
    days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], everyWeeks: 1 },
    hours: [hours],
    breaks: pause ? [pause] : [],
    onHolidays: true,
    stepMinutes,
  }
  await insertRules(ctx, [rule])
  forgetCalendar(ctx)
  city.clock.set(Temporal.PlainDateTime.from(`${night}T12:00`).toZonedDateTime(CITY_TIME_ZONE).toInstant().toString())
  return rule
}

function isTwice(at: Temporal.Instant): boolean {
  const local = at.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime()
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(CITY_TIME_ZONE, { disambiguation }).toInstant(),
  )
  return !first!.equals(second!)
}

/** Whether a clock on the wall, read minute by minute, shows a time at which the team works. */
function worksAt({ hours, breaks }: OpeningRule, at: Temporal.Instant): boolean {
  const local = at.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainTime()
  // Of a time that comes twice, the second time is neither in nor out: the office says "until half past two" only once.
  if (isTwice(at)) return true
  const within = ({ from, to }: OpeningRule['hours'][number]) => {
    const [after, before] = [Temporal.PlainTime.compare(local, from) >= 0, Temporal.PlainTime.compare(local, to) < 0]
    return Temporal.PlainTime.compare(from, to) < 0 ? after && before : after || before
  }
  return hours.some(within) && !breaks.some(within)
}

test(
  'whatever people do, also while the clock is changed: free means free, and never are there more than seats',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(someRule, fc.array(step, { minLength: 5, maxLength: 25 }), async (wanted, steps) => {
        const rule = await cityWith(wanted)
        const booked: (Hold & { people: number })[] = []
        for (const { what, pick, people } of steps) {
          if (what === 'wait') {
            city.clock.advance({ minutes: pick })
            continue
          }
          if (what === 'cancel') {
            const [gone] = booked.splice(pick % Math.max(1, booked.length), 1)
            if (gone) await cancelBooking(ctx, gone.id, { codeHash: hashOfCode(gone.code) }, null)
            continue
          }
          const mover = what === 'move' ? booked[pick % Math.max(1, booked.length)] : undefined
          const wish = {
            services: ['reisepass'],
            people: mover?.people ?? people,
            variant: 'in-person',
            audience: 'public',
          } as const
          const found = await findTimes(ctx, { ...wish, offices: [], from: null, to: null, weekdays: [], limit: 300 })
          const times = found.ok ? found.value.times : []
          if (times.length === 0) continue
          const start = instantOf(times[pick % times.length]!.from)
          const held = await holdTime(ctx, { ...wish, office: 'mitte', start })
          expect(held, `${start.toString()} is shown as free`).toMatchObject({ ok: true })
          const hold = (held as { value: Hold }).value
          const key = { codeHash: hashOfCode(hold.code) }
          if (mover) {
            const keys = { key: { codeHash: hashOfCode(mover.code) }, code: mover.code }
            await moveBooking(ctx, mover.id, keys, { hold: hold.id, holdKey: key }, null)
          } else if (what !== 'hold') {
            // Each for somebody else, since one address may have five.
            const person = { name: 'Ida Becker', email: `ida-${hold.id}@example.org`, telephone: null }
            expect(await bookHold(ctx, hold.id, key, hold.code, person, '203.0.113.1')).toMatchObject({ ok: true })
            booked.push({ ...hold, people: wish.people })
          }
        }
        const taken = await many(
          ctx.db,
          sql<{ from: Temporal.Instant; to: Temporal.Instant }>`select lower(during) as "from", upper(during) as "to"
          from appointments_occupancy where until is null or until > ${ctx.clock.now()}`,
        )
        for (const { from } of taken)
          for (
            let at = from;
            taken.some((one) => Temporal.Instant.compare(at, one.to) < 0 && one.from.equals(from));
            at = at.add({ minutes: 5 })
          ) {
            const there = taken.filter(
              (one) => Temporal.Instant.compare(one.from, at) <= 0 && Temporal.Instant.compare(at, one.to) < 0,
            )
            if (there.some((one) => one.from.equals(from)))
              expect(worksAt(rule, at), `somebody works at ${at.toString()}`).toBe(true)
            expect(there.length, `seats at ${at.toString()}`).toBeLessThanOrEqual(wanted.seats)
          }
      }),
      { numRuns: 25 },
    )
  },
)
