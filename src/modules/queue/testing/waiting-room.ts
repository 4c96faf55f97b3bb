import { many, one, sql } from '#platform/db/db.ts'
import type { TestCity } from '#src/testing/city.ts'
import type { Answer } from '#src/testing/handle.ts'

const API = '/api/v1/queue'

/** The waiting room of one office of the demo city, without those whom the demo put there. */
export async function waitingRoom(city: TestCity, office: string) {
  const db = async () => (await city.ctx()).db
  const clerks = await many(
    await db(),
    sql<{ email: string; counter: string; team: string }>`select a.email, c.id as counter, c.team
      from queue_counter c join accounts_account a on a.id = c.clerk where c.office = ${office} order by c.position`,
  )
  const services = await one(
    await db(),
    sql<{ services: string[] }>`select services from appointments_team where id = ${clerks[0]!.team}`,
  )
  const json: TestCity['json'] = (method, path, body, asking) => city.json(method, `${API}${path}`, body, asking)
  return {
    office,
    /** Who sits at counters of one team, in order. */
    clerks: clerks.filter(({ team }) => team === clerks[0]!.team),
    service: services.services[0]!,
    json,
    async empty() {
      await sql`update queue_visit set state = 'done', finished_at = now(), priority_reason = null
        where office = ${office} and state in ('waiting', 'called', 'serving', 'parked')`.execute(await db())
    },
    draw: (more: object = {}, as = clerks[0]!.email): Promise<Answer> =>
      json('POST', `/offices/${office}/visits`, { service: [services.services[0]!], ...more }, { as }),
    /** @param after who is at the counter, or was called and comes */
    async next(as: string, after: string | null = null): Promise<Answer> {
      if (after !== null) await json('PATCH', `/visits/${after}`, { does: 'begin' }, { as })
      return json('POST', '/calls', { after }, { as })
    },
    does: (as: string, id: string, does: string) => json('PATCH', `/visits/${id}`, { does }, { as }),
    state: async (id: string) =>
      (await one(await db(), sql<{ state: string }>`select state from queue_visit where id = ${id}::uuid`)).state,
  }
}

export const idOf = async (drawn: Promise<Answer>): Promise<string> => (await drawn).json().id as string

/** Who was called next. */
export const called = (answer: Answer): { id: string; ticket: string } => answer.json().visit
