import { readFile } from 'node:fs/promises'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { testCity } from '#src/testing/city.ts'
import { exec, many, one, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { today } from '#platform/time/clock.ts'
import { forgetCalendar } from './calendars.ts'
import { abilitiesOf } from './store/abilities.ts'
import { insertDuties } from './store/duties.ts'
import { insertRules, type NamedTeam } from './store/plan.ts'
import { bookedAt } from './testing/booked.ts'
import { at, fieldsOn, outcomesOf, type Typed } from './testing/desk.ts'
import { mornings } from './testing/plan.ts'

const city = await testCity({ seed: true })
const ctx = await city.ctx()
const PATH = '/workbench/termine/personal'
const WOLF = 'wolf@city.example'

/** Two teams of a house, each of another unit, and somebody who works for both. */
let own: NamedTeam
let others: NamedTeam
let both = ''
beforeAll(async () => {
  const pair = await many(
    ctx.db,
    sql<NamedTeam>`select id, office, unit, name, services from appointments_team
      where office = (select office from appointments_team group by office having count(distinct unit) > 1 order by office limit 1)
      order by id limit 2`,
  )
  ;[own, others] = pair as [NamedTeam, NamedTeam]
  await addStaff(ctx, { name: 'Wolf Planer', email: WOLF, unit: own.unit, roles: ['clerk'] })
  const roles = [own, others].map(({ unit }) => ({ role: 'clerk', unit }))
  both = (await addStaff(ctx, { name: 'Berta Beide', email: 'berta@city.example', unit: own.unit, roles })).id
})

const first = today(ctx.clock).add({ days: 8 - today(ctx.clock).dayOfWeek })
let monday = first
beforeEach(async () => {
  monday = monday.add({ weeks: 1 })
  for (const { id } of [own, others]) {
    await exec(ctx.db, sql`delete from appointments_occupancy where team = ${id}`)
    await exec(ctx.db, sql`delete from appointments_booking where team = ${id} and starts_at > ${ctx.clock.now()}`)
    for (const table of ['rule', 'block', 'duty'])
      await exec(ctx.db, sql`delete from ${sql.table(`appointments_${table}`)} where team = ${id}`)
    await insertRules(ctx, [mornings(id, 2, { firstDay: first.subtract({ weeks: 1 }), onHolidays: true })])
  }
  await exec(ctx.db, sql`delete from appointments_closure`)
  await exec(ctx.db, sql`delete from appointments_ability`)
  forgetCalendar(ctx)
})

const sits = async ({ id: team }: NamedTeam, from: string, to: string) => {
  const duty = {
    id: newId(),
    account: both,
    team,
    lane: `${team}/public/1`,
    startsAt: at(monday, from),
    endsAt: at(monday, to),
  }
  expect(await insertDuties(ctx, [duty])).toBe(1)
}
const booked = ({ office, services }: NamedTeam, time: string, email: string) =>
  bookedAt(city, { office, start: at(monday, time), services: [services[0]!] }, email)
const laneOf = async (id: string) =>
  (await one(ctx.db, sql<{ lane: string }>`select lane from appointments_booking where id = ${id}::uuid`)).lane
const note = ({ office, unit }: NamedTeam, can: readonly string[], more: Typed = {}) =>
  city.post(
    `${PATH}/${both}/anliegen`,
    { office, unit, seen: '1', [`which-${both}-${unit}`]: 'only', [`can-${both}-${unit}`]: [...can], ...more },
    { as: WOLF },
  )

describe('in a house that two units share, somebody works for both of them', () => {
  test('what one unit notes hits its own appointments alone: those of the other one stay, and so does what it offers', async () => {
    await sits(own, '08:00', '10:00')
    await sits(others, '10:00', '12:00')
    forgetCalendar(ctx)
    const mine = await booked(own, '08:00', 'mine@example.org')
    const theirs = await booked(others, '10:00', 'theirs@example.org')
    const [was, stays] = [await laneOf(mine), await laneOf(theirs)]
    expect([was, stays]).toEqual([`${own.id}/public/1`, `${others.id}/public/1`])

    const preview = await note(own, [])
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(preview.body).toContain('keine Anliegen: Der Schalter vergibt keine Termine')
    const saved = await city.post(`${PATH}/${both}/anliegen`, { ...fieldsOn(preview), next: 'save' }, { as: WOLF })
    const change = saved.location.split('/').at(-1)!
    await city.runJobs()
    expect((await outcomesOf(city, change)).map(({ booking }) => booking)).toEqual([mine])
    expect(await laneOf(mine)).not.toBe(was)
    expect(await laneOf(theirs)).toBe(stays)
    const { teams } = await one(
      ctx.db,
      sql<{ teams: string[] }>`select teams from appointments_plan_change where id = ${change}::uuid`,
    )
    expect(teams).toEqual([own.id])
    // The counter of the other unit still gives all.
    expect(await laneOf(await booked(others, '10:30', 'later@example.org'))).toBe(`${others.id}/public/1`)
  })

  test('and a planner of one unit sees and notes what they can do there, and nothing of the other one', async () => {
    const page = await city.get(`${PATH}?dienststelle=${own.office}`, { as: WOLF })
    expect(page.body).toContain(`name="can-${both}-${own.unit}"`)
    expect(page.body).not.toContain(`name="can-${both}-${others.unit}"`)
    expect((await note(others, [])).status).toBe(404)
    const whole = await city.get(`${PATH}?dienststelle=${own.office}`, { as: 'admin@musterstadt.example' })
    for (const { unit } of [own, others]) expect(whole.body).toContain(`name="can-${both}-${unit}"`)
    expect(whole.body).toMatch(/Berta Beide \([^)]+\): alle Anliegen des Teams/)
  })
})

test('what was noted before units noted it keeps its meaning in each of them, and nothing noted is still all', async () => {
  const sqlOf = (name: string) => readFile(new URL(`migrations/${name}`, import.meta.url), 'utf8')
  const [limited, service] = [newId(), own.services[0]!]
  await exec(ctx.db, sql`drop table appointments_ability`)
  await exec(ctx.db, sql`alter table appointments_team drop column duties_version`)
  await exec(
    ctx.db,
    sql`create table appointments_qualification (account uuid not null, service text not null, primary key (account, service))`,
  )
  await exec(ctx.db, sql`insert into appointments_qualification values (${limited}::uuid, ${service})`)
  for (const statement of (await sqlOf('0017_abilities_by_unit.sql')).split(/;\s*$/m).filter((text) => text.trim()))
    await exec(ctx.db, sql.raw(statement))
  const units = await many(ctx.db, sql<{ unit: string }>`select distinct unit from appointments_team order by unit`)
  expect(await abilitiesOf(ctx, limited)).toEqual(
    units.map(({ unit }) => ({ account: limited, unit, can: [service], version: 2 })),
  )
  expect(await abilitiesOf(ctx, both)).toEqual([])
})
