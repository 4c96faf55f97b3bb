import { expect, test } from 'vitest'
import { exec, many, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { mailsTo } from './testing/booked.ts'
import { at, fieldsOn, freshDesk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const desk = await freshDesk(city, { seats: { public: 2, centre: 0, 'walk-in': 0 } })
const { send, calendar, blockForm } = deskOf(city, () => desk)

test('whoever can stay at their time stays: those whose hour is shut take no counter from them', async () => {
  const monday = desk.mondays[1]!
  // While the first counter is blocked people are booked at the second one.
  await send('/workbench/termine/sperren/neu', { ...(await blockForm(monday)), all: 'leave', next: 'save' })
  const early = await desk.book(at(monday, '08:00'), 'early@example.org')
  const stays = await desk.book(at(monday, '08:30'), 'stays@example.org')
  const block = /sperren\/([0-9a-f-]{36})/.exec((await calendar(monday)).body)![1]!
  await send(`/workbench/termine/sperren/${block}`, {})

  // From then on only the first counter, and half an hour later.
  const path = `/workbench/termine/regeln/${desk.rule.id}`
  const form = fieldsOn(await city.get(path, asLaura))
  await send(path, { ...form, hours: '8:30-12', public: '1', all: 'reseat', next: 'save' })
  await city.runJobs()

  const rows = await many(
    (await city.ctx()).db,
    sql<{ id: string; at: Temporal.Instant; lane: string }>`select id, starts_at as at, lane from appointments_booking
      where id = any(${[early, stays]}::uuid[])`,
  )
  const now = new Map(rows.map((row) => [row.id, row]))
  expect([now.get(stays)!.at.toString(), now.get(stays)!.lane]).toEqual([
    at(monday, '08:30').toString(),
    `${desk.team.id}/public/1`,
  ])
  expect(Temporal.Instant.compare(now.get(early)!.at, at(monday, '08:30'))).toBeGreaterThan(0)
  const ctx = await city.ctx()
  const subjects = async (email: string) => (await mailsTo(ctx, email)).map(({ subject }) => subject).join()
  expect(await subjects('early@example.org')).toContain('Ihr neuer Termin')
  expect(await subjects('stays@example.org')).not.toContain('Ihr neuer Termin')
})

test.each([
  ['0171 7654321', 'moved', ['sms']],
  ['0711 7654321', 'call', []],
])('who has called from %s and has no mail: %s', async (telephone, outcome, channels) => {
  const { db } = await city.ctx()
  const monday = desk.mondays[outcome === 'moved' ? 2 : 3]!
  const id = await desk.book(at(monday, '09:00'), 'calls@example.org')
  await exec(db, sql`update appointments_booking set email = '', telephone = ${telephone} where id = ${id}::uuid`)
  await send('/workbench/termine/sperren/neu', { ...(await blockForm(monday)), all: 'move', next: 'save' })
  await city.runJobs()
  const outcomes = await many(
    db,
    sql<{ outcome: string }>`select outcome from appointments_displaced where booking = ${id}::uuid`,
  )
  expect(outcomes).toEqual([{ outcome }])
  const told = await many(
    db,
    sql<{
      channel: string
    }>`select d.channel from notifications_delivery d join notifications_message m on m.id = d.message
      where m.key like ${`appointment:${id}:moved-by-city:%`}`,
  )
  expect(told.map(({ channel }) => channel)).toEqual(channels)
})
