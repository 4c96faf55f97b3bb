import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { jobContext } from '#platform/job-context.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { insertDisplaced, insertPlanChange } from './store/plan-changes.ts'
import { insertVersion } from './store/rules.ts'
import { linksMailedTo, mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, LAURA, outcomesOf, startOf, type Desk, type Typed } from './testing/desk.ts'
import { hiddenOn, moveTo, timesOn, visitorOf } from './testing/visitor.ts'
import { findTimes } from './use-cases/find.ts'
import { holdTime } from './use-cases/hold.ts'
import { settleDisplaced } from './use-cases/plan/settle.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const asLaura = { as: LAURA }

let desk: Desk
let path = ''
beforeEach(async () => {
  desk = await freshDesk(city)
  path = `/workbench/termine/regeln/${desk.rule.id}`
})

const outcomeOf = async (booking: string) =>
  many(
    (await city.ctx()).db,
    sql<{ outcome: string | null }>`select outcome from appointments_displaced where booking = ${booking}::uuid`,
  )

const formOf = async (): Promise<Typed> => fieldsOn(await city.get(path, asLaura))
const send = (to: string, fields: Typed, as = LAURA) => city.post(to, fields, { as })

describe('a clerk changes the hours of Mondays', () => {
  test('sees whom that hits, moves two and writes to one, and all of them get their mail', async () => {
    const [monday] = desk.mondays
    const ids = [
      await desk.book(at(monday!, '08:00'), 'ida@example.org'),
      await desk.book(at(monday!, '08:30'), 'otto@example.org'),
      await desk.book(at(monday!, '09:30'), 'uta@example.org'),
      await desk.book(at(monday!, '11:00'), 'stays@example.org'),
    ]
    const form = { ...(await formOf()), hours: '10-12' }
    const preview = await send(path, { ...form, next: 'preview' })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('Die Änderung trifft 3 gebuchte Termine')
    // Said at the top, too: what changes is told at length.
    expect(preview.body).toMatch(/href="#getroffen"[^]*<section class="rh-section" id="getroffen">/)
    expect(preview.body).toContain('10 bis 12 Uhr')
    expect(preview.body).not.toContain('Erika Muster')

    const saved = await send(path, {
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
    const two = { ...(await formOf()), public: '2', next: 'save' }
    expect((await send(path, two)).location).toContain('erledigt=gespeichert')
    const monday = desk.mondays[1]!
    await desk.book(at(monday, '09:00'), 'first@example.org')
    await desk.book(at(monday, '09:00'), 'second@example.org')
    const one = { ...(await formOf()), public: '1', next: 'preview' }
    const preview = await send(path, one)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(preview.body).toContain('Schalter 2')
  })

  test('whoever books between the preview and the deed is hit, too', async () => {
    const monday = desk.mondays[2]!
    const preview = await send(path, {
      ...(await formOf()),
      hours: '10-12',
      next: 'preview',
    })
    expect(preview.body).toContain('trifft keinen gebuchten Termin')
    const late = await desk.book(at(monday, '08:00'), 'late@example.org')
    const saved = await send(path, { ...fieldsOn(preview), next: 'save' })
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
      const saved = await send(path, {
        ...(await formOf()),
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
    const form = await formOf()
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
    const monday = desk.mondays[4]!
    await desk.book(at(monday, '08:00'), 'a@example.org')
    await desk.book(at(monday, '08:30'), 'b@example.org')
    const saved = await send(path, {
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

describe('a rule in a form', () => {
  test('that contradicts itself comes back with what was typed, and says why at the field', async () => {
    const form = {
      ...(await formOf()),
      hours: '12-8',
      breaks: 'mittags',
      public: '0',
      centre: '0',
      lastDay: '1.1.2020',
    }
    const refused = await send(path, form)
    expect(refused.status).toBe(422)
    // What nobody can read and what contradicts itself: all at once.
    for (const words of [
      '„mittags“ verstehen wir nicht.',
      'Das Ende muss nach dem Beginn liegen.',
      'mindestens einen Platz',
      'Der letzte Tag liegt vor dem ersten.',
    ])
      expect(refused.body).toContain(words)
    expect(refused.body).toContain('value="12-8"')
    // What rests on a field that cannot be read is not guessed.
    const unread = await send(path, { ...(await formOf()), hours: 'x', breaks: '10-11', centre: 'y', public: '0' })
    expect(unread.body).toContain('„x“ verstehen wir nicht.')
    for (const words of [
      'nicht ganz in den Öffnungszeiten',
      'mindestens einen Platz',
      'Bitte geben Sie die Öffnungszeiten',
    ])
      expect(unread.body).not.toContain(words)
  })

  test('that goes over midnight names the next day wherever a part of it lies there', async () => {
    const add = `/workbench/termine/teams/${desk.team.id}/regeln/neu`
    const form = fieldsOn(await city.get(add, asLaura))
    const night = { weekdays: ['6'], hours: '22-1:30', breaks: '23:45-0:15', overMidnight: 'yes', next: 'preview' }
    const { body } = await send(add, { ...form, ...night })
    expect(body).toContain('Samstag, 0:15 bis 1:30 Uhr am nächsten Tag')
    expect(body).toMatch(/22:00 bis 23:45 Uhr \([^)]*\); 00:15 bis 01:30 Uhr am nächsten Tag \(/)
    expect(body).toContain('Samstag, 22 bis 23:45 Uhr:')
  })

  test('into which no appointment fits says so in the preview', async () => {
    const add = `/workbench/termine/teams/${desk.team.id}/regeln/neu`
    const form = fieldsOn(await city.get(add, asLaura))
    const short = { weekdays: ['6'], hours: '9-9:05', next: 'preview' }
    expect((await send(add, { ...form, ...short })).body).toMatch(
      /In diese Zeiten passt kein Termin[^]*Das kürzeste Anliegen dieses Teams dauert \d+ Minuten/,
    )
    // For people without an appointment five minutes are enough.
    const walkIn = await send(add, { ...form, ...short, public: '0', 'walk-in': '1' })
    expect(walkIn.body).not.toContain('passt kein Termin')
    expect((await send(add, { ...form, ...short, hours: '9-10' })).body).not.toContain('passt kein Termin')
  })

  test('that shuts a time for the whole team offers no other counter; one that takes a counter away does', async () => {
    desk = await freshDesk(city, { seats: { public: 2, centre: 0, 'walk-in': 0 } })
    path = `/workbench/termine/regeln/${desk.rule.id}`
    for (const email of ['eins@example.org', 'zwei@example.org']) await desk.book(at(desk.mondays[0]!, '08:00'), email)
    const other = 'An einen anderen Schalter desselben Teams'
    const shut = await send(path, { ...(await formOf()), hours: '10-12', next: 'preview' })
    expect(shut.body).toContain('Die Änderung trifft 2 gebuchte Termine')
    expect(shut.body).not.toContain(other)
    expect(shut.body).not.toContain('<option value="reseat">')
    const fewer = await send(path, { ...(await formOf()), public: '1', next: 'preview' })
    expect(fewer.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(fewer.body).toContain(other)
    expect(fewer.body).toContain('<option value="reseat">')
  })

  test('is read by its kind alone: what is hidden then is not held against anybody', async () => {
    const form = await formOf()
    const monthly = { ...form, kind: 'monthly', nth: '2', weekday: '3', everyWeeks: 'oft', weekdays: [] }
    const preview = await send(path, { ...monthly, next: 'preview' })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('jeden zweiten Mittwoch im Monat')
    const weekly = { ...form, kind: 'weekly', nth: '', weekday: 'x', everyWeeks: 'oft', weekdays: ['1'] }
    const refused = await send(path, { ...weekly, next: 'preview' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Bitte geben Sie eine ganze Zahl ein.')
    expect((await send(path, { ...weekly, everyWeeks: '1', next: 'preview' })).status).toBe(200)
  })

  test('takes days as people write them, and says what is wrong with one', async () => {
    const form = await formOf()
    const lastDay = desk.mondays[9]!
    const typed = { ...form, lastDay: `${lastDay.day}.${lastDay.month}.`, next: 'preview' }
    expect((await send(path, typed)).body).toContain(formatDate({ locale: 'de' }, lastDay))
    const refused = await send(path, { ...form, from: '', firstDay: '1.1.1', lastDay: '29.2.2031', next: 'preview' })
    expect(refused.status).toBe(422)
    for (const words of [
      '„1.1.1“ verstehen wir nicht als Tag.',
      'Den Tag 29.2.2031 gibt es nicht.',
      'Bitte geben Sie an, ab welchem Tag die Änderung gilt.',
    ])
      expect(refused.body).toContain(words)
    const end = await send(`${path}/ende`, { ...hiddenOn(await city.get(path, asLaura)), lastDay: '31.9.' })
    expect(end.body).toContain('Den Tag 31.9. gibt es nicht.')
  })

  test('that opens the seats of another one is refused, and the other one is named', async () => {
    const add = `/workbench/termine/teams/${desk.team.id}/regeln/neu`
    const form = fieldsOn(await city.get(add, asLaura))
    const wanted = { ...form, weekdays: ['1'], hours: '11-13', next: 'save' }
    const refused = await send(add, wanted)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('öffnet schon eine andere Regel dieses Teams dieselben Plätze (8 bis 12 Uhr)')
    const later = await send(add, { ...wanted, hours: '13-15' })
    expect(later.location).toContain('erledigt=gespeichert')
    // Sent twice, it is one rule.
    expect((await send(add, { ...wanted, hours: '13-15' })).status).toBe(409)
    const page = await city.get(`/workbench/termine/teams/${desk.team.id}`, asLaura)
    expect(page.body).toContain('Jeden Montag, 13 bis 15 Uhr')
  })

  test('that ends shows whom that hits, as any change', async () => {
    await desk.book(at(desk.mondays[5]!, '08:00'), 'end@example.org')
    const end = `${path}/ende`
    const form = { ...(await formOf()), lastDay: '13.3.2030' }
    expect((await send(end, { ...form, lastDay: '31.2.2030' })).status).toBe(422)
    const preview = await send(end, form)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(path, {
      ...fieldsOn(preview),
      all: 'leave',
      next: 'save',
    })
    expect((await city.get(saved.location, asLaura)).body).toContain('so gelassen')
    expect(await linksMailedTo(await city.ctx(), 'end@example.org')).toHaveLength(2)
  })

  test('of an office for which somebody does not plan is not there', async () => {
    const stranger = BIRGIT
    for (const address of [path, `/workbench/termine/teams/${desk.team.id}`])
      expect((await city.get(address, { as: stranger })).status, address).toBe(404)
    expect((await send(path, { ...(await formOf()), next: 'save' }, stranger)).status).toBe(404)
    expect((await city.get('/workbench/termine', { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })
})

describe('closing days', () => {
  const closures = '/workbench/termine/schliesstage'

  test('hit whoever has an appointment, are closed at once, and open again when they are removed', async () => {
    const monday = desk.mondays[6]!
    const id = await desk.book(at(monday, '08:00'), 'closed@example.org')
    const typed = {
      ...hiddenOn(await city.get(closures, asLaura)),
      office: desk.team.office,
      firstDay: `${monday.day}.${monday.month}.${monday.year}`,
      lastDay: '',
      reason: 'Betriebsausflug',
    }
    const preview = await send(closures, { ...typed, next: 'preview' })
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(closures, { ...typed, all: 'move', next: 'save' })
    await city.runJobs()
    expect(saved.location).toContain('/aenderungen/')
    const moved = Temporal.Instant.from(await startOf(city, id))
      .toZonedDateTimeISO(CITY_TIME_ZONE)
      .toPlainDate()
    expect(moved.equals(monday)).toBe(false)
    const free = `/termine?service=${desk.service}&office=${desk.team.office}&from=${monday.toString()}&people=1`
    const isOpen = async () => timesOn(await city.get(free)).some((time) => time.startsWith(monday.toString()))
    expect(await isOpen()).toBe(false)

    const list = await city.get(closures, asLaura)
    expect(list.body).toContain('Betriebsausflug')
    const closure = new RegExp(`${closures}/([0-9a-f-]{36})`).exec(list.body)![1]!
    expect((await send(`${closures}/${closure}`, {}, BIRGIT)).status).toBe(404)
    expect((await send(`${closures}/${closure}`, {})).location).toContain('erledigt=entfernt')
    expect(await isOpen()).toBe(true)
  })

  test('are refused in the past, without a reason, the wrong way round, and for all offices by who plans for one', async () => {
    const typed = {
      ...hiddenOn(await city.get(closures, asLaura)),
      office: 'alle',
      firstDay: '1.1.2020',
      lastDay: '31.12.2019',
      reason: ' ',
    }
    const refused = await send(closures, { ...typed, next: 'save' })
    expect(refused.status).toBe(422)
    for (const words of [
      'Bitte wählen Sie eine Dienststelle.',
      'in der Vergangenheit',
      'liegt vor dem ersten',
      'warum geschlossen ist',
    ])
      expect(refused.body).toContain(words)
    const unread = await send(closures, { ...typed, firstDay: 'Ostern', lastDay: '31.2.2031', next: 'save' })
    expect(unread.body).toContain('„Ostern“ verstehen wir nicht als Tag.')
    expect(unread.body).toContain('Den Tag 31.2.2031 gibt es nicht.')
  })
})
