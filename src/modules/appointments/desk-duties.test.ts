import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { at, BIRGIT, freshDesk, type Desk } from './testing/desk.ts'
import { asLaura, dayText, deskOf } from './testing/desk-pages.ts'
import { hiddenOn } from './testing/visitor.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})
const { send, calendar, blockForm } = deskOf(city, () => desk)

describe('who sits where', () => {
  const path = '/workbench/termine/personal'
  const people = () => city.get(`${path}?dienststelle=${desk.team.office}`, asLaura)
  const accountOf = ({ body }: { body: string }, name: string) =>
    new RegExp(`<option value="([0-9a-f-]{36})"[^>]*>${name}</option>`).exec(body)![1]!

  test('is warned of a counter that is blocked at that time, on the page and in its list', async () => {
    const monday = desk.mondays[4]!
    await desk.book(at(monday, '11:00'), 'listed@example.org')
    await send('/workbench/termine/sperren/neu', { ...(await blockForm(monday)), all: 'leave', next: 'save' })
    const page = await people()
    const typed = {
      ...hiddenOn(page),
      account: accountOf(page, 'Laura Öztürk'),
      lane: `${desk.team.id}/public/1`,
      day: dayText(monday),
      from: '9',
      to: '12',
    }
    expect((await send(path, typed)).location).toContain('erledigt=gesperrt')
    expect((await people()).body).toMatch(/Achtung, Schalter gesperrt 0?8:00 bis 10:00 Uhr: Krankheit/)
    const list = await city.get(`${path}.csv?dienststelle=${desk.team.office}`, asLaura)
    expect(list.body).toContain(`;${monday.toString()};09:00;12:00;`)
    const file = `/workbench/termine/kalender.csv?dienststelle=${desk.team.office}&tag=${monday.toString()}`
    const { body } = await city.get(file, asLaura)
    expect(body).toContain(`${monday.toString()};Schalter 1;08:00;10:00;;;gesperrt: Krankheit`)
    expect(body).toContain(`${monday.toString()};Schalter 1;11:00;`)
    expect(body).not.toContain('Erika')
    expect((await city.get(file, { as: BIRGIT })).body).not.toContain('Krankheit')
  })

  test('is warned of what somebody cannot do, and nobody is at two counters at once', async () => {
    const monday = desk.mondays[2]!
    const page = await people()
    const laura = accountOf(page, 'Laura Öztürk')
    const typed = {
      ...hiddenOn(page),
      account: laura,
      lane: `${desk.team.id}/public/1`,
      day: dayText(monday),
      from: '8',
      to: '10',
    }
    expect((await send(path, typed)).location).toContain('erledigt=eingeteilt')
    expect((await people()).body).toMatch(/> *alle Anliegen buchbar *</)
    const { office, unit, services } = desk.team
    const note = (seen: string, can: readonly string[]) =>
      send(`${path}/${laura}/anliegen`, {
        office,
        unit,
        seen,
        [`which-${laura}-${unit}`]: 'only',
        [`can-${laura}-${unit}`]: [...can],
      })
    await note('1', [desk.service])
    expect((await people()).body).toMatch(/nur für: [^,]+</)
    await note('2', services)
    expect((await people()).body).toContain('kann alles')

    const elsewhere = { ...typed, lane: `${desk.team.id}/centre/1`, from: '9', to: '11' }
    const refused = await send(path, elsewhere)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Zu dieser Zeit ist die Person schon eingeteilt')

    const mine = await desk.book(at(monday, '08:30'), 'mine@example.org')
    const later = await desk.book(at(monday, '11:00'), 'later@example.org')
    const calendarOfLaura = await calendar(monday, `&person=${laura}`)
    expect(calendarOfLaura.body).toContain(mine)
    expect(calendarOfLaura.body).not.toContain(later)
    expect((await send(path, typed, BIRGIT)).status).toBe(400)
  })
})
