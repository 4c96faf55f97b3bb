import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { testCity } from '#src/testing/city.ts'
import { forgetCalendar } from './calendars.ts'
import { hashOfCode } from './domain/booking.ts'
import { instantOf } from './domain/cells.ts'
import type { OpeningRule } from './domain/rule.ts'
import { putAbility, abilitiesOf, FIRST_VERSION } from './store/abilities.ts'
import { insertRules, writeServicesAndTeams } from './store/plan.ts'
import { mornings, passport, teamOf } from './testing/plan.ts'
import { bookHold } from './use-cases/book.ts'
import { cancelBooking, moveBooking } from './use-cases/change.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime, type Hold } from './use-cases/hold.ts'
import { qualify } from './use-cases/plan/abilities.ts'
import { assign, unassign } from './use-cases/plan/duties.ts'
import { settleDisplaced } from './use-cases/plan/settle.ts'

/** The two nights in 2030 in which the clock is changed, and a usual one. */
const nights = ['2030-03-30', '2030-10-26', '2030-06-15']
const hour = fc.integer({ min: 0, max: 23 })
const minute = fc.constantFrom(0, 10, 30)
const time = fc.tuple(hour, minute).map(([h, m]) => new Temporal.PlainTime(h, m))
const span = fc.tuple(time, fc.integer({ min: 1, max: 10 })).map(([from, hours]) => ({ from, to: from.add({ hours }) }))
/** What the team does, and what somebody of it can do. */
const SERVICES = ['reisepass', 'personalausweis']
const STAFF = [newId(), newId()]
/** Of the team. */
const UNIT = 'rathaus'
const staff = fc.constantFrom(...STAFF)
const able = fc.option(fc.subarray(SERVICES))
const someRule = fc.record({
  night: fc.constantFrom(...nights),
  hours: span,
  pause: fc.option(span),
  seats: fc.integer({ min: 1, max: 3 }),
  stepMinutes: fc.constantFrom(5, 10, 15, 30),
  can: fc.tuple(able, able),
})
const someChange = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('note' as const), who: staff, can: able }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      who: staff,
      pick: fc.nat(),
      seat: fc.integer({ min: 1, max: 3 }),
      quarters: fc.integer({ min: 4, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unassign' as const), pick: fc.nat() }) },
)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('book', 'call', 'call', 'hold', 'move' as const),
      pick: fc.nat(),
      people: fc.integer({ min: 1, max: 3 }),
      services: fc.subarray(SERVICES, { minLength: 1 }),
    }),
  },
  fc.record({ what: fc.constant('cancel' as const), pick: fc.nat() }),
  fc.record({ what: fc.constant('wait' as const), pick: fc.integer({ min: 1, max: 120 }) }),
  { weight: 2, arbitrary: fc.record({ what: fc.constant('plan' as const), change: someChange }) },
)

const city = await testCity()
let ctx: Ctx
/** Who books for people that call: at once, and as many as call. */
let desk: Ctx

beforeAll(async () => {
  const plain = await city.ctx()
  await addCitizen(plain, { name: 'Ida Becker', email: 'ida@example.org' })
  ctx = await city.ctx({ as: 'ida@example.org' })
  await addStaff(plain, {
    name: 'Kim Amt',
    email: 'kim@example.org',
    unit: 'rathaus',
    roles: ['clerk'],
    password: 'drei rote Tische',
  })
  desk = await city.ctx({ as: 'kim@example.org' })
})

/** A city with this one rule, at noon of the day before. */
async function cityWith({
  night,
  hours,
  pause,
  seats,
  stepMinutes,
  can,
}: typeof someRule extends fc.Arbitrary<infer T> ? T : never) {
  for (const table of ['plan_change', 'duty', 'ability', 'occupancy', 'booking', 'rule', 'team', 'service'])
    await exec(ctx.db, sql`delete from ${sql.table(`appointments_${table}`)}`)
  const services = SERVICES.map((slug) => ({ ...passport, slug, personMinutes: 10 }))
  await writeServicesAndTeams(ctx, services, [teamOf('mitte', SERVICES)])
  const rule: OpeningRule = {
    ...mornings('mitte-team', seats),
    days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], everyWeeks: 1 },
    hours: [hours],
    breaks: pause ? [pause] : [],
    onHolidays: true,
    stepMinutes,
  }
  await insertRules(ctx, [rule])
  for (const [i, account] of STAFF.entries())
    await putAbility(ctx, { account, unit: UNIT, can: can[i]!, seen: FIRST_VERSION })
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

/** Those of these appointments in whose lane somebody sits at some time who cannot do all of it. */
const unable = async (of: readonly string[]) =>
  many(
    ctx.db,
    sql<{ id: string }>`select b.id from appointments_booking b join appointments_duty d
        on d.lane = b.lane and d.during && tstzrange(b.starts_at, b.ends_at)
      where b.id = any(${[...of]}::uuid[])
        and exists (select from appointments_ability a where a.account = d.account and not b.services <@ a.services)`,
  )

/** Mostly where somebody has an appointment. */
async function dutyOf({ who, pick, seat, quarters }: { who: string; pick: number; seat: number; quarters: number }) {
  const booked = await many(
    ctx.db,
    sql<{ lane: string; at: Temporal.Instant }>`select lane, starts_at as at from appointments_booking
      where state = 'booked' and starts_at > ${ctx.clock.now()} order by starts_at, lane`,
  )
  const one = booked[pick % (booked.length + 1)] ?? { lane: `mitte-team/public/${seat}`, at: ctx.clock.now() }
  const startsAt = one.at.round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'floor' })
  const endsAt = startsAt.add({ minutes: quarters * 15 })
  return { id: newId(), account: who, team: 'mitte-team', lane: one.lane, startsAt, endsAt }
}

const versionOf = async (account: string) => (await abilitiesOf(ctx, account))[0]?.version ?? FIRST_VERSION

/** A change of duties, or of what somebody can do; whom it hits changes counter, or moves where nobody else is free. */
async function plan(what: typeof someChange extends fc.Arbitrary<infer T> ? T : never) {
  if (what.kind === 'unassign') {
    const duties = await many(ctx.db, sql<{ id: string }>`select id from appointments_duty order by during, lane`)
    const gone = duties[what.pick % Math.max(1, duties.length)]
    if (gone) await unassign(ctx, gone.id, ['mitte-team'])
    return
  }
  const choices = { all: 'reseat', one: new Map() } as const
  const made =
    what.kind === 'note'
      ? await qualify(ctx, { account: what.who, unit: UNIT, can: what.can, seen: await versionOf(what.who) }, choices)
      : await assign(ctx, [await dutyOf(what)], choices)
  // Where the person is elsewhere, or somebody else is there, nothing has changed.
  if (!made.ok) return
  await settleDisplaced(ctx, made.value.id)
  const settled = await many(
    ctx.db,
    sql<{ id: string }>`select booking as id from appointments_displaced
      where change = ${made.value.id}::uuid and outcome in ('reseated', 'moved')`,
  )
  expect(await unable(settled.map(({ id }) => id)), 'whoever was moved is where somebody can do it').toEqual([])
}

test(
  'whatever people and planners do, also while the clock is changed: free means free and done by who can do it, and never are there more than seats',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(someRule, fc.array(step, { minLength: 12, maxLength: 25 }), async (wanted, steps) => {
        const rule = await cityWith(wanted)
        const booked: (Hold & { people: number; services: string[] })[] = []
        /** Booked or reserved by her account, those included that are over or given back. */
        let own = 0
        for (const step of steps) {
          if (step.what === 'wait') {
            city.clock.advance({ minutes: step.pick })
            continue
          }
          if (step.what === 'plan') {
            await plan(step.change)
            continue
          }
          const { what, pick } = step
          if (what === 'cancel') {
            const [gone] = booked.splice(pick % Math.max(1, booked.length), 1)
            if (gone) await cancelBooking(ctx, gone.id, { codeHash: hashOfCode(gone.code) }, null)
            continue
          }
          const mover = what === 'move' ? booked[pick % Math.max(1, booked.length)] : undefined
          const wish = {
            services: mover?.services ?? step.services,
            people: mover?.people ?? step.people,
            variant: 'in-person',
            audience: 'public',
          } as const
          const found = await findTimes(ctx, { ...wish, offices: [], from: null, to: null, weekdays: [], limit: 300 })
          const times = found.ok ? found.value.times : []
          if (times.length === 0) continue
          const start = instantOf(times[pick % times.length]!.from)
          const held = await holdTime(what === 'call' ? desk : ctx, { ...wish, office: 'mitte', start })
          expect(held, `${start.toString()} is shown as free`).toMatchObject({ ok: true })
          const hold = (held as { value: Hold }).value
          expect(await unable([hold.id]), `${start.toString()} is held where it can be done`).toEqual([])
          const key = { codeHash: hashOfCode(hold.code) }
          if (mover) {
            const keys = { key: { codeHash: hashOfCode(mover.code) }, code: mover.code }
            await moveBooking(ctx, mover.id, keys, { hold: hold.id, holdKey: key }, null)
          } else if (what !== 'hold') {
            // Each for somebody else, since one address may have five; her account may have five at once, too.
            const person = { name: 'Ida Becker', email: `ida-${hold.id}@example.org`, telephone: null }
            const by = what === 'call' ? desk : ctx
            const named = await bookHold(by, hold.id, key, hold.code, person, '203.0.113.1')
            if (by === ctx && own >= 5 && !named.ok) {
              expect(named.problem).toBe('too-many-bookings')
              continue
            }
            expect(named).toMatchObject({ ok: true })
            if (by === ctx) own += 1
            booked.push({ ...hold, people: wish.people, services: wish.services })
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
