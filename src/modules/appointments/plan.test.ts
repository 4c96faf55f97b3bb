import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.ts'
import { testCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { jobContext } from '#platform/job-context.ts'
import { CITY_TIME_ZONE, today } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { forgetCalendar } from './calendars.ts'
import type { OpeningRule } from './domain/rule.ts'
import { insertRules, readPlan } from './store/plan.ts'
import { bookedAt, linksMailedTo, mailsTo } from './testing/booked.ts'
import { mornings } from './testing/plan.ts'
import { hiddenOn, timesOn, visitorOf } from './testing/visitor.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime } from './use-cases/hold.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const LAURA = 'laura.oeztuerk@musterstadt.example'
const asLaura = { as: LAURA }

let team = ''
let office = ''
let service = ''
let rule: OpeningRule
/** The next Mondays on which there is work. */
let mondays: Temporal.PlainDate[] = []

const at = (day: Temporal.PlainDate, time: string) =>
  day.toZonedDateTime({ timeZone: CITY_TIME_ZONE, plainTime: time }).toInstant()
const book = (start: Temporal.Instant, email: string) => bookedAt(city, { office, start, services: [service] }, email)
const startOf = async (id: string) => {
  const row = await maybe(
    (await city.ctx()).db,
    sql<{ at: Temporal.Instant }>`select starts_at as at from appointments_booking where id = ${id}::uuid`,
  )
  return row!.at.toString()
}
const outcomesOf = async (change: string) =>
  many(
    (await city.ctx()).db,
    sql<{ booking: string; outcome: string | null }>`select booking, outcome from appointments_displaced
      where change = ${change}::uuid order by was_at`,
  )

/** What the form of a rule sends when nothing is changed in it. */
async function formOf(id = rule.id): Promise<Record<string, string | string[]>> {
  const { body } = await city.get(`/workbench/termine/regeln/${id}`, asLaura)
  return fieldsOn({ body })
}

function fieldsOn({ body }: Pick<Answer, 'body'>): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = { ...hiddenOn({ body }) }
  for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
    const [name, value, type] = ['name', 'value', 'type'].map((key) => new RegExp(` ${key}="([^"]*)"`).exec(tag)?.[1])
    if (!name || type === 'hidden') continue
    if (type === 'checkbox' || type === 'radio') {
      if (!/ checked/.test(tag)) continue
      fields[name] = type === 'radio' ? value! : [...[fields[name] ?? []].flat(), value!]
    } else fields[name] ??= value ?? ''
  }
  for (const [, name, options] of body.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name!] = /value="([^"]*)" selected/.exec(options!)?.[1] ?? ''
  return fields
}

const send = (path: string, fields: Record<string, string | string[]>, as = LAURA) => city.post(path, fields, { as })

/** A team of its own for each group of tests: one counter on weekdays from 8 to 12, and nobody has booked. */
async function freshTeam(): Promise<void> {
  const ctx = await city.ctx()
  const { db } = ctx
  await exec(db, sql`delete from appointments_occupancy where team = ${team}`)
  await exec(db, sql`delete from appointments_booking where team = ${team} and starts_at > ${ctx.clock.now()}`)
  await exec(db, sql`delete from appointments_rule where team = ${team}`)
  await exec(db, sql`delete from appointments_closure`)
  rule = mornings(team, 1, { firstDay: today(ctx.clock).subtract({ weeks: 1 }) })
  await insertRules(ctx, [rule])
  forgetCalendar(ctx)
}

beforeAll(async () => {
  const ctx = await city.ctx()
  const { teams } = await readPlan(ctx)
  const own = teams.find(({ id }) => id.endsWith('-buergeramt'))!
  ;[team, office, service] = [own.id, own.office, own.services[0]!]
  const first = today(ctx.clock).add({ days: 8 - today(ctx.clock).dayOfWeek })
  mondays = Array.from({ length: 11 }, (_, week) => first.add({ weeks: week })).filter((day) => !holidayOn(day))
  await freshTeam()
})

describe('a clerk changes the hours of Mondays', () => {
  test('sees whom that hits, moves two and writes to one, and all of them get their mail', async () => {
    await freshTeam()
    const [monday] = mondays
    const ids = [
      await book(at(monday!, '08:00'), 'ida@example.org'),
      await book(at(monday!, '08:30'), 'otto@example.org'),
      await book(at(monday!, '09:30'), 'uta@example.org'),
      await book(at(monday!, '11:00'), 'stays@example.org'),
    ]
    const form = { ...(await formOf()), hours: '10-12' }
    const preview = await send(`/workbench/termine/regeln/${rule.id}`, { ...form, next: 'preview' })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('Die Änderung trifft 3 gebuchte Termine')
    expect(preview.body).toContain('10 bis 12 Uhr')
    expect(preview.body).not.toContain('Erika Muster')

    const saved = await send(`/workbench/termine/regeln/${rule.id}`, {
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
    expect((await outcomesOf(change)).map(({ outcome }) => outcome)).toEqual(['moved', 'moved', 'written'])
    // The nearest free times of the same morning; the second comes after the first.
    expect(await startOf(ids[0]!)).toBe(at(monday!, '10:00').toString())
    expect(await startOf(ids[1]!)).toBe(at(monday!, '10:30').toString())
    expect(await startOf(ids[2]!)).toBe(at(monday!, '09:30').toString())
    expect(await startOf(ids[3]!)).toBe(at(monday!, '11:00').toString())

    const ctx = await city.ctx()
    const moved = (await mailsTo(ctx, 'ida@example.org')).at(-1)!
    expect(moved.subject).toContain('10:00 Uhr')
    expect(moved.body).toContain('Die Öffnungszeiten ändern sich.')
    const ida = visitorOf(city)
    expect((await ida.get(moved.path!)).body).toContain('Termin verschieben')
    expect(await mailsTo(ctx, 'stays@example.org')).toHaveLength(2)

    const written = (await mailsTo(ctx, 'uta@example.org')).at(-1)!
    expect(written.subject).toContain('Bitte wählen Sie eine neue Zeit')
    const uta = visitorOf(city)
    const choose = await uta.get(written.path!)
    const chosen = await uta.post(uta.path, { ...hiddenOn(choose), time: timesOn(choose)[0]! })
    expect(chosen.body).toContain('Ihr Termin ist verschoben')
  })

  test('to fewer seats: whoever has the counter that goes is hit', async () => {
    await freshTeam()
    const two = { ...(await formOf()), public: '2', next: 'save' }
    expect((await send(`/workbench/termine/regeln/${rule.id}`, two)).location).toContain('erledigt=gespeichert')
    const monday = mondays[1]!
    await book(at(monday, '09:00'), 'first@example.org')
    await book(at(monday, '09:00'), 'second@example.org')
    const one = { ...(await formOf()), public: '1', next: 'preview' }
    const preview = await send(`/workbench/termine/regeln/${rule.id}`, one)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(preview.body).toContain('Schalter 2')
  })

  test('whoever books between the preview and the deed is hit, too', async () => {
    await freshTeam()
    const monday = mondays[2]!
    const preview = await send(`/workbench/termine/regeln/${rule.id}`, {
      ...(await formOf()),
      hours: '10-12',
      next: 'preview',
    })
    expect(preview.body).toContain('trifft keinen gebuchten Termin')
    const late = await book(at(monday, '08:00'), 'late@example.org')
    const saved = await send(`/workbench/termine/regeln/${rule.id}`, { ...fieldsOn(preview), next: 'save' })
    await city.runJobs()
    expect(await outcomesOf(saved.location.split('/').at(-1)!)).toEqual([{ booking: late, outcome: 'written' }])
  })

  test('whom another program lets in by the old hours is found a minute later; who only held the time is waited for', async () => {
    await freshTeam()
    const monday = mondays[3]!
    const other = await createApp({
      config: city.app.config,
      databaseUrl: city.databaseUrl,
      modules: city.app.modules,
      clock: city.clock,
      log: city.app.log,
    })
    try {
      const beside = jobContext(other, city.tenant)
      const search = {
        services: [service],
        people: 1,
        variant: 'in-person',
        offices: [office],
        audience: 'public',
        from: monday.toString(),
        to: monday.toString(),
        weekdays: [],
        limit: 9,
      } as const
      await findTimes(beside, search)
      const saved = await send(`/workbench/termine/regeln/${rule.id}`, {
        ...(await formOf()),
        hours: '10-12',
        all: 'write',
        next: 'save',
      })
      expect(saved.location).toContain('erledigt=gespeichert')
      const held = await holdTime(beside, { ...search, office, start: at(monday, '08:00') })
      expect(held.ok).toBe(true)
      city.clock.advance({ seconds: 61 })
      await city.runJobs()
      const rows = await many(
        (await city.ctx()).db,
        sql<{
          outcome: string | null
        }>`select outcome from appointments_displaced where booking = ${held.ok ? held.value.id : ''}::uuid`,
      )
      expect(rows).toEqual([{ outcome: null }])
      city.clock.advance({ minutes: 11 })
      await city.runJobs()
      const later = await many(
        (await city.ctx()).db,
        sql<{
          outcome: string | null
        }>`select outcome from appointments_displaced where booking = ${held.ok ? held.value.id : ''}::uuid`,
      )
      expect(later).toEqual([{ outcome: 'gone' }])
    } finally {
      await other.tenants.close()
    }
  })

  test('two at once: the second is told, sees what holds now, and nothing of theirs is saved', async () => {
    await freshTeam()
    const form = await formOf()
    const path = `/workbench/termine/regeln/${rule.id}`
    const [one, two] = await Promise.all([
      send(path, { ...form, hours: '8-11', next: 'save' }),
      send(path, { ...form, hours: '9-12', next: 'save' }),
    ])
    expect([one.status, two.status].toSorted()).toEqual([303, 409])
    const [won, lost] = one.status === 303 ? ['8 bis 11 Uhr', two] : ['9 bis 12 Uhr', one]
    expect(lost.body).toContain('Jemand anderes war schneller')
    expect(lost.body).toContain(won)
    const history = await city.get(`${path}/verlauf`, asLaura)
    expect(history.body).toContain('Version 2')
    expect(history.body).not.toContain('Version 3')
    expect(history.body).toContain('Laura Öztürk')
    expect(history.body).toContain('8 bis 12 Uhr')
  })

  test('nothing is lost when the work stops half-way: the next run does the rest, and nobody gets two mails', async () => {
    await freshTeam()
    const monday = mondays[4]!
    await book(at(monday, '08:00'), 'a@example.org')
    await book(at(monday, '08:30'), 'b@example.org')
    const saved = await send(`/workbench/termine/regeln/${rule.id}`, {
      ...(await formOf()),
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
    const { settleDisplaced } = await import('./use-cases/plan/settle.ts')
    await settleDisplaced(ctx, change)
    expect(await count()).toBe(mails)
    expect((await outcomesOf(change)).map(({ outcome }) => outcome)).toEqual(['gone', 'gone'])
  })
})

describe('a rule in a form', () => {
  test('that contradicts itself comes back with what was typed, and says why at the field', async () => {
    await freshTeam()
    const form = {
      ...(await formOf()),
      hours: '12-8',
      breaks: 'mittags',
      public: '0',
      centre: '0',
      lastDay: '1.1.2020',
    }
    const refused = await send(`/workbench/termine/regeln/${rule.id}`, form)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('„mittags“ verstehen wir nicht.')
    const again = await send(`/workbench/termine/regeln/${rule.id}`, { ...form, breaks: '' })
    for (const words of [
      'Das Ende liegt vor dem Beginn.',
      'mindestens einen Platz',
      'Der letzte Tag liegt vor dem ersten.',
    ])
      expect(again.body).toContain(words)
    expect(again.body).toContain('value="12-8"')
  })

  test('that opens the seats of another one is refused, and the other one is named', async () => {
    await freshTeam()
    const path = `/workbench/termine/teams/${team}/regeln/neu`
    const form = fieldsOn(await city.get(path, asLaura))
    const wanted = { ...form, weekdays: ['1'], hours: '11-13', next: 'save' }
    const refused = await send(path, wanted)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('öffnet schon eine andere Regel dieses Teams dieselben Plätze (8 bis 12 Uhr)')
    const later = await send(path, { ...wanted, hours: '13-15' })
    expect(later.location).toContain('erledigt=gespeichert')
    // Sent twice, it is one rule.
    expect((await send(path, { ...wanted, hours: '13-15' })).status).toBe(409)
    const page = await city.get(`/workbench/termine/teams/${team}`, asLaura)
    expect(page.body).toContain('Jeden Montag, 13 bis 15 Uhr')
  })

  test('that ends shows whom that hits, as any change', async () => {
    await freshTeam()
    await book(at(mondays[5]!, '08:00'), 'end@example.org')
    const path = `/workbench/termine/regeln/${rule.id}/ende`
    const form = { ...(await formOf()), lastDay: '13.3.2030' }
    expect((await send(path, { ...form, lastDay: '31.2.2030' })).status).toBe(422)
    const preview = await send(path, form)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(`/workbench/termine/regeln/${rule.id}`, {
      ...fieldsOn(preview),
      all: 'leave',
      next: 'save',
    })
    expect((await city.get(saved.location, asLaura)).body).toContain('so gelassen')
    expect(await linksMailedTo(await city.ctx(), 'end@example.org')).toHaveLength(2)
  })

  test('of an office for which somebody does not plan is not there', async () => {
    const stranger = 'birgit.geiger@musterstadt.example'
    for (const path of [`/workbench/termine/regeln/${rule.id}`, `/workbench/termine/teams/${team}`])
      expect((await city.get(path, { as: stranger })).status, path).toBe(404)
    expect(
      (await send(`/workbench/termine/regeln/${rule.id}`, { ...(await formOf()), next: 'save' }, stranger)).status,
    ).toBe(404)
    expect((await city.get('/workbench/termine', { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })
})

describe('closing days', () => {
  const path = '/workbench/termine/schliesstage'

  test('hit whoever has an appointment, are closed at once, and open again when they are removed', async () => {
    await freshTeam()
    const monday = mondays[6]!
    const id = await book(at(monday, '08:00'), 'closed@example.org')
    const typed = {
      ...hiddenOn(await city.get(path, asLaura)),
      office,
      firstDay: `${monday.day}.${monday.month}.${monday.year}`,
      lastDay: '',
      reason: 'Betriebsausflug',
    }
    const preview = await send(path, { ...typed, next: 'preview' })
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(path, { ...typed, all: 'move', next: 'save' })
    await city.runJobs()
    expect(saved.location).toContain('/aenderungen/')
    const moved = Temporal.Instant.from(await startOf(id))
      .toZonedDateTimeISO(CITY_TIME_ZONE)
      .toPlainDate()
    expect(moved.equals(monday)).toBe(false)
    const free = `/termine?service=${service}&office=${office}&from=${monday.toString()}&people=1`
    const isOpen = async () => timesOn(await city.get(free)).some((time) => time.startsWith(monday.toString()))
    expect(await isOpen()).toBe(false)

    const list = await city.get(path, asLaura)
    expect(list.body).toContain('Betriebsausflug')
    const closure = new RegExp(`${path}/([0-9a-f-]{36})`).exec(list.body)![1]!
    expect((await send(`${path}/${closure}`, {}, 'birgit.geiger@musterstadt.example')).status).toBe(404)
    expect((await send(`${path}/${closure}`, {})).location).toContain('erledigt=entfernt')
    expect(await isOpen()).toBe(true)
  })

  test('are refused in the past, without a reason, the wrong way round, and for all offices by who plans for one', async () => {
    const typed = {
      ...hiddenOn(await city.get(path, asLaura)),
      office: 'alle',
      firstDay: '1.1.2020',
      lastDay: '31.12.2019',
      reason: ' ',
    }
    const refused = await send(path, { ...typed, next: 'save' })
    expect(refused.status).toBe(422)
    for (const words of [
      'Bitte wählen Sie eine Dienststelle.',
      'in der Vergangenheit',
      'liegt vor dem ersten',
      'warum geschlossen ist',
    ])
      expect(refused.body).toContain(words)
  })
})
