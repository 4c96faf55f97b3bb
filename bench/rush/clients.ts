import type pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from '../support/measurement.ts'
import { crowd, request, type Client } from './crowd.ts'
import { releaseSoon, STARTS, takenOf, TIMES } from './released.ts'

const API = '/api/v1/appointments'

export interface Answered {
  readonly booked: number
  /** All times booked, none twice, everybody answered. */
  readonly isRight: boolean
  /** From the release to the last answer of a client, in milliseconds. */
  readonly p99: number
  /** Bookings a second until everybody is answered. */
  readonly rate: number
  /** What those read who got neither a time nor the word that it is taken. */
  readonly failures: readonly string[]
}

/**
 * So many people, a connection each, want a time in the moment of its release: each holds one, and those who get it book it
 * at once; the link in the mail they would follow afterwards.
 * @param slug of the service, the team and the office of this round
 */
export async function byClients(url: string, pool: pg.Pool, slug: string, count: number): Promise<Answered> {
  const clients = await crowd(Number(new URL(url).port), count)
  try {
    const released = await releaseSoon(pool, slug)
    const firsts = clients.map((client, i) =>
      request(client, `${API}/holds`, { service: [slug], office: slug, start: released.starts[i % STARTS]! }),
    )
    // Somebody looks at the calendar before, as people do.
    await fetch(`${url}${API}/slots?service=${slug}`)
    await wait(released.releasedAt.epochMilliseconds - Date.now() + 20)
    const began = performance.now()
    const ends = await Promise.all(clients.map((client, i) => tryToBook(client, i, firsts[i]!, began)))
    const times = ends.map(({ ms }) => ms)
    const failures = ends.flatMap(({ failure }) => failure ?? [])
    const { booked, twice } = await takenOf(pool, released)
    return {
      booked,
      isRight: booked === TIMES && twice === 0 && failures.length === 0,
      failures,
      p99: percentile(times, 0.99),
      rate: (booked / Math.max(...times)) * 1000,
    }
  } finally {
    for (const client of clients) client.close()
  }
}

interface End {
  /** null: the time is theirs, or they know that it is taken. */
  readonly failure: string | null
  /** From the release to the last answer. */
  readonly ms: number
}

async function tryToBook(client: Client, i: number, first: string, began: number): Promise<End> {
  const done = (failure: string | null = null): End => ({ failure, ms: performance.now() - began })
  try {
    const held = await client.send(first)
    if (held.status === 409) return done()
    if (held.status !== 201) return done(`hold ${held.status}: ${held.body}`)
    const { id, code } = JSON.parse(held.body) as { id: string; code: string }
    const person = { name: `Person ${i}`, email: `${id}@example.org` }
    const booked = await client.send(request(client, `${API}/bookings`, { hold: id, code, ...person }))
    return done(booked.status === 201 ? null : `booking ${booked.status}: ${booked.body}`)
  } catch (error) {
    return done(String(error))
  }
}
