import { expect } from 'vitest'
import type { TestCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'
import { waitingRoom } from './waiting-room.ts'

export interface Drawn {
  readonly id: string
  readonly code: string
  readonly ticket: string
}

/** Two offices whose clerks send people to each other: Ada in the one, Ben and Cem in the other. */
export async function twoOffices(city: TestCity) {
  const here = await waitingRoom(city, 'buergerbuero-mitte')
  const there = await waitingRoom(city, 'verkehr')
  const [BEN, CEM] = there.clerks.map(({ email }) => email) as [string, string]
  return {
    here,
    there,
    ADA: here.clerks.find(({ email }) => !email.startsWith('admin'))!.email,
    BEN,
    CEM,
    empty: async (): Promise<void> => {
      await here.empty()
      await there.empty()
    },
    /** Somebody whom that clerk has called. */
    called: async (room: typeof here, as: string): Promise<Drawn> => {
      const drawn = (await room.draw({}, as)).json() as Drawn
      expect((await room.json('POST', '/calls', { visit: drawn.id }, { as })).status).toBe(200)
      return drawn
    },
    /** @param id of a visit, which that clerk sends to the other office */
    send: (as: string, id: string, more: object = {}): Promise<Answer> =>
      here.json('POST', `/visits/${id}/next-visit`, { office: 'verkehr', service: [there.service], ...more }, { as }),
  }
}
