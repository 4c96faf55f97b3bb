import type { Challenge } from 'altcha-lib/v1/types'
import { createHash } from 'node:crypto'
import { many, sql } from '#platform/db/db.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import type { CityHandle } from '#src/testing/handle.ts'

export const API = '/api/v1/appointments'
export const ida = { name: 'Ida Becker', email: 'ida@example.org' }

/** ISO instant of a local time of a day. */
export const at = (day: string, time: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Berlin').toInstant().toString()

/** Working days, one after the other: each test has a morning of its own. 13 March 2030, the tests' today, is a Wednesday. */
export function newDays(): () => string {
  let day = Temporal.PlainDate.from('2030-04-02')
  return () => {
    do day = day.add({ days: 1 })
    while (day.dayOfWeek > 5 || holidayOn(day) !== null)
    return day.toString()
  }
}

export interface Held {
  readonly id: string
  readonly code: string
}

/** The JSON interface as a person's program uses it, in a city whose proxy names addresses. */
export function apiOf(city: CityHandle) {
  /** From an address of its own each time: limits are another test's matter. */
  let clients = 0
  const json: CityHandle['json'] = (method, path, body, asking) =>
    city.json(method, path, body, {
      ...asking,
      headers: { 'x-forwarded-for': `198.51.100.${(clients += 1) % 250}`, ...asking?.headers },
    })
  const slotsOf = async (day: string, more = '') =>
    (await json('GET', `${API}/slots?service=reisepass&from=${day}&to=${day}${more}`)).json().slots as {
      start: string
      office: string
    }[]
  const isFree = async (day: string, time: string, office = 'sued') =>
    (await slotsOf(day, `&office=${office}`)).some(({ start }) => Temporal.Instant.from(start).equals(at(day, time)))
  const hold = (day: string, time: string, more: object = {}) =>
    json('POST', `${API}/holds`, { service: ['reisepass'], office: 'sued', start: at(day, time), ...more })
  const book = (held: Held, more: object = {}, asking = {}) =>
    json('POST', `${API}/bookings`, { hold: held.id, code: held.code, ...ida, ...more }, asking)
  /** With the code of the link in the mail. */
  const confirm = async (id: string) =>
    json('POST', `${API}/bookings/${id}/confirmation`, { code: await codeInMail(city, id, 'confirm') })
  /** Held, booked and confirmed. */
  const booked = async (day: string, time: string, more: object = {}, wish: object = {}): Promise<Held> => {
    const held = (await hold(day, time, wish)).json() as Held
    await book(held, more)
    if ((await confirm(held.id)).json().state !== 'booked') throw new Error(`${day} ${time} cannot be booked`)
    return held
  }
  return { json, slotsOf, isFree, hold, book, confirm, booked }
}

/** The answer to a task against programs that take everything, as a browser finds it. */
export const solvedTask = async (city: Pick<CityHandle, 'json'>): Promise<string> =>
  solve((await city.json('GET', `${API}/challenge`)).json())

/** The answer to a task, as ALTCHA sends it. */
export function solve({ maxnumber = 0, ...task }: Pick<Challenge, 'maxnumber' | 'salt' | 'challenge'>): string {
  for (let number = 0; number <= maxnumber; number += 1)
    if (createHash('sha256').update(`${task.salt}${number}`).digest('hex') === task.challenge)
      return Buffer.from(JSON.stringify({ ...task, number })).toString('base64')
  throw new Error('no solution')
}

/** The code in the link of the last mail of that kind. */
export async function codeInMail(city: CityHandle, id: string, kind: string): Promise<string> {
  const { db } = await city.ctx()
  const rows = await many(
    db,
    sql<{ path: string }>`select link_path as path from notifications_message
      where key like ${`appointment:${id}:${kind}:%`} order by created_at desc`,
  )
  return rows[0]!.path.split('code=')[1]!
}

/** Mails about a booking: its version then, and what they say. */
export async function mailsOf(city: CityHandle, id: string): Promise<string[]> {
  const { db } = await city.ctx()
  const rows = await many(
    db,
    sql<{ key: string }>`select key from notifications_message where key like ${`appointment:${id}:%`}`,
  )
  return rows.map(({ key }) => key.split(':').slice(2).toReversed().join(' ')).toSorted()
}
