import { one, sql } from '#platform/db/db.ts'
import { today } from '#platform/time/clock.ts'
import type { TestCity } from '#src/testing/city.ts'
import { asking, type Calls } from './asking.ts'

const API = '/api/v1/appointments'
const UNKNOWN = '00000000-0000-7000-8000-000000000000'
const ANNA = 'anna.becker@musterstadt.example'
const PLANNER = 'laura.oeztuerk@musterstadt.example'
const SERVICE = 'personalausweis'

type Held = Readonly<Record<'id' | 'code', string>>

/** The code in the last mail to that address. */
async function codeSentTo(city: TestCity, email: string): Promise<string> {
  const { path } = await one(
    (await city.ctx()).db,
    sql<{ path: string }>`select link_path as path from notifications_message
      where email = ${email} and link_path like '%code=%' order by created_at desc, id desc limit 1`,
  )
  return path.split('code=')[1]!
}

/** From a free time to an appointment that is moved and cancelled. */
export async function compareTimes(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, API)
  const { slots } = await ask(200, '/slots', { query: `service=${SERVICE}&limit=50` })
  await ask(422, '/slots', { query: 'service=none' })
  await ask(422, '/slots', { query: `service=${SERVICE}&near=Nirgendwo` })
  await ask(400, '/slots', { query: 'people=1' })
  await ask(401, '/slots', { query: `service=${SERVICE}&audience=centre` })
  await ask(200, '/challenge')

  const wish = { service: [SERVICE], ...slots.at(0) }
  const hold = (body: object) => ({ method: 'POST', body }) as const
  const held = (await ask(201, '/holds', hold(wish))) as Held
  const other = (await ask(201, '/holds', hold({ ...wish, ...slots.at(-1) }))) as Held
  await ask(422, '/holds', hold({ ...wish, start: '2020-01-01T08:00:00Z' }))
  await ask(401, '/holds', hold({ ...wish, audience: 'centre' }))
  await ask(400, '/holds', hold({ service: [SERVICE] }))

  const email = 'konform-termin@example.org'
  const person = { name: 'Kim Konform', email }
  const book = (more: object) =>
    ({ method: 'POST', body: { hold: held.id, code: held.code, ...person, ...more } }) as const
  await ask(422, '/bookings', book({ email: 'niemand' }))
  await ask(404, '/bookings', book({ code: 'geraten' }))
  await ask(400, '/bookings', book({ name: '' }))
  await ask(201, '/bookings', book({}))
  await ask(409, '/bookings', book({ name: 'Jemand Anderes' }))

  const params = { id: held.id }
  const [query, guessed] = [`code=${held.code}`, 'code=geraten']
  const confirm = (code: string) => ({ method: 'POST', params, body: { code } }) as const
  await ask(404, '/bookings/{id}/confirmation', confirm('geraten'))
  await ask(200, '/bookings/{id}/confirmation', confirm(await codeSentTo(city, email)))
  const { sequence } = await ask(200, '/bookings/{id}', { params, query })
  await ask(404, '/bookings/{id}', { params, query: guessed })

  const headers = { 'if-match': `"${sequence}"` }
  const move = { method: 'PATCH', params, query, headers, body: { hold: other.id, holdCode: other.code } } as const
  await ask(412, '/bookings/{id}', { ...move, headers: { 'if-match': '"99"' } })
  await ask(404, '/bookings/{id}', { ...move, query: guessed })
  await ask(400, '/bookings/{id}', { ...move, body: {} })
  await ask(200, '/bookings/{id}', move)

  const cancel = { method: 'DELETE', params, query } as const
  await ask(412, '/bookings/{id}', { ...cancel, headers: { 'if-match': '"99"' } })
  await ask(404, '/bookings/{id}', { ...cancel, query: guessed })
  await ask(200, '/bookings/{id}', cancel)
  await ask(200, '/bookings/{id}', { ...move, headers: {} })
  await ask(200, '/bookings', { as: ANNA })
  await ask(401, '/bookings')
  await ask(201, '/calendar-feed', { method: 'POST', as: ANNA })
  await ask(200, '/calendar-feed', { method: 'DELETE', as: ANNA })
  await ask(401, '/calendar-feed', { method: 'DELETE' })
  const given = (await ask(201, '/holds', hold(wish))) as Held
  await ask(200, '/bookings/{id}', { ...cancel, params: { id: given.id }, query: `code=${given.code}` })
}

/** Who waits for something to free up; more than ten wishes an hour take a proof of work. */
export async function compareWaitingList(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, API)
  const list = '/waiting-list'
  await ask(200, list, { as: ANNA })
  await ask(401, list)
  const one = `${list}/{id}`
  const email = 'konform-warten@example.org'
  const to = today(city.clock).add({ weeks: 2 }).toString()
  const join = (more: object) => ({ method: 'POST', body: { service: [SERVICE], email, ...more } }) as const
  await ask(422, list, join({ to: '2020-01-01' }))
  await ask(422, list, join({ service: ['none'] }))
  await ask(400, list, join({ to: 'morgen' }))

  const { id } = await ask(201, list, join({ to, weekday: [1, 2] }))
  const query = `code=${await codeSentTo(city, email)}`
  await ask(200, one, { params: { id }, query })
  await ask(404, one, { params: { id } })
  await ask(404, one, { method: 'DELETE', params: { id }, query: 'code=geraten' })
  await ask(200, one, { method: 'DELETE', params: { id }, query })
  await ask(404, one, { method: 'DELETE', params: { id }, query })

  const own = (await ask(201, list, { ...join({ email: ANNA }), as: ANNA })) as Held
  await ask(200, one, { params: { id: own.id }, query: `code=${own.code}` })
  await ask(200, one, { params: { id: own.id }, as: ANNA })
  await ask(200, one, { method: 'DELETE', params: { id: own.id }, as: ANNA })

  const free = async (limit: number) =>
    (await city.json('GET', `${API}/slots?service=${SERVICE}&limit=${limit}`)).json().slots as object[]
  for (const time of await free(10)) await city.json('POST', `${API}/holds`, { service: [SERVICE], ...time })
  await ask(429, list, join({}))
  await ask(429, '/holds', { method: 'POST', body: { service: [SERVICE], ...(await free(1))[0] } })
}

/** Opening hours that begin, change and end, and a day on which an office is shut. */
export async function comparePlan(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, API)
  const as = PLANNER
  const { rules } = await ask(200, '/rules', { as })
  await ask(401, '/rules')
  await ask(403, '/rules', { as: ANNA })
  const [{ team, office, versions }] = rules
  const { version: _, from: __, until: ___, ...content } = versions[0]
  const firstDay = today(city.clock).add({ weeks: 30 }).toString()
  const sundays = { kind: 'weekly', weekdays: [7], everyWeeks: 1 }
  const hours = [{ from: '10:00', to: '12:00' }]
  const rule = { ...content, team, firstDay, lastDay: null, days: sundays, hours, breaks: [] }
  const begin = (more: object) => ({ method: 'POST', as, body: { ...rule, ...more } }) as const
  await ask(200, '/rules', begin({ preview: true }))
  await ask(201, '/rules', begin({}))
  await ask(422, '/rules', begin({ hours: [] }))
  await ask(404, '/rules', begin({ team: 'none' }))
  await ask(400, '/rules', begin({ firstDay: 'morgen' }))
  const { id, version } = (await ask(200, '/rules', { as, query: `office=${office}` }))['rules'].find(
    (own: { versions: { firstDay: string }[] }) => own.versions.at(0)?.firstDay === firstDay,
  )

  const params = { id }
  const seen = (number: number) => ({ headers: { 'if-match': `"${number}"` } })
  const change = { method: 'PATCH', as, params, body: { hours: [{ from: '10:00', to: '13:00' }] } } as const
  await ask(428, '/rules/{id}', change)
  await ask(412, '/rules/{id}', { ...change, ...seen(99) })
  await ask(422, '/rules/{id}', { ...change, ...seen(version), body: { hours: [] } })
  await ask(404, '/rules/{id}', { ...change, ...seen(version), params: { id: UNKNOWN } })
  await ask(200, '/rules/{id}', { ...change, ...seen(version) })
  const taken = `/rules/{id}/versions/{version}`
  const takeBack = { method: 'DELETE', as, params: { id, version: String(version + 1) } } as const
  await ask(428, taken, takeBack)
  await ask(412, taken, { ...takeBack, ...seen(99) })
  await ask(404, taken, { ...takeBack, ...seen(version + 1), params: { id: UNKNOWN, version: '1' } })
  await ask(200, taken, { ...takeBack, ...seen(version + 1), query: 'preview=true' })
  const {
    id: begun,
    version: newest,
    versions: stand,
  } = rules.find(
    ({ versions: [first] }: { versions: { firstDay: string }[] }) => first!.firstDay <= today(city.clock).toString(),
  )
  const holds = { ...takeBack, params: { id: begun, version: String(stand.at(0).version) } }
  await ask(422, taken, { ...holds, ...seen(newest) })
  const end = { method: 'DELETE', as, params, query: `lastDay=${firstDay}` } as const
  await ask(428, '/rules/{id}', end)
  await ask(412, '/rules/{id}', { ...end, ...seen(version) })
  await ask(404, '/rules/{id}', { ...end, ...seen(version), params: { id: UNKNOWN } })
  await ask(422, '/rules/{id}', { ...end, ...seen(version + 1), query: '' })
  await ask(200, '/rules/{id}', { ...end, ...seen(version + 1) })
  const gone = { ...takeBack, params: { id, version: String(version + 2) } }
  await ask(200, taken, { ...gone, ...seen(version + 2) })
  await ask(404, taken, { ...gone, ...seen(version + 2) })

  const shut = { office, firstDay, reason: 'Umzug' }
  const close = (more: object) => ({ method: 'POST', as, body: { ...shut, ...more } }) as const
  await ask(200, '/closures', close({ preview: true }))
  await ask(201, '/closures', close({}))
  await ask(422, '/closures', close({ reason: ' ' }))
  await ask(400, '/closures', close({ firstDay: 'morgen' }))
  await ask(401, '/closures', { method: 'POST', body: shut })
  const { closures } = await ask(200, '/closures', { as })
  const mine = closures.find((one: { firstDay: string }) => one.firstDay === firstDay)
  const open = { method: 'DELETE', as, params: { id: mine.id } } as const
  await ask(200, '/closures/{id}', open)
  await ask(404, '/closures/{id}', open)
}

/** Who sits where, and what they can do there. */
export async function compareStaff(city: TestCity, call: Calls): Promise<void> {
  const ask = asking(call, API)
  const as = PLANNER
  const seen = (number: number) => ({ headers: { 'if-match': `"${number}"` } })
  const { units } = await ask(200, '/qualifications', { as })
  await ask(401, '/qualifications')
  await ask(403, '/qualifications', { as: ANNA })
  const [{ unit, offered, people }] = units
  const one = '/qualifications/{unit}/{account}'
  const [{ account }] = people
  const params = { unit, account }
  const { version } = await ask(200, one, { as, params })
  await ask(404, one, { as, params: { unit, account: UNKNOWN } })
  const say = (services: unknown) => ({ method: 'PUT', as, params, body: { can: 'only', services } }) as const
  await ask(428, one, say([]))
  await ask(412, one, { ...say([]), ...seen(99) })
  await ask(422, one, { ...say(['none']), ...seen(version) })
  await ask(404, one, { ...say([]), ...seen(version), params: { unit: 'none', account } })
  await ask(400, one, { ...say([]), ...seen(version), body: { can: 'alles' } })
  await ask(200, one, { ...say(offered.slice(0, 1)), ...seen(version) })
  await ask(200, one, { ...say([]), ...seen(version + 1), body: { can: 'all' } })

  const { rules } = await ask(200, '/rules', { as })
  const team = rules.find((rule: { team: string }) => rule.team.endsWith(`-${unit}`)).team
  const day = today(city.clock).add({ weeks: 20 }).toString()
  const list = '/teams/{team}/duties'
  const days = { as, params: { team }, query: `from=${day}&to=${day}` } as const
  const { version: first, lanes } = await ask(200, list, days)
  await ask(404, list, { ...days, params: { team: 'none' } })
  await ask(422, list, { ...days, query: `from=${day}&to=2020-01-01` })
  const duty = { account, lane: lanes.at(0), start: `${day}T08:00:00Z`, end: `${day}T10:00:00Z` }
  const set = (more: object) => ({ method: 'PUT', ...days, body: { duties: [{ ...duty, ...more }] } }) as const
  await ask(428, list, set({}))
  await ask(412, list, { ...set({}), ...seen(first + 9) })
  await ask(422, list, { ...set({ lane: 'none' }), ...seen(first) })
  await ask(404, list, { ...set({}), ...seen(first), params: { team: 'none' } })
  await ask(400, list, { ...set({ start: 'morgen' }), ...seen(first) })
  await ask(200, list, { ...set({}), ...seen(first) })
  const { version: next } = await ask(200, list, days)
  const end = { method: 'DELETE', ...days } as const
  await ask(428, list, end)
  await ask(412, list, { ...end, ...seen(first) })
  await ask(422, list, { ...end, ...seen(next), query: `from=${day}&to=2020-01-01` })
  await ask(404, list, { ...end, ...seen(next), params: { team: 'none' } })
  await ask(200, list, { ...end, ...seen(next) })
}
