import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, maybe, sql } from '#platform/db/db.ts'
import { mailsTo } from './testing/booked.ts'
import { at, BIRGIT, freshDesk, type Desk, type Typed } from './testing/desk.ts'
import { asLaura, dayText, deskOf } from './testing/desk-pages.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send, calendar, blockForm, isFree } = deskOf(city, () => desk)

describe('a blocked time', () => {
  test('is given to nobody, hits whoever has it, and is free again afterwards', async () => {
    const monday = desk.mondays[1]!
    const id = await desk.book(at(monday, '08:30'), 'ill@example.org')
    const typed = await blockForm(monday)
    const preview = await send('/workbench/termine/sperren/neu', { ...typed, next: 'preview' })
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send('/workbench/termine/sperren/neu', { ...typed, all: 'move', next: 'save' })
    expect(saved.location).toContain('/aenderungen/')
    await city.runJobs()
    expect(await isFree(monday, '09:00')).toBe(false)
    const mail = (await mailsTo(await city.ctx(), 'ill@example.org')).at(-1)!
    expect(mail.body).toContain('fällt jemand aus unserem Team aus')
    expect(mail.body).not.toContain('krank')
    const moved = await maybe(
      (await city.ctx()).db,
      sql<{ at: Temporal.Instant }>`select starts_at as at from appointments_booking where id = ${id}::uuid`,
    )
    expect(Temporal.Instant.compare(moved!.at, at(monday, '10:00'))).toBeGreaterThanOrEqual(0)

    const page = await calendar(monday)
    expect(page.body).toContain('gesperrt: Krankheit')
    const block = /sperren\/([0-9a-f-]{36})/.exec(page.body)![1]!
    expect((await send(`/workbench/termine/sperren/${block}`, {}, BIRGIT)).status).toBe(404)
    await send(`/workbench/termine/sperren/${block}`, {})
    expect(await isFree(monday, '09:00')).toBe(true)
  })

  test.each(['move', 'reseat'])(
    'beside a free counter moves nobody, who read of no new time that is the old one (%s)',
    async (all) => {
      desk = await freshDesk(city, { seats: { public: 2, centre: 0, 'walk-in': 0 } })
      const [email, start] = [`beside-${all}@example.org`, at(desk.mondays[1]!, '08:30')]
      const id = await desk.book(start, email)
      const { db } = await city.ctx()
      const placed = async () =>
        (await maybe(
          db,
          sql<{ at: Temporal.Instant; lane: string }>`select starts_at as at, lane from appointments_booking
          where id = ${id}::uuid`,
        ))!
      const { lane } = await placed()
      const mails = (await mailsTo(await city.ctx(), email)).length
      const typed = { ...(await blockForm(desk.mondays[1]!)), lane }
      const preview = (await send('/workbench/termine/sperren/neu', { ...typed, next: 'preview' })).body
      // What bothers nobody is chosen, and what would come to the same is not offered.
      expect(preview).toMatch(/value="reseat"[^>]* checked/)
      expect(preview).not.toContain('value="move"')
      await send('/workbench/termine/sperren/neu', { ...typed, all, next: 'save' })
      await city.runJobs()
      const now = await placed()
      expect([now.at.equals(start), now.lane === lane]).toEqual([true, false])
      expect((await mailsTo(await city.ctx(), email)).length).toBe(mails)
    },
  )

  test('is held by the constraint that holds appointments: the database gives no piece of it away', async () => {
    const monday = desk.mondays[2]!
    await desk.book(at(monday, '08:30'), 'between@example.org')
    await send('/workbench/termine/sperren/neu', { ...(await blockForm(monday)), all: 'leave', next: 'save' })
    const page = (await calendar(monday)).body
    expect(page).toMatch(/ap-entry--block" data-side="left" data-at-h="0" data-at-m="0" data-for-h="2" data-for-m="0"/)
    expect(page).toMatch(/ap-entry--outside" data-side="right" data-at-h="0" data-at-m="30" data-for-h="0"/)
    const { db } = await city.ctx()
    const rows = await many(
      db,
      sql<{
        minutes: number
        block: boolean
      }>`select extract(epoch from upper(during) - lower(during))::int / 60 as minutes,
        block is not null as block from appointments_occupancy where team = ${desk.team.id} order by during`,
    )
    expect(rows.map(({ block }) => block)).toEqual([true, false, true])
    expect(rows.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(120)
  })

  test('of a week is one block, shown on each of its days within the hours of the office', async () => {
    const [monday, next] = [desk.mondays[0]!, desk.mondays[1]!]
    const typed = { ...(await blockForm(monday)), lastDay: dayText(next), all: 'leave', next: 'save' }
    expect((await send('/workbench/termine/sperren/neu', { ...typed, lastDay: '1.1.2020' })).status).toBe(422)
    expect((await send('/workbench/termine/sperren/neu', typed)).location).toContain('erledigt=gesperrt')
    for (const day of [monday, next]) {
      expect(await isFree(day, '08:00')).toBe(false)
      const { body } = await calendar(day)
      expect(body).toContain('gesperrt: Krankheit')
      expect(body).toContain('>08:00</span>')
      expect(body).not.toMatch(/ap-scale__hour"[^>]*>0[1-5]:00/)
    }
    expect(await isFree(next, '10:00')).toBe(true)
  })

  test('is of all counters of a team at once, where they meet or nothing works: sent twice once, and opened again each by itself or all', async () => {
    desk = await freshDesk(city, { seats: { public: 3, centre: 0, 'walk-in': 1 } })
    const monday = desk.mondays[1]!
    const form = await city.get(`/workbench/termine/sperren/neu?dienststelle=${desk.team.office}`, asLaura)
    expect(form.body).toMatch(new RegExp(`value="${desk.team.id}/\\*"[^>]*>Alle Schalter<`))
    for (const who of ['one', 'two']) await desk.book(at(monday, '08:30'), `${who}@example.org`)
    const typed = { ...(await blockForm(monday)), lane: `${desk.team.id}/*`, reason: 'meeting' }
    const preview = await send('/workbench/termine/sperren/neu', { ...typed, next: 'preview' })
    expect(preview.body).toMatch(/Die Änderung trifft (zwei|2) gebuchte Termine/)
    expect(preview.body).toContain('Alle Schalter: ')
    for (const _ of [1, 2]) await send('/workbench/termine/sperren/neu', { ...typed, all: 'leave', next: 'save' })
    expect(await isFree(monday, '09:00')).toBe(false)
    const blocks = async () =>
      new Set([...(await calendar(monday)).body.matchAll(/sperren\/([0-9a-f-]{36})/g)].map(([, id]) => id!))
    const all = [...(await blocks())]
    expect(all).toHaveLength(4)
    await send(`/workbench/termine/sperren/${all[0]!}`, {})
    expect((await blocks()).size).toBe(3)
    expect((await calendar(monday)).body).toContain('Alle 3 aufheben')
    expect((await send(`/workbench/termine/sperren/${all[1]!}`, { alle: 'ja' }, BIRGIT)).status).toBe(404)
    // Pressed by two, in different rows.
    await Promise.all([1, 2, 3].map((i) => send(`/workbench/termine/sperren/${all[i]!}`, { alle: 'ja' })))
    expect((await blocks()).size).toBe(0)
    const traces = await many(
      (await city.ctx()).db,
      sql<{ subject: string }>`select subject from audit_entry where action = 'appointments.unblocked'
        and subject = any(${all.map((id) => `appointments-block:${id}`)}::text[])`,
    )
    expect(traces).toHaveLength(4)
    expect((await calendar(monday)).body).not.toContain('aufheben')
    // Of a team for which nobody plans here there is nothing to choose.
    const strange = await send('/workbench/termine/sperren/neu', {
      ...typed,
      lane: 'finanzen-kasse/*',
      next: 'preview',
    })
    expect(strange.status).toBe(422)
  })

  test('is on the day that is typed, however people write it, with or without its year', async () => {
    const monday = desk.mondays[3]!
    const { day, month, year } = monday
    const seen = async (typed: Typed) => {
      const { body } = await send('/workbench/termine/sperren/neu', {
        ...(await blockForm(monday)),
        ...typed,
        next: 'preview',
      })
      return /Schalter 1: [^<]*/.exec(body)?.[0]
    }
    const usual = await seen({ day: `${day}.${month}.${year}` })
    expect(usual).toContain('08:00')
    for (const typed of [
      `${day}.${month}.`,
      `${day}. ${month}. ${year % 100}`,
      `${day}/${month}/${year}`,
      monday.toString(),
    ])
      expect(await seen({ day: typed }), typed).toBe(usual)
    // The last day without a year comes after the first.
    const next = monday.add({ days: 2 })
    expect(await seen({ day: monday.toString(), lastDay: `${next.day}.${next.month}.` })).toBe(
      await seen({ day: monday.toString(), lastDay: next.toString() }),
    )
    const shown = async (typed: string) =>
      /<h2[^>]*>([^<]*2030)</.exec(
        (await city.get(`/workbench/termine/kalender?dienststelle=${desk.team.office}&tag=${typed}`, asLaura)).body,
      )?.[1]
    expect(await shown(`${day}.${month}.`)).toBe(await shown(monday.toString()))
  })

  test('the wrong way round, past, beside the grid or at no counter is refused at its field', async () => {
    const monday = desk.mondays[3]!
    const refused = async (more: Typed) => {
      const answer = await send('/workbench/termine/sperren/neu', {
        ...(await blockForm(monday)),
        ...more,
        next: 'save',
      })
      expect(answer.status).toBe(422)
      return answer.body
    }
    expect(await refused({ from: '10', to: '8' })).toContain('Das Ende muss nach dem Beginn liegen.')
    expect(await refused({ day: '1.1.2020' })).toContain('schon vorbei')
    expect(await refused({ day: '31.2.2030' })).toContain('Den Tag 31.2.2030 gibt es nicht.')
    expect(await refused({ day: 'morgen' })).toContain('„morgen“ verstehen wir nicht als Tag.')
    expect(await refused({ day: '' })).toContain('Bitte geben Sie einen Tag an, zum Beispiel 24.12.2030.')
    expect(await refused({ lastDay: '31.4.' })).toContain('Den Tag 31.4. gibt es nicht.')
    expect(await refused({ from: '8:03' })).toContain('auf fünf Minuten genau')
    expect(await refused({ lane: 'nirgends/public/1' })).toContain('Bitte wählen Sie einen Schalter.')
    expect(await refused({ reason: 'Grippe' })).toContain('Bitte wählen Sie einen Grund.')
  })
})

// Last, for it moves the clock on.
test('what a moved appointment gave up stays blocked, though old times come back some day', async () => {
  const monday = desk.mondays[7]!
  await desk.book(at(monday, '08:30'), 'gone@example.org')
  await send('/workbench/termine/sperren/neu', { ...(await blockForm(monday)), all: 'move', next: 'save' })
  await city.runJobs()
  city.clock.advance({ hours: 3 })
  expect(await isFree(monday, '08:30')).toBe(false)
  expect(await isFree(monday, '10:30')).toBe(true)
})
