import { expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { custodyOf } from './store/custody.ts'
import { ADMIN, CLERK, counterOf, LIST } from './testing/counter.ts'
import { codeSentTo, machineOf, sentTo } from './testing/lockers.ts'

/** Pressed twice, by two, or at the machine and at the desk at once. */
const city = await testCity({ seed: true })
const ctx = await city.ctx()
const { post, announced } = await counterOf(city)

const events = async (id: string, action: string) =>
  (await custodyOf(ctx, id)).filter((entry) => entry.action === `pickup.${action}`).length
/** How many of them did it; the others are told in words. */
function did(answers: readonly { status: number; body: string }[]): number {
  for (const { status, body } of answers)
    if (status !== 303) expect([status, wordsOf(body)]).toEqual([422, expect.stringContaining('Bitte')])
  return answers.filter(({ status }) => status === 303).length
}
/** In a locker, whose door is open where the code was typed there. */
async function inLocker(isOpen: boolean) {
  const locker = await machineOf(city)
  const document = await announced({ wo: locker.id })
  await post(`${document.path}/einlegen`, { geraet: locker.id, fach: '4' })
  const at = { cookies: locker.cookies }
  if (isOpen) await city.post('/abholung/terminal', { code: await codeSentTo(ctx, document.email) }, at)
  return { ...document, locker, at }
}

test('a document is handed over once, and not withdrawn as well', async () => {
  const { path, id } = await announced()
  const identity = { nachweis: 'identity-card' }
  const hand = (as: string) => post(`${path}/ausgeben`, identity, as)
  expect(did(await Promise.all([hand(CLERK), hand(CLERK), hand(ADMIN), post(`${path}/zurueckziehen`)]))).toBe(1)
  expect((await events(id, 'handed-over')) + (await events(id, 'withdrawn'))).toBe(1)
})

test('a document lies in one compartment, and the person is told once', async () => {
  const locker = await machineOf(city)
  const { path, id, email } = await announced({ wo: locker.id })
  const put = (fach: string, as = CLERK) => post(`${path}/einlegen`, { geraet: locker.id, fach }, as)
  // Sent twice it is done; into another compartment it is not.
  expect(did(await Promise.all([put('5'), put('5'), put('6', ADMIN)]))).toBeGreaterThanOrEqual(1)
  expect(await events(id, 'deposited')).toBe(1)
  expect(await sentTo(ctx, email)).toHaveLength(1)
})

test('a document goes back to the counter once, or the person opens the door', async () => {
  const { path, id, email } = await inLocker(false)
  expect(did(await Promise.all([post(`${path}/zurueck`), post(`${path}/zurueck`, {}, ADMIN)]))).toBe(1)
  expect(await events(id, 'returned')).toBe(1)
  expect((await sentTo(ctx, email)).filter((text) => text.startsWith('Jetzt am Schalter'))).toHaveLength(1)
})

test('at the machine "taken" and "stuck" are one or the other, and it says what holds', async () => {
  const { id, at } = await inLocker(true)
  const pressed = (what: string) => city.post(`/abholung/terminal/fach/${id}/${what}`, {}, at)
  const said = await Promise.all([pressed('genommen'), pressed('klemmt'), pressed('genommen')])
  expect(said.map(({ status }) => status)).toEqual([303, 303, 303])
  const [taken, failed] = [await events(id, 'taken'), await events(id, 'door-failed')]
  expect(taken + failed).toBe(1)
  const notes = said.map(({ location }) => new URL(location, 'http://x').searchParams.get('hinweis')).filter(Boolean)
  expect(notes).toEqual([taken === 1 ? 'danke' : 'klemmt'])
})

test('what the person has taken staff cannot put back: one of the two is noted', async () => {
  const { path, id, at } = await inLocker(true)
  await Promise.all([
    city.post(`/abholung/terminal/fach/${id}/genommen`, {}, at),
    post(`${path}/genommen`),
    post(`${path}/noch-da`, {}, ADMIN),
    post(`${path}/zurueck`),
  ])
  const noted = await Promise.all(['taken', 'returned'].map((action) => events(id, action)))
  expect(noted[0]! + noted[1]!).toBe(1)
})

test('a code is made anew once, and the person is sent one; on the page of then, once more', async () => {
  const { path, id, email } = await announced()
  const anew = async (as: string, page: string) => post(`${path}/code`, { nummer: hiddenNumber(page) }, as)
  const hiddenNumber = (page: string) => /name="nummer" value="(\d{5})"/.exec(page)![1]!
  const page = async () => (await city.get(`${LIST}${path}`, { as: CLERK })).body
  const before = await page()
  expect(did(await Promise.all([anew(CLERK, before), anew(CLERK, before), anew(ADMIN, before)]))).toBe(3)
  expect(await events(id, 'code-issued')).toBe(2)
  expect(await sentTo(ctx, email)).toHaveLength(2)
  expect((await anew(CLERK, await page())).status).toBe(303)
  expect(await events(id, 'code-issued')).toBe(3)
  const code = await codeSentTo(ctx, email)
  expect((await post(`${path}/ausgeben`, { nachweis: 'code', code })).status).toBe(303)
})
