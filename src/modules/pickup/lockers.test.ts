import { describe, expect, it } from 'vitest'
import { withdrawDevice } from '#modules/devices/public.ts'
import { newId } from '#platform/db/id.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { testCity } from '#src/testing/city.ts'
import { custodyOf } from './store/custody.ts'
import { codeSentTo, machineOf, OFFICE, sentTo, wrongly } from './testing/lockers.ts'
import { announce } from './use-cases/announce.ts'
import { markOverdue } from './use-cases/overdue.ts'

const city = await testCity({ seed: true })
const ctx = await city.ctx()
type Machine = Awaited<ReturnType<typeof machineOf>>

/** A document for a locker; `deposited` puts it there and gives its code. */
async function announced(locker: Machine, more: { email?: string; telephone?: string } = {}) {
  const id = newId()
  const email = more.email ?? `${id}@example.org`
  await announce(ctx, {
    id,
    office: OFFICE,
    unit: 'buergeramt',
    device: locker.id,
    title: 'Ihr Reisepass',
    caseNumber: null,
    account: null,
    name: 'Petra Abholer',
    email,
    telephone: more.telephone ?? null,
    locale: 'de',
  })
  return { id, email }
}
async function deposited(locker: Machine, compartment = 7) {
  const { id, email } = await announced(locker)
  expect((await locker.call('POST', `/documents/${id}/deposit`, { compartment })).status).toBe(200)
  return { id, email, code: await codeSentTo(ctx, email) }
}
const eventsOf = async (id: string) => (await custodyOf(ctx, id)).map(({ action }) => action.slice('pickup.'.length))
const problemOf = (answer: { status: number; json(): any }) => [answer.status, answer.json().type?.split('/').pop()]

describe('a locker with a program of its own', () => {
  it('takes a passport, tells its owner, opens for the code, and knows that it is gone', async () => {
    const locker = await machineOf(city)
    const { id, email } = await announced(locker, { telephone: '0171 1234567' })
    expect(await sentTo(ctx, email)).toEqual([])
    expect(await locker.documents()).toMatchObject([{ id, state: 'ready', compartment: null }])

    await locker.call('POST', `/documents/${id}/deposit`, { compartment: 12 })
    const [message] = await sentTo(ctx, email)
    expect(message).toContain('Bürgerbüro Mitte')
    const code = await codeSentTo(ctx, email)
    // An SMS of its own, which is one with the city's name before it: the code, until when, where.
    const [sms] = await sentTo(ctx, '0171 1234567')
    expect(sms).toMatch(new RegExp(`^Zum Abholen bereit: [^.]+ Code ${code}, bis [\\d.]+ Schrank .*Bürgerbüro Mitte, `))
    expect(sms!.length + 'Stadt Musterstadt: '.length).toBeLessThanOrEqual(160)

    const opened = await locker.open(code)
    expect(opened.json()).toMatchObject({ id, compartment: 12, state: 'open' })
    // Whose it is, the machine does not learn.
    expect(opened.body).not.toContain('Abholer')
    await locker.call('POST', `/documents/${id}/collection`)
    expect(await locker.documents()).toEqual([])
    expect(await eventsOf(id)).toEqual(['announced', 'deposited', 'code-issued', 'opened', 'taken'])
    const custody = await custodyOf(ctx, id)
    expect(custody[3]).toMatchObject({ actor: `device:${locker.id}`, data: { compartment: 12 } })
  })

  it('a code that was used opens nothing again', async () => {
    const locker = await machineOf(city)
    const { id, code } = await deposited(locker)
    await locker.open(code)
    await locker.call('POST', `/documents/${id}/collection`)
    expect(problemOf(await locker.open(code))).toEqual([422, 'pickup-code-wrong'])
    // It has not had the answer.
    expect((await locker.call('POST', `/documents/${id}/collection`)).json().state).toBe('collected')
  })

  it('the same code from two sides at once is one opening', async () => {
    const locker = await machineOf(city)
    const { id, code } = await deposited(locker)
    const both = await Promise.all([locker.open(code), locker.open(code.replace(' ', ''))])
    expect(both.map((answer) => [answer.status, answer.json().compartment])).toEqual([
      [200, 7],
      [200, 7],
    ])
    expect(await eventsOf(id)).toEqual(['announced', 'deposited', 'code-issued', 'opened'])
  })

  it('a door that did not open keeps the document, and the code', async () => {
    const locker = await machineOf(city)
    const { id, code } = await deposited(locker)
    await locker.open(code)
    expect((await locker.call('POST', `/documents/${id}/failure`)).json()).toMatchObject({
      state: 'deposited',
      compartment: 7,
    })
    // Said again by a locker that has not had the answer.
    expect((await locker.call('POST', `/documents/${id}/failure`)).json()).toMatchObject({ state: 'deposited' })
    expect((await locker.open(code)).status).toBe(200)
    expect(await eventsOf(id)).toEqual(['announced', 'deposited', 'code-issued', 'opened', 'door-failed', 'opened'])
  })

  it('after a power cut between door and answer nothing is assumed: the code opens it once more', async () => {
    const locker = await machineOf(city)
    const { id, code } = await deposited(locker)
    await locker.open(code)
    city.clock.advance({ minutes: 20 })
    expect(await locker.documents()).toMatchObject([{ id, state: 'open', compartment: 7 }])
    expect((await locker.open(code)).json()).toMatchObject({ compartment: 7 })
    expect((await eventsOf(id)).slice(-2)).toEqual(['opened', 'opened-again'])
  })

  it('in one compartment lies one document, whoever comes first', async () => {
    const locker = await machineOf(city)
    const documents = [await announced(locker), await announced(locker)]
    const both = await Promise.all(
      documents.map(({ id }) => locker.call('POST', `/documents/${id}/deposit`, { compartment: 3 })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    // Who has not had the answer says it again: no second message.
    const first = documents[both.findIndex(({ status }) => status === 200)]!
    expect((await locker.call('POST', `/documents/${first.id}/deposit`, { compartment: 3 })).status).toBe(200)
    expect(await sentTo(ctx, first.email)).toHaveLength(1)
  })

  it.each([[0], [1000], [-1], ['zwei']])('compartment %s does not exist', async (compartment) => {
    const locker = await machineOf(city)
    const { id } = await announced(locker)
    expect((await locker.call('POST', `/documents/${id}/deposit`, { compartment })).status).toBe(400)
  })

  it('what lies in a compartment already is not put into another one, and it is said in which it lies', async () => {
    const locker = await machineOf(city)
    const { id } = await deposited(locker, 16)
    const refused = await locker.call('POST', `/documents/${id}/deposit`, { compartment: 17 })
    expect(problemOf(refused)).toEqual([409, 'already-deposited'])
    expect(refused.json().detail).toContain('Fach 16')
    expect(await locker.documents()).toMatchObject([{ id, compartment: 16 }])
  })

  it('what is overdue goes back to the counter', async () => {
    const locker = await machineOf(city)
    const { id, code } = await deposited(locker)
    const before = city.clock.now()
    city.clock.advance({ days: 15 })
    expect(problemOf(await locker.open(code))).toEqual([409, 'pickup-overdue'])
    expect(await locker.documents()).toMatchObject([{ id, overdue: true }])
    expect((await locker.call('POST', `/documents/${id}/return`)).json()).toMatchObject({ state: 'ready' })
    expect(await locker.documents()).toEqual([])
    city.clock.set(before.toString())
  })

  it('whose document went back to the counter is told so, and has the time of the counter to collect it', async () => {
    const locker = await machineOf(city)
    const { id, email } = await announced(locker, { telephone: '0171 7654321' })
    await locker.call('POST', `/documents/${id}/deposit`, { compartment: 9 })
    const before = city.clock.now()
    city.clock.advance({ days: 15 })
    await markOverdue(ctx)
    const { collectBy, overdue } = (await locker.call('POST', `/documents/${id}/return`)).json()
    const until = city.clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate().add({ days: 28 })
    expect([collectBy, overdue]).toEqual([until.toString(), false])
    const [message, ...earlier] = await sentTo(ctx, email)
    expect(message).toMatch(
      /^Jetzt am Schalter: .* ist nicht mehr im Abholfach\. .*Bürgerbüro Mitte, [^.]*\. Bitte holen Sie es bis/,
    )
    expect(message).toContain(formatDate({ locale: 'de' }, until))
    expect(message).not.toContain('Schrank')
    expect(earlier.map((text) => text.split(':')[0])).toEqual(['Noch nicht abgeholt', 'Zum Abholen bereit'])
    expect((await sentTo(ctx, '0171 7654321'))[0]).toMatch(/^Jetzt am Schalter: .* Bitte bis \d.* mit Ausweis abholen/)
    // Said once; and overdue again only when the counter's time is over, too.
    expect(problemOf(await locker.call('POST', `/documents/${id}/return`))[0]).toBe(404)
    city.clock.advance({ days: 28 })
    await markOverdue(ctx)
    expect((await sentTo(ctx, email))[0]).toContain('Jetzt am Schalter')
    city.clock.advance({ days: 1 })
    await markOverdue(ctx)
    expect((await sentTo(ctx, email))[0]).toContain('Noch nicht abgeholt')
    city.clock.set(before.toString())
  })
})

describe('wrong codes', () => {
  it('five for one document lock it, also where they come at once', async () => {
    const locker = await machineOf(city)
    const { code } = await deposited(locker)
    const tries = await Promise.all(Array.from({ length: 8 }, () => locker.open(wrongly(code))))
    expect(tries.map((answer) => problemOf(answer)[1]).toSorted()).toEqual([
      ...Array(3).fill('pickup-code-locked'),
      ...Array(5).fill('pickup-code-wrong'),
    ])
    expect(problemOf(await locker.open(code))).toEqual([409, 'pickup-code-locked'])
  })

  it('take as long whether or not there is such a document', async () => {
    const locker = await machineOf(city)
    const { code } = await deposited(locker)
    const quickest = async (codes: readonly string[]) => {
      const times: number[] = []
      for (const one of codes) {
        const from = performance.now()
        expect(problemOf(await locker.open(one))[1]).toBe('pickup-code-wrong')
        times.push(performance.now() - from)
      }
      return Math.min(...times)
    }
    const known = await quickest(Array.from({ length: 4 }, () => wrongly(code)))
    // Numbers begin with no zero.
    expect(await quickest(['0123456789', '0123456788', '0123456787', '0123456786'])).toBeGreaterThan(known / 2)
  })

  it('forty in a quarter of an hour are enough for a locker; another one goes on', async () => {
    const [locker, other] = [await machineOf(city), await machineOf(city)]
    const { code } = await deposited(other)
    const answers = new Set<unknown>()
    for (let i = 0; i < 41; i++) answers.add(problemOf(await locker.open(String(1_000_000_000 + i)))[1])
    expect([...answers]).toEqual(['pickup-code-wrong', 'pickup-too-many-codes'])
    expect((await other.open(code)).status).toBe(200)
  })

  it.each(['', '123', 'abcdefghij', '12345 6789O'])('%j is no code', async (typed) => {
    const locker = await machineOf(city)
    expect(problemOf(await locker.open(typed))).toEqual([422, 'pickup-code-unreadable'])
  })
})

describe('a locker that should not', () => {
  it('lies elsewhere: whoever has the code is told where', async () => {
    const [locker, other] = [await machineOf(city), await machineOf(city, 'pickup', 'buergerbuero-sued')]
    const { id, code } = await deposited(locker)
    const answer = await other.open(code)
    expect(problemOf(answer)).toEqual([409, 'pickup-elsewhere'])
    expect(answer.json().detail).toContain(`Schrank ${locker.id.slice(-4)}`)
    for (const verb of ['collection', 'failure', 'return'])
      expect((await other.call('POST', `/documents/${id}/${verb}`)).status).toBe(404)
    expect(await other.documents()).toEqual([])
  })

  it('is a kiosk', async () => {
    const kiosk = await machineOf(city, 'kiosk')
    expect(problemOf(await kiosk.call('GET', '/documents'))).toEqual([403, 'wrong-device'])
  })

  it('was withdrawn: what lies in it stays there, and is seen by staff', async () => {
    const locker = await machineOf(city)
    const { code } = await deposited(locker)
    const asked = await city.get(`/workbench/geraete/${locker.id}/entziehen`, { as: 'admin@musterstadt.example' })
    expect(asked.body).toContain('Belegt: Fach 7.')
    await withdrawDevice(ctx, locker.id)
    expect(problemOf(await locker.open(code))).toEqual([401, 'device-key-withdrawn'])
  })
})
