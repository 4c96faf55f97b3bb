import { expect, test } from 'vitest'
import { jobContext } from '#platform/job-context.ts'
import { one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { hashOfCode, newArrivalCode } from './domain/booking.ts'
import { cellOf } from './domain/cells.ts'
import { laneKey } from './domain/lane.ts'
import { takeHolds, type WantedHold } from './store/occupancies.ts'

const city = await testCity()
const LANES = 25
const TIMES = 8
const first = cellOf(Temporal.Instant.from('2030-04-01T06:00:00Z'))

/** Ten minutes of each of eight times in 25 lanes. */
const wanted = (): WantedHold[] =>
  Array.from({ length: LANES * TIMES }, (_, i) => ({
    id: newId(),
    office: 'sued',
    team: 'sued-team',
    lane: laneKey({ team: 'sued-team', audience: 'public', seat: 1 + Math.floor(i / TIMES) }),
    from: first + 2 * (i % TIMES),
    to: first + 2 * (i % TIMES) + 2,
    services: ['reisepass'],
    people: 1,
    variant: 'in-person',
    audience: 'public',
    codeHash: hashOfCode(newId()),
    account: null,
    locale: 'de',
    expiresAt: city.clock.now().add({ minutes: 10 }),
    arrivalCode: newArrivalCode(),
  }))

test('programs that want the same stretches in another order neither get one twice nor wait for each other', async () => {
  const other = await city.beside()
  try {
    const ctx = await city.ctx()
    const beside = jobContext(other, city.tenant)
    const deadlocks = async () => {
      const { n } = await one(
        ctx.db,
        sql<{ n: number }>`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
      )
      return n
    }
    const before = await deadlocks()
    for (let round = 0; round < 4; round += 1) {
      const answers = await Promise.all([
        takeHolds(ctx, newId(), wanted()),
        takeHolds(beside, newId(), wanted().reverse()),
        takeHolds(ctx, newId(), wanted().reverse()),
        takeHolds(beside, newId(), wanted()),
      ])
      expect(answers.flat()).toHaveLength(LANES * TIMES)
      // The next ones remove what has run out, in their own order, too.
      city.clock.advance({ minutes: 11 })
    }
    // Statistics of the database come a moment later.
    await new Promise((done) => setTimeout(done, 1_200))
    expect(await deadlocks()).toBe(before)
  } finally {
    await other.tenants.close()
  }
})
