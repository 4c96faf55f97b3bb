import { beforeEach, describe, expect, test } from 'vitest'
import { formatDate, formatDay } from '#platform/i18n/format.ts'
import { testCity } from '#src/testing/city.ts'
import { standingVersions } from './store/rules.ts'
import { mailsTo } from './testing/booked.ts'
import { at, BIRGIT, fieldsOn, freshDesk, LAURA, outcomesOf, startOf, type Desk, type Typed } from './testing/desk.ts'
import { timesOn } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })
const asLaura = { as: LAURA }

let desk: Desk
let path = ''
beforeEach(async () => {
  desk = await freshDesk(city)
  path = `/workbench/termine/regeln/${desk.rule.id}`
})

const formOf = async (): Promise<Typed> => fieldsOn(await city.get(path, asLaura))
const send = (to: string, fields: Typed, as = LAURA) => city.post(to, fields, { as })

describe('a change that is to apply later', () => {
  const dayOf = ({ day, month, year }: Temporal.PlainDate) => `${day}.${month}.${year}`

  test('hits who comes from that day on; until then the old hours go on, and both are told side by side', async () => {
    const [monday, next] = [desk.mondays[1]!, desk.mondays[2]!]
    await desk.book(at(monday, '08:00'), 'before@example.org')
    const after = await desk.book(at(next, '08:00'), 'after@example.org')
    const from = dayOf(next)
    const preview = await send(path, { ...(await formOf()), from, hours: '10-12', public: '2', next: 'preview' })
    expect(preview.body).toContain(`Das ändert sich ab ${formatDate({ locale: 'de' }, next)}`)
    expect(preview.body).toContain('8 bis 10 Uhr: bisher 1 Platz für alle, 1 für das Servicecenter; dann geschlossen')
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    const saved = await send(path, { ...fieldsOn(preview), all: 'move', next: 'save' })
    await city.runJobs()
    expect(await outcomesOf(city, saved.location.split('/').at(-1)!)).toEqual([{ booking: after, outcome: 'moved' }])
    expect(await startOf(city, after)).toBe(at(next, '10:00').toString())
    const day = formatDay({ locale: 'de' }, next)
    const mail = (await mailsTo(await city.ctx(), 'after@example.org')).at(-1)!
    expect(mail.body).toContain(`Ab ${day} gelten andere Öffnungszeiten.`)
    expect((await city.get(saved.location, asLaura)).body).toContain(`Gilt ab ${day}.`)

    const free = async (day: Temporal.PlainDate) =>
      timesOn(await city.get(`/termine?service=${desk.service}&office=${desk.team.office}&from=${day.toString()}`))
        .filter((time) => time.startsWith(day.toString()))
        .map((time) => time.slice(11, 16))
    // Wall clock or UTC, whatever the page sends: the old morning begins two hours sooner than the new one.
    expect((await free(monday.add({ days: 1 }))).length).toBeGreaterThan((await free(next.add({ days: 1 }))).length)
    const team = await city.get(`/workbench/termine/teams/${desk.team.id}`, asLaura)
    expect(team.body).toContain('Geplante Änderung bearbeiten')
    const history = await city.get(`${path}/verlauf`, asLaura)
    expect(history.body).toContain(`Ab ${formatDate({ locale: 'de' }, next)}`)
    expect(history.body).toContain(`bis ${formatDate({ locale: 'de' }, next.subtract({ days: 1 }))}`)
  })

  test('stays when the hours of today are changed, unless it is to fall away', async () => {
    const next = desk.mondays[2]!
    await send(path, { ...(await formOf()), from: dayOf(next), hours: '10-12', next: 'save' })
    const form = await formOf()
    expect(form).toMatchObject({ hours: '8:00-12:00', keepsLater: ['yes'] })
    await send(path, { ...form, hours: '8-13', next: 'save' })
    expect(await hoursOf()).toEqual(['08:00-12:00', '08:00-13:00', '10:00-12:00'])
    const preview = await send(path, { ...(await formOf()), keepsLater: '', hours: '8-14', next: 'preview' })
    expect(preview.body).toContain('entfällt damit')
    await send(path, { ...fieldsOn(preview), next: 'save' })
    expect(await hoursOf()).toEqual(['08:00-12:00', '08:00-14:00'])
  })

  test('is taken back from the page of the team: who booked by it is hit, and the history says so', async () => {
    const next = desk.mondays[2]!
    await send(path, { ...(await formOf()), from: dayOf(next), hours: '8-14', next: 'save' })
    const form = await formOf()
    const hit = await desk.book(at(next, '13:00'), 'noon@example.org')
    const team = await city.get(`/workbench/termine/teams/${desk.team.id}`, asLaura)
    const button = `${path}/zuruecknehmen`
    expect(team.body).toContain(`action="${button}"`)
    const fields = { ab: next.toString() }
    const preview = await send(button, fields)
    expect(preview.body).toContain('Geplante Änderung zurücknehmen?')
    expect(preview.body).toContain('Stattdessen gilt weiter: Montag bis Freitag, 8 bis 12 Uhr.')
    expect(preview.body).toContain('Die Änderung trifft einen gebuchten Termin')
    expect((await send(button, { ...fields, next: 'form' })).location).toContain(`/teams/${desk.team.id}`)
    expect((await send(button, fields, BIRGIT)).status).toBe(404)
    const saved = await send(button, { ...fieldsOn(preview), all: 'leave', next: 'save' })
    expect(await outcomesOf(city, saved.location.split('/').at(-1)!)).toEqual([{ booking: hit, outcome: 'left' }])
    expect(await hoursOf()).toEqual(['08:00-12:00'])
    expect((await city.get(`${path}/verlauf`, asLaura)).body).toContain('geplante Version 2 entfällt damit')
    // A second click, and a form that was open meanwhile.
    expect((await send(button, { ...fieldsOn(preview), next: 'save' })).status).toBe(409)
    expect((await send(path, { ...form, hours: '8-13', next: 'save' })).status).toBe(409)
    expect((await send(path, { ...(await formOf()), hours: '8-13', next: 'save' })).status).toBe(303)
  })

  test('is not taken back where another rule has its hours by now, nor once it holds; a rule that has not begun is', async () => {
    const next = desk.mondays[2]!
    await send(path, { ...(await formOf()), from: dayOf(next), hours: '10-12', next: 'save' })
    const add = `/workbench/termine/teams/${desk.team.id}/regeln/neu`
    const early: Typed = {
      ...fieldsOn(await city.get(add, asLaura)),
      weekdays: ['1'],
      firstDay: dayOf(next),
      hours: '8-10',
    }
    const preview = await send(add, { ...early, next: 'preview' })
    // The week of the team: the new rule beside the planned hours of the other.
    expect(preview.body).toContain('Montag, 8 bis 10 Uhr: bisher geschlossen; dann 1 Platz für alle')
    expect(preview.body).toMatch(/Montag<[\s\S]*10 bis 12 Uhr[\s\S]*gleich/)
    await send(add, { ...early, next: 'save' })
    const refused = await send(`${path}/zuruecknehmen`, { ab: next.toString(), next: 'save' })
    expect([refused.status, refused.body.includes('öffnet schon eine andere Regel')]).toEqual([422, true])
    expect((await send(`${path}/zuruecknehmen`, { ab: '', next: 'save' })).body).toContain('gelten schon')
    const other = `/workbench/termine/regeln/${String(early['id'])}`
    const gone = await send(`${other}/zuruecknehmen`, { ab: '' })
    expect(gone.body).toContain('Die Regel hat noch nicht begonnen')
    const saved = await send(`${other}/zuruecknehmen`, { ...fieldsOn(gone), next: 'save' })
    expect(saved.location).toContain('erledigt=zurueckgenommen')
    expect((await city.get(other, asLaura)).status).toBe(404)
    expect((await send(add, { ...early, seen: '1', next: 'save' })).status).toBe(409)
    expect((await send(`${path}/zuruecknehmen`, { ab: next.toString() })).status).toBe(200)
  })

  test('is refused in the past, and without a day', async () => {
    const form = { ...(await formOf()), next: 'save' }
    for (const from of ['1.1.2020', ''])
      expect((await send(path, { ...form, from })).body).toMatch(/schon vorbei ist|ab welchem Tag/)
  })

  const hoursOf = async () =>
    (await standingVersions(await city.ctx(), desk.rule.id, [desk.team.id])).map(({ rule: { hours } }) =>
      hours.map(({ from, to }) => `${from.toString().slice(0, 5)}-${to.toString().slice(0, 5)}`).join(),
    )
})
