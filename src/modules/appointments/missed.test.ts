import { describe, expect, test } from 'vitest'
import { many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { isWidened, missedPercent } from './domain/widening.ts'
import { teamsOf } from './public.ts'
import { countNoShows } from './use-cases/plan/widen.ts'
import { mailPatterns } from './store/patterns.ts'
import { teamsFor, type NamedTeam } from './store/plan.ts'
import { WORK } from './use-cases/plan/offices.ts'
import { findTimes } from './use-cases/find.ts'
import { visitorOf } from './testing/visitor.ts'

const city = await testCity({ seed: true })
const LAURA = 'laura.oeztuerk@musterstadt.example'
const PATH = '/workbench/termine/ausfaelle'
const staff = visitorOf(city, LAURA)

test.each([
  [105, 1175, 8.9, false],
  [106, 1175, 9, true],
  [9, 100, 9, true],
  [9, 29, null, false],
  [0, 30, 0, false],
])('%i of %i who did not come are %s percent, and a rule from 9 %% is open: %s', (missed, booked, percent, isOpen) => {
  expect(missedPercent({ booked, missed })).toBe(percent)
  expect(isWidened({ fromPercent: 9 }, { booked, missed })).toBe(isOpen)
})

test('three addresses stand out in the demo city, where each person has one of their own', async () => {
  const teams = await teamsFor(await city.ctx({ as: LAURA }), WORK)
  const since = city.clock.now().subtract({ hours: 30 * 24 })
  const shown = await mailPatterns(
    await city.ctx(),
    teams.map(({ id }) => id),
    since,
    50,
  )
  expect(shown.map(({ email, names, handedOn, missed }) => ({ email, names, handedOn, missed }))).toEqual([
    { email: 'platz.reserviert@example.org', names: 1, handedOn: 5, missed: 0 },
    { email: 'schnelltermin24@example.org', names: 5, handedOn: 0, missed: 0 },
    { email: 'r.sommer@example.org', names: 1, handedOn: 0, missed: 4 },
  ])
})

describe('people who do not come', () => {
  /** How often somebody could begin there in the next weeks. */
  const freeOf = async (office: string, service: string) => {
    const search = { services: [service], people: 1, variant: 'in-person', offices: [office] } as const
    const more = { from: null, to: null, weekdays: [], audience: 'public', limit: 1 } as const
    const found = await findTimes(await city.ctx(), { ...search, ...more })
    return found.ok ? found.value.days.reduce((sum, { times }) => sum + times, 0) : 0
  }

  test('are counted by team and service, and staff let their seats be given to others while there are many', async () => {
    const page = await staff.get(PATH)
    expect(page.status).toBe(200)
    expect(page.body).toMatch(/\d+,\d %/)
    const id = /ausfaelle\/regel\/([^"]+)"/.exec(page.body)![1]!
    const { office, services } = (await teamsOf(await city.ctx())).find((team) => team.id === id)!
    const before = await freeOf(office, services[0]!)
    const rule = `${PATH}/regel/${id}`
    const refused = await staff.post(rule, { fromPercent: '0', seats: 'viele' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('ganze Zahl von 1 bis 20')

    // One in ten stays away in the demo city: too few for this rule, enough for that one.
    await staff.post(rule, { fromPercent: '60', seats: '2' })
    expect(await freeOf(office, services[0]!)).toBe(before)
    const saved = await staff.post(rule, { fromPercent: '3', seats: '2' })
    expect(saved.body).toMatch(/ab 3 %: 2 Plätze mehr \(zurzeit geöffnet\)/)
    const widened = await freeOf(office, services[0]!)
    expect(widened).toBeGreaterThan(before)

    // Everybody has come since then: the next night the seats are shut again.
    const ctx = await city.ctx()
    await many(
      ctx.db,
      sql`update appointments_booking set attended_at = starts_at where team = ${id} and ends_at < ${ctx.clock.now()}`,
    )
    await countNoShows(ctx)
    expect(await freeOf(office, services[0]!)).toBe(before)
    expect((await staff.post(`${rule}/ende`, {})).body).toContain('Die Regel ist aufgehoben')
  })

  test('are no matter of somebody without the permission', async () => {
    for (const path of [PATH, `${PATH}.csv`, `${PATH}/auffaelliges`])
      expect((await visitorOf(city, 'anna.becker@musterstadt.example').get(path)).status, path).toBe(403)
  })
})

describe('addresses that book as traders do', () => {
  test('are shown: a time that is cancelled and booked by another at once, again and again', async () => {
    const ctx = await city.ctx()
    const now = ctx.clock.now()
    const [{ office, id: team }] = (await teamsFor(await city.ctx({ as: LAURA }), WORK)) as [NamedTeam]
    await many(
      ctx.db,
      sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
          audience, code_hash, name, email, locale, made_at, changed_at)
        select gen_random_uuid(), state, ${office}, ${team}, ${`${team}/public/1`}, ${now.add({ hours: 24 })}::timestamptz + n * interval '1 hour',
          ${now.add({ hours: 25 })}::timestamptz + n * interval '1 hour', '{reisepass}', 1, 'in-person', 'public', '\\x00',
          who, who || '@example.org', 'de', ${now.subtract({ hours: 5 })}::timestamptz + made, ${now.subtract({ hours: 4 })}
        from generate_series(1, 2) n, (values ('cancelled', 'handel', interval '0'), ('booked', 'kunde', interval '80 minutes')) v (state, who, made)`,
    )
    const { body } = await staff.get(`${PATH}/auffaelliges`)
    expect(body).toContain('handel@example.org')
    expect(body).not.toContain('kunde@example.org')
    const seen = await many(ctx.db, sql`select from audit_entry where action = 'appointments.patterns-seen'`)
    expect(seen).toHaveLength(1)
  })

  test('are shown: two appointments at the same time, and many that nobody confirms, whatever follows a plus', async () => {
    const ctx = await city.ctx()
    const now = ctx.clock.now()
    const teams = (await teamsFor(await city.ctx({ as: LAURA }), WORK)).slice(0, 2)
    const insert = (state: string, email: string, team: NamedTeam, minutes: number) =>
      many(
        ctx.db,
        sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
            audience, code_hash, name, email, locale, expires_at, made_at, changed_at)
          values (gen_random_uuid(), ${state}, ${team.office}, ${team.id}, ${`${team.id}/public/1`}, ${now.add({ minutes })},
            ${now.add({ minutes: minutes + 20 })}, '{reisepass}', 1, 'in-person', 'public', '\\x00', 'Ida Becker', ${email}, 'de',
            ${state === 'reserved' ? now.add({ hours: 1 }) : null}::timestamptz, ${now}, ${now})`,
      )
    for (const [i, team] of teams.entries()) {
      await insert('booked', `doppelt+${i}@example.org`, team, 3000 + i * 10)
      await insert('booked', 'nacheinander@example.org', team, 3000 + i * 20)
      await insert('cancelled', 'abgesagt@example.org', team, 3000)
    }
    for (let i = 0; i < 4; i += 1) await insert('reserved', `unbestaetigt+${i}@example.org`, teams[0]!, 4000 + i * 20)
    const ids = teams.map(({ id }) => id)
    const shown = await mailPatterns(ctx, ids, now.subtract({ hours: 1 }), 50)
    expect(shown).toContainEqual(expect.objectContaining({ email: 'doppelt@example.org', booked: 2, overlapping: 2 }))
    expect(shown).toContainEqual(
      expect.objectContaining({ email: 'unbestaetigt@example.org', booked: 0, unconfirmed: 4 }),
    )
    const { body } = await staff.get(`${PATH}/auffaelliges`)
    for (const word of ['doppelt@', 'unbestaetigt@', 'Zur selben Zeit', 'Nicht bestätigt']) expect(body).toContain(word)
    for (const word of ['nacheinander@', 'abgesagt@']) expect(body).not.toContain(word)
    const csv = (await staff.get(`${PATH}/auffaelliges.csv`)).body
    expect(csv).toMatch(/doppelt@example\.org;2;0;0;1;2;0;0/)
  })
})
