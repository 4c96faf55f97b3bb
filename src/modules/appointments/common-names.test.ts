import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { newId } from '#platform/db/id.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { bookingsOfCaller } from './store/callers.ts'
import { freshDesk, LAURA, type Desk } from './testing/desk.ts'
import { callerOf } from './typed-caller.ts'
import { WORK } from './use-cases/plan/offices.ts'

const city = await testCity({ seed: true })

let desk: Desk
let clerk: Ctx
let foreign = ''
beforeAll(async () => {
  desk = await freshDesk(city)
  clerk = await city.ctx({ as: LAURA })
  const [other] = await many(
    clerk.db,
    sql<{ id: string }>`select id from appointments_team where unit <> ${desk.team.unit} order by id limit 1`,
  )
  foreign = other!.id
})

interface Made {
  readonly id: string
  readonly at: Temporal.Instant
  readonly team: string
}
/** Somebody has as many appointments, each so many hours from now. */
async function book(name: string, hours: readonly number[], team = desk.team.id): Promise<Made[]> {
  const now = clerk.clock.now().round('second')
  const made = hours.map((n) => ({ id: newId(), at: now.add({ seconds: Math.round(n * 3600) }), team }))
  await exec(
    clerk.db,
    sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
        audience, code_hash, locale, name, arrival_code, made_at, changed_at)
      select id, 'booked', ${desk.team.office}, ${team}, ${`${team}/public/1`}, at, at + interval '15 minutes',
        array[${desk.service}], 1, 'in-person', 'public', '', 'de', ${name}, null, now(), now()
      from jsonb_to_recordset(${json(made.map(({ id, at }) => ({ id, at: at.toString() })))}) as m (id uuid, at timestamptz)`,
  )
  return made
}
beforeEach(() => exec(clerk.db, sql`delete from appointments_booking where name like '%Tausendfach%'`))

/** Those to come first, the next one first, then those that are over, the last one first. */
function inOrder(made: readonly Made[]): string[] {
  const now = clerk.clock.now()
  const distance = ({ at }: Made) => Math.abs(at.epochMilliseconds - now.epochMilliseconds)
  const isOver = ({ at }: Made) => Number(Temporal.Instant.compare(at, now) < 0)
  return made
    .toSorted((a, b) => isOver(a) - isOver(b) || distance(a) - distance(b) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
}
const found = async (typed: string, limit: number, day: Temporal.PlainDate | null = null) =>
  (await bookingsOfCaller(clerk, WORK, callerOf(typed)!, { day, limit })).map(({ id }) => id)
const hoursTo = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + (((i * 37) % count) * (to - from)) / count)

describe('of a name that very many have, the first ones come as if all had been looked at', () => {
  test.each([
    ['nearly all within the week', hoursTo(1, 160, 120), hoursTo(200, 900, 5)],
    ['some within the week, more later', hoursTo(1, 160, 12), hoursTo(169, 2_000, 90)],
    ['none within the week', [], hoursTo(300, 2_000, 60)],
    ['around the end of the week and of the next one', [167.99, 168, 168.01, 336], hoursTo(160, 176, 60)],
  ])('%s', async (_, soon, later) => {
    const made = await book('Toni Tausendfach', [...soon, ...later, ...hoursTo(-700, -1, 40)])
    await book('Toni Tausendfach', hoursTo(1, 100, 50), foreign)
    for (const limit of [1, 12, 31, 60, 500]) {
      expect(await found('tausendfach', limit)).toEqual(inOrder(made).slice(0, limit))
      expect(await found('Toni Tausendfach', limit)).toEqual(inOrder(made).slice(0, limit))
    }
  })

  test('those at one time in the order of their numbers, and what is cancelled with them', async () => {
    const made = await book(
      'Tina Tausendfach',
      Array.from({ length: 50 }, () => 24),
    )
    await exec(clerk.db, sql`update appointments_booking set state = 'cancelled' where id = ${made[3]!.id}::uuid`)
    expect(await found('tausendfach', 31)).toEqual(inOrder(made).slice(0, 31))
  })

  test('whose arrival code is what was typed is among them', async () => {
    await book('Tom Tausendfach', hoursTo(1, 100, 40))
    const [first] = await book('Otto Tausendfach', [0.5])
    await exec(
      clerk.db,
      sql`update appointments_booking set name = 'Otto Anders', arrival_code = 'TAUSENDF' where id = ${first!.id}::uuid`,
    )
    const typed = { by: 'name', words: ['tausendfach'], arrivalCode: 'TAUSENDF' } as const
    const [next] = await bookingsOfCaller(clerk, WORK, typed, { day: null, limit: 31 })
    expect(next!.id).toBe(first!.id)
    await exec(clerk.db, sql`delete from appointments_booking where id = ${first!.id}::uuid`)
  })

  test('on a day all of that day and nothing else', async () => {
    const made = await book('Tea Tausendfach', hoursTo(-400, 800, 200))
    for (const days of [-3, 0, 5, 20]) {
      const day = clerk.clock.now().toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDate().add({ days })
      const ofDay = made.filter(({ at }) => at.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDate().equals(day))
      expect(ofDay.length).toBeGreaterThan(1)
      expect(await found('tausendfach', 500, day)).toEqual(inOrder(ofDay))
    }
  })
})
