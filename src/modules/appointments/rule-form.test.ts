import { beforeEach, describe, expect, test } from 'vitest'
import { formatDate } from '#platform/i18n/format.ts'
import { testCity } from '#src/testing/city.ts'
import { linksMailedTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, type Desk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'
import { hiddenOn } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send, rulePath, ruleForm } = deskOf(city, () => desk)

describe('a rule in a form', () => {
  test('that contradicts itself comes back with what was typed, and says why at the field', async () => {
    const form = {
      ...(await ruleForm()),
      hours: '12-8',
      breaks: 'mittags',
      public: '0',
      centre: '0',
      lastDay: '1.1.2020',
    }
    const refused = await send(rulePath(), form)
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
    const unread = await send(rulePath(), {
      ...(await ruleForm()),
      hours: 'x',
      breaks: '10-11',
      centre: 'y',
      public: '0',
    })
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
    for (const email of ['eins@example.org', 'zwei@example.org']) await desk.book(at(desk.mondays[0]!, '08:00'), email)
    const other = 'An einen anderen Schalter desselben Teams'
    const shut = await send(rulePath(), { ...(await ruleForm()), hours: '10-12', next: 'preview' })
    expect(shut.body).toContain('Die Änderung trifft 2 gebuchte Termine')
    expect(shut.body).not.toContain(other)
    expect(shut.body).not.toContain('<option value="reseat">')
    const fewer = await send(rulePath(), { ...(await ruleForm()), public: '1', next: 'preview' })
    expect(fewer.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect(fewer.body).toContain(other)
    expect(fewer.body).toContain('<option value="reseat">')
  })

  test('is read by its kind alone: what is hidden then is not held against anybody', async () => {
    const form = await ruleForm()
    const monthly = { ...form, kind: 'monthly', nth: '2', weekday: '3', everyWeeks: 'oft', weekdays: [] }
    const preview = await send(rulePath(), { ...monthly, next: 'preview' })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('jeden zweiten Mittwoch im Monat')
    const weekly = { ...form, kind: 'weekly', nth: '', weekday: 'x', everyWeeks: 'oft', weekdays: ['1'] }
    const refused = await send(rulePath(), { ...weekly, next: 'preview' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Bitte geben Sie eine ganze Zahl ein.')
    expect((await send(rulePath(), { ...weekly, everyWeeks: '1', next: 'preview' })).status).toBe(200)
  })

  test('takes days as people write them, and says what is wrong with one', async () => {
    const form = await ruleForm()
    const lastDay = desk.mondays[9]!
    const typed = { ...form, lastDay: `${lastDay.day}.${lastDay.month}.`, next: 'preview' }
    expect((await send(rulePath(), typed)).body).toContain(formatDate({ locale: 'de' }, lastDay))
    const refused = await send(rulePath(), {
      ...form,
      from: '',
      firstDay: '1.1.1',
      lastDay: '29.2.2031',
      next: 'preview',
    })
    expect(refused.status).toBe(422)
    for (const words of [
      '„1.1.1“ verstehen wir nicht als Tag.',
      'Den Tag 29.2.2031 gibt es nicht.',
      'Bitte geben Sie an, ab welchem Tag die Änderung gilt.',
    ])
      expect(refused.body).toContain(words)
    const end = await send(`${rulePath()}/ende`, { ...hiddenOn(await city.get(rulePath(), asLaura)), lastDay: '31.9.' })
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
    const end = `${rulePath()}/ende`
    const form = { ...(await ruleForm()), lastDay: '13.3.2030' }
    expect((await send(end, { ...form, lastDay: '31.2.2030' })).status).toBe(422)
    const preview = await send(end, form)
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(rulePath(), {
      ...fieldsOn(preview),
      all: 'leave',
      next: 'save',
    })
    expect((await city.get(saved.location, asLaura)).body).toContain('so gelassen')
    expect(await linksMailedTo(await city.ctx(), 'end@example.org')).toHaveLength(2)
  })

  test('of an office for which somebody does not plan is not there', async () => {
    const stranger = BIRGIT
    for (const address of [rulePath(), `/workbench/termine/teams/${desk.team.id}`])
      expect((await city.get(address, { as: stranger })).status, address).toBe(404)
    expect((await send(rulePath(), { ...(await ruleForm()), next: 'save' }, stranger)).status).toBe(404)
    expect((await city.get('/workbench/termine', { as: 'anna.becker@musterstadt.example' })).status).toBe(403)
  })
})
