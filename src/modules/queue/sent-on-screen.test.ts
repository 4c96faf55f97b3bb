import { beforeEach, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { twoOffices, type Drawn } from './testing/two-offices.ts'

// A Wednesday at half past nine.
const city = await testCity({ seed: true })
const { here, there, ADA, BEN, empty, called, send } = await twoOffices(city)
beforeEach(empty)

const shown = async (office: string) => {
  const list = /<ul class="qu-sent-on">([^]*?)<\/ul>/.exec((await city.get(`/aufruf/${office}`)).body)?.[1] ?? ''
  return { list, lines: [...list.matchAll(/<li[^>]*>([^]*?)<\/li>/g)].map(([, line]) => wordsOf(line!).trim()) }
}
const number = (ticket: string) => `${ticket} ${ticket.replace(/ 0+/, ' ')}`

test('the screen in the hall shows for three minutes which number somebody has now, and says it; there it is shown until they are at a counter', async () => {
  const drawn = await called(here, ADA)
  const next = (await send(ADA, drawn.id)).json() as Drawn
  const away = await shown('buergerbuero-mitte')
  expect(away.lines[0]).toContain(
    `${number(drawn.ticket)} → neue Nummer ${number(next.ticket)} , Straßenverkehrsbehörde`,
  )
  expect(away.list).toMatch(
    /data-call="\d+" data-say="Nummer [A-Z] \d+ hat jetzt die Nummer [A-Z] \d+: Straßenverkehrsbehörde"/,
  )
  const arrives = async () => (await shown('verkehr')).lines.find((line) => line.includes(number(next.ticket)))
  expect(await arrives()).toContain(
    `${number(drawn.ticket)} → neue Nummer ${number(next.ticket)} , bisher Bürgerbüro Mitte`,
  )
  // Screens of others show it, too.
  const told = async (office: string) => (await here.json('GET', `/offices/${office}/waiting`)).json().sentOn[0]
  const numbers = { ticket: drawn.ticket, newTicket: next.ticket }
  expect(await told('buergerbuero-mitte')).toMatchObject({ ...numbers, way: 'away', place: 'Straßenverkehrsbehörde' })
  expect(await told('verkehr')).toMatchObject({ ...numbers, way: 'here', place: 'Bürgerbüro Mitte' })
  // They are not in that hall yet.
  expect((await shown('verkehr')).list).not.toContain('data-say')
  expect((await city.get('/en/aufruf/verkehr')).body).toContain('before at')
  city.clock.advance({ minutes: 3 })
  expect((await shown('buergerbuero-mitte')).lines).toEqual([])
  expect(await arrives()).toBeDefined()
  await there.json('POST', '/calls', { visit: next.id }, { as: BEN })
  expect(await arrives()).toBeDefined()
  await there.does(BEN, next.id, 'begin')
  expect(await arrives()).toBeUndefined()
  city.clock.advance({ minutes: -3 })
})

test('the screen in the hall shows by whom somebody is called who was sent to another counter of the house, and says nothing of it: they are called', async () => {
  const drawn = await called(there, BEN)
  const [own, other] = there.clerks as [(typeof there.clerks)[number], (typeof there.clerks)[number]]
  const forward = (counter: string | null) =>
    there.json('PATCH', `/visits/${drawn.id}`, { team: other.team, counter }, { as: own.email })
  expect((await forward(other.counter)).status).toBe(200)
  expect(await shown('verkehr')).toMatchObject({
    lines: [expect.stringMatching(new RegExp(`^${number(drawn.ticket)} → Schalter \\d+ ruft Sie auf$`))],
    list: expect.not.stringContaining('data-say'),
  })
  await forward(null)
  expect((await shown('verkehr')).lines[0]).toContain('ein anderer Schalter ruft Sie auf')
  await there.json('POST', '/calls', { visit: drawn.id }, { as: own.email })
  expect((await shown('verkehr')).lines).toEqual([])
  // Not there when they were called: what the screen said was before that.
  await there.does(own.email, drawn.id, 'not-there')
  expect((await shown('verkehr')).lines).toEqual([])
})

test('the screen in the hall shows three at most, the last ones, and nobody of another day', async () => {
  const sent: string[] = []
  for (let i = 0; i < 4; i += 1) {
    const { id, ticket } = await called(here, ADA)
    sent.push(ticket)
    await send(ADA, id)
    city.clock.advance({ seconds: 5 })
  }
  const { lines } = await shown('buergerbuero-mitte')
  expect(lines.map((line) => sent.findIndex((ticket) => line.startsWith(ticket)))).toEqual([3, 2, 1])
  city.clock.advance({ days: 1 })
  expect((await shown('verkehr')).lines).toEqual([])
  city.clock.advance({ days: -1, seconds: -20 })
})
