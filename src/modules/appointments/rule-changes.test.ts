import { beforeEach, describe, expect, test, vi } from 'vitest'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { jobContext } from '#platform/job-context.ts'
import { testCity } from '#src/testing/city.ts'
import { insertDisplaced, insertPlanChange } from './store/plan-changes.ts'
import { insertVersion } from './store/rules.ts'
import { mailsTo } from './testing/booked.ts'
import { at, fieldsOn, freshDesk, outcomesOf, startOf, type Desk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'
import { hiddenOn, moveTo, timesOn, visitorOf } from './testing/visitor.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime } from './use-cases/hold.ts'
import { settleDisplaced } from './use-cases/plan/settle.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send, rulePath, ruleForm } = deskOf(city, () => desk)
const outcomeOf = async (booking: string) =>
  many(
    (await city.ctx()).db,
    sql<{ outcome: string | null }>`select outcome from appointments_displaced where booking = ${booking}::uuid`,
  )

describe('a clerk changes the hours of Mondays', () => {
  test('sees whom that hits, moves two and writes to one, and all of them get their mail', async () => {
    const [monday] = desk.mondays
    const ids = [
      await desk.book(at(monday!, '08:00'), 'ida@example.org'),
      await desk.book(at(monday!, '08:30'), 'otto@example.org'),
      await desk.book(at(monday!, '09:30'), 'uta@example.org'),
      await desk.book(at(monday!, '11:00'), 'stays@example.org'),
    ]
    const form = { ...(await ruleForm()), hours: '10-12' }
    const preview = await send(rulePath(), { ...form, next: 'preview' })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('Die Änderung trifft 3 gebuchte Termine')
    // Said at the top, too: what changes is told at length.
    expect(preview.body).toMatch(/href="#getroffen"[^]*<section class="rh-section" id="getroffen">/)
    expect(preview.body).toContain('10 bis 12 Uhr')
    expect(preview.body).not.toContain('Erika Muster')

    const saved = await send(rulePath(), {
      ...fieldsOn(preview),
      all: 'move',
      [`hit.${ids[2]!}`]: 'write',
      next: 'save',
    })
    expect(saved.location).toMatch(/^\/workbench\/termine\/aenderungen\//)
    const before = await city.get(saved.location, asLaura)
    expect(before.body).toContain('0 von 3 Terminen sind erledigt.')
    await city.runJobs()
    const after = await city.get(saved.location, asLaura)
    expect(after.body).toContain('Alle Termine sind erledigt')

    const change = saved.location.split('/').at(-1)!
    expect((await outcomesOf(city, change)).map(({ outcome }) => outcome)).toEqual(['moved', 'moved', 'written'])
    // The nearest free times of the same morning; the second comes after the first.
    expect(await startOf(city, ids[0]!)).toBe(at(monday!, '10:00').toString())
    expect(await startOf(city, ids[1]!)).toBe(at(monday!, '10:30').toString())
    expect(await startOf(city, ids[2]!)).toBe(at(monday!, '09:30').toString())
    expect(await startOf(city, ids[3]!)).toBe(at(monday!, '11:00').toString())

    const ctx = await city.ctx()
    const moved = (await mailsTo(ctx, 'ida@example.org')).at(-1)!
    expect(moved.subject).toContain('10:00 Uhr')
    expect(moved.body).toContain('Ab Mittwoch, 13. März 2030 gelten andere Öffnungszeiten.')
    const ida = visitorOf(city)
    expect((await ida.get(moved.path!)).body).toContain('Termin verschieben')
    expect(await mailsTo(ctx, 'stays@example.org')).toHaveLength(2)

    const written = (await mailsTo(ctx, 'uta@example.org')).at(-1)!
    expect(written.subject).toContain('Bitte wählen Sie eine neue Zeit')
    const uta = visitorOf(city)
    const choose = await uta.get(written.path!)
    const chosen = await moveTo(uta, uta.path.replace('/verschieben', ''), {
      ...hiddenOn(choose),
      time: timesOn(choose)[0]!,
    })
    expect(chosen.body).toContain('Ihr Termin ist verschoben')
  })

  test('to fewer seats: whoever has the counter that goes is hit', async () => {
    const two = { ...(await ruleForm()), public: '2', next: 'save' }
    expect((await send(rulePath(), two)).location).toContain('erledigt=gespeichert')
    const monday = desk.mondays[1]!
    await desk.book(at(monday, '09:00'), 'first@example.org')
    await desk.book(at(monday, '09:00'), 'second@example.org')
    const one = { ...(await ruleForm()), public: '1', next: 'preview' }
    const preview = await send(rulePath(), one)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(preview.body).toContain('Schalter 2')
  })

  test('whoever books between the preview and the deed is hit, too', async () => {
    const monday = desk.mondays[2]!
    const preview = await send(rulePath(), {
      ...(await ruleForm()),
      hours: '10-12',
      next: 'preview',
    })
    expect(preview.body).toContain('trifft keinen gebuchten Termin')
    const late = await desk.book(at(monday, '08:00'), 'late@example.org')
    const saved = await send(rulePath(), { ...fieldsOn(preview), next: 'save' })
    await city.runJobs()
    expect(await outcomesOf(city, saved.location.split('/').at(-1)!)).toEqual([{ booking: late, outcome: 'written' }])
  })

  test('whom another program lets in by the old hours is found a minute later; who only held the time is waited for', async () => {
    const monday = desk.mondays[3]!
    const other = await city.beside()
    try {
      const beside = jobContext(other, city.tenant)
      const search = {
        services: [desk.service],
        people: 1,
        variant: 'in-person',
        offices: [desk.team.office],
        audience: 'public',
        from: monday.toString(),
        to: monday.toString(),
        weekdays: [],
        limit: 9,
      } as const
      await findTimes(beside, search)
      // However slow this machine is: the other program does not look again before it holds.
      const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now())
      const saved = await send(rulePath(), {
        ...(await ruleForm()),
        hours: '10-12',
        all: 'write',
        next: 'save',
      })
      expect(saved.location).toContain('erledigt=gespeichert')
      const held = await holdTime(beside, { ...search, office: desk.team.office, start: at(monday, '08:00') })
      now.mockRestore()
      expect(held.ok).toBe(true)
      city.clock.advance({ seconds: 61 })
      await city.runJobs()
      expect(await outcomeOf(held.ok ? held.value.id : '')).toEqual([{ outcome: null }])
      city.clock.advance({ minutes: 11 })
      await city.runJobs()
      expect(await outcomeOf(held.ok ? held.value.id : '')).toEqual([{ outcome: 'gone' }])
    } finally {
      await other.tenants.close()
    }
  })

  test('two at once: the second is told, sees what holds now, and nothing of theirs is saved', async () => {
    const form = await ruleForm()
    const [one, two] = await Promise.all([
      send(rulePath(), { ...form, hours: '8-11', next: 'save' }),
      send(rulePath(), { ...form, hours: '9-12', next: 'save' }),
    ])
    expect([one.status, two.status].toSorted()).toEqual([303, 409])
    const [won, lost] = one.status === 303 ? ['8 bis 11 Uhr', two] : ['9 bis 12 Uhr', one]
    expect(lost.body).toContain('Jemand anderes war schneller')
    expect(lost.body).toContain(won)
    const history = await city.get(`${rulePath()}/verlauf`, asLaura)
    expect(history.body).toContain('Version 2')
    expect(history.body).not.toContain('Version 3')
    expect(history.body).toContain('Laura Öztürk')
    expect(history.body).toContain('8 bis 12 Uhr')
  })

  test('nothing is lost when the work stops half-way: the next run does the rest, and nobody gets two mails', async () => {
    const monday = desk.mondays[4]!
    await desk.book(at(monday, '08:00'), 'a@example.org')
    await desk.book(at(monday, '08:30'), 'b@example.org')
    const saved = await send(rulePath(), {
      ...(await ruleForm()),
      hours: '10-12',
      all: 'move',
      next: 'save',
    })
    const change = saved.location.split('/').at(-1)!
    await city.runJobs()
    // As if the program had been killed after the first: what it had not written down is done again.
    const ctx = await city.ctx()
    const count = async () => (await mailsTo(ctx, 'a@example.org')).length
    const mails = await count()
    await exec(ctx.db, sql`update appointments_displaced set outcome = null where change = ${change}::uuid`)
    await settleDisplaced(ctx, change)
    expect(await count()).toBe(mails)
    expect((await outcomesOf(city, change)).map(({ outcome }) => outcome)).toEqual(['gone', 'gone'])
  })
})

describe('who is moved by the city', () => {
  test('comes to a time at which somebody works, even where the program has not heard of the change yet', async () => {
    const monday = desk.mondays[7]!
    const booking = await desk.book(at(monday, '11:30'), 'early@example.org')
    const ctx = await city.ctx()
    const hours = [{ from: Temporal.PlainTime.from('08:00'), to: Temporal.PlainTime.from('11:00') }]
    const change = newId()
    await insertVersion(ctx, { ...desk.rule, hours }, 2)
    await insertPlanChange(ctx, {
      id: change,
      kind: 'rule',
      subject: desk.rule.id,
      offices: [desk.team.office],
      teams: [desk.team.id],
      choice: 'move',
      from: null,
    })
    await insertDisplaced(ctx, change, [{ id: booking, startsAt: at(monday, '11:30'), choice: 'move' }])
    await settleDisplaced(ctx, change)
    expect(await outcomesOf(city, change)).toEqual([{ booking, outcome: 'moved' }])
    const start = await startOf(city, booking)
    expect(Temporal.Instant.compare(start, at(monday, '08:00'))).toBeGreaterThan(0)
    expect(Temporal.Instant.compare(start, at(monday, '11:00'))).toBeLessThan(0)
  })
})
