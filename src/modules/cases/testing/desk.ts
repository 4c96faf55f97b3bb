import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import type { TestCity } from '#src/testing/city.ts'
import { caseById } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { advance } from '../use-cases/advance.ts'
import { exemptAnswers, openDog } from './dogs.ts'

/** What lies on a clerk's desk: cases that wait for a decision. */
export function desk(ctx: Ctx) {
  const reload = async (id: string): Promise<Case> => (await caseById(ctx, id))!
  return {
    reload,
    inReview: async (more: Parameters<typeof openDog>[1] = {}) => {
      const opened = await openDog(ctx, { answers: exemptAnswers(), ...more })
      await advance(ctx, opened.caseId)
      return { ...opened, kase: await reload(opened.caseId), path: `/workbench/vorgaenge/${opened.caseNumber}` }
    },
    /** A row of the list as its box names it: the case, and the revision that the clerk saw. */
    boxOf: async (id: string) => `${id}.${(await reload(id)).revision}`,
    /** Of what the clerk or the workflow sent; the receipt that every application gets is not among them. */
    subjectsTo: async (caseId: string): Promise<string[]> => {
      const rows = await many(
        ctx.db,
        sql<{
          subject: string
        }>`select subject from notifications_message where case_id = ${caseId} and subject not like 'Ihr Antrag ist angekommen%'
          order by created_at`,
      )
      return rows.map(({ subject }) => subject)
    },
  }
}

/** The hidden fields of a form of the case page, as the browser would send them. */
export const fieldsOf = (body: string) => ({
  revision: /name="revision" value="(\d+)"/.exec(body)![1]!,
  key: /name="key" value="([^"]+)"/.exec(body)![1]!,
})

/** What waited until it could not be taken back any more has happened. */
export async function tenSecondsOn(city: Pick<TestCity, 'clock' | 'runJobs'>): Promise<void> {
  city.clock.advance({ seconds: 11 })
  await city.runJobs()
}
