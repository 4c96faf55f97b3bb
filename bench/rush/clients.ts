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
    const { booked, twice } = await takenOf(pool, released)
    return {
      booked,
      isRight: booked === TIMES && twice === 0 && ends.every(({ outcome }) => outcome !== 'failed'),
      p99: percentile(times, 0.99),
      rate: (booked / Math.max(...times)) * 1000,
    }
  } finally {
    for (const client of clients) client.close()
  }
}

interface End {
  readonly outcome: 'booked' | 'taken' | 'failed'
  /** From the release to the last answer. */
  readonly ms: number
}

async function tryToBook(client: Client, i: number, first: string, began: number): Promise<End> {
  const done = (outcome: End['outcome']): End => ({ outcome, ms: performance.now() - began })
  try {
    const held = await client.send(first)
    if (held.status === 409) return done('taken')
    if (held.status !== 201) return done('failed')
    const { id, code } = JSON.parse(held.body) as { id: string; code: string }
    const person = { name: `Person ${i}`, email: `${id}@example.org` }
    const booked = await client.send(request(client, `${API}/bookings`, { hold: id, code, ...person }))
    if (booked.status !== 201) return done('failed')
    return done('booked')
  } catch {
    return done('failed')
  }
}
