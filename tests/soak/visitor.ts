import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { City } from './city.ts'
import { PAUSE_MS } from './person.ts'

/** What a visitor was told: the time is kept, or reserved under their name, or is given back. */
export interface PromisedTime {
  readonly id: string
  readonly state: 'held' | 'reserved' | 'given back'
  /** Until when the city said so, in milliseconds since 1970. */
  readonly until: number
}

const API = '/api/v1/appointments'

/** Nobody goes home before that, however slow the machine is, as long as there are free times. */
const LEAST = 2
/** One in so many keeps the time: half an hour of kills would otherwise use up those of all offices. */
const KEEPS_ONE_IN = 5

/** Books one time after the other in the days to come, among the first that are free, where everybody wants one; most give it back. */
export async function visitor(city: City, promised: PromisedTime[], isOver: () => boolean): Promise<void> {
  for (let own = 0; !isOver() || own < LEAST;) {
    const headers = { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` }
    const found = await city.ask('GET', `${API}/slots?service=personalausweis&limit=20`, headers)
    const slots = found ? (JSON.parse(found.body) as { slots: { start: string; office: string }[] }).slots : []
    if (found && slots.length === 0 && isOver()) return
    const wish = slots[randomInt(Math.max(1, slots.length))]
    const held = wish && (await city.ask('POST', `${API}/holds`, headers, { service: ['personalausweis'], ...wish }))
    if (held?.status === 201) {
      const { id, code, expiresAt } = JSON.parse(held.body) as { id: string; code: string; expiresAt: string }
      const person = { name: 'Greta Beispiel', email: `visitor-${id}@musterstadt.example` }
      const booked = await city.ask('POST', `${API}/bookings`, headers, { hold: id, code, ...person })
      const kept = booked?.status === 201 ? (JSON.parse(booked.body) as { expiresAt: string }) : null
      own += 1
      const until = Date.parse(kept?.expiresAt ?? expiresAt)
      if (randomInt(KEEPS_ONE_IN) === 0) promised.push({ id, state: kept ? 'reserved' : 'held', until })
      else {
        const back = await city.ask('DELETE', `${API}/bookings/${id}?code=${code}`, headers)
        // Whoever gets no answer does not know.
        if (back?.status === 200) promised.push({ id, state: 'given back', until })
      }
    } else if (held && held.status !== 409) throw new Error(`${held.status}: ${held.body}`)
    await sleep(randomInt(PAUSE_MS))
  }
}

/** Each promised time is still its visitor's, what was given back is nobody's of them, and no two have the same place at one time. */
export async function lostTimes(pool: Pool, all: readonly PromisedTime[]): Promise<string[]> {
  const promised = all.filter(({ until }) => until > Date.now() + 5_000)
  const { rows } = await pool.query<{ id: string; state: string; keeps: boolean }>(
    `select b.id, b.state, exists (select from appointments_occupancy o where o.booking = b.id
       and o.lane = b.lane and o.during = tstzrange(b.starts_at, b.ends_at)) as keeps
     from appointments_booking b where b.id = any($1)`,
    [promised.map(({ id }) => id)],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const { rows: doubled } = await pool.query<{ lane: string }>(
    `select a.lane from appointments_booking a join appointments_booking b on a.lane = b.lane and a.id < b.id
       and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
     where a.state in ('held', 'reserved', 'booked') and b.state in ('held', 'reserved', 'booked')
       and a.ends_at > now() and coalesce(a.expires_at > now(), true) and coalesce(b.expires_at > now(), true)`,
  )
  return [
    ...promised.flatMap(({ id, state }) => {
      const row = byId.get(id)
      if (state === 'given back') return row?.keeps ? [`time ${id} was given back and is not free`] : []
      if (!row) return [`time ${id} is lost`]
      if (!row.keeps) return [`time ${id} was given to somebody else`]
      // Nobody waits for the answer of a booking that a kill cut off: it may have arrived all the same.
      return row.state === state || (state === 'held' && row.state === 'reserved') ? [] : [`time ${id} is ${row.state}`]
    }),
    ...doubled.map(({ lane }) => `a time in ${lane} was given twice`),
  ]
}
