import { expect } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { newId } from '#platform/db/id.ts'
import type { Answer, CityHandle } from '#src/testing/handle.ts'
import { wordsOf } from '#src/testing/words.ts'
import { OFFICE } from './lockers.ts'

export const ADMIN = 'admin@musterstadt.example'
/** Who has the documents of `OFFICE` in hand, and a clerk whom they do not concern. */
export const CLERK = 'kim.schalter@musterstadt.example'
export const OTHER = 'uli.anders@musterstadt.example'
export const LIST = '/workbench/abholung'

/** The pages of staff about documents to be picked up; paths below their list. */
export async function counterOf(city: CityHandle) {
  const ctx = await city.ctx()
  await addStaff(ctx, { name: 'Kim Schalter', email: CLERK, unit: 'buergeramt', roles: ['clerk'] })
  await addStaff(ctx, { name: 'Uli Anders', email: OTHER, unit: 'bauamt', roles: ['clerk'] })
  const post = (path: string, fields: Record<string, string> = {}, as = CLERK): Promise<Answer> =>
    city.post(`${LIST}${path}`, fields, { as })
  return {
    post,
    seen: async (path: string, as = CLERK) => wordsOf((await city.get(`${LIST}${path}`, { as })).body),
    /** Announces a document as staff do. */
    announced: async (more: Record<string, string> = {}, as = CLERK) => {
      const id = newId()
      const email = `${id}@example.org`
      const fields = {
        id,
        dokument: 'Ihr Führerschein',
        name: 'Rosa Wartend',
        mail: email,
        sprache: 'de',
        wo: OFFICE,
        ...more,
      }
      const answer = await post('/neu', fields, as)
      expect(answer.location).toBe(`${LIST}/${id}?hinweis=angekuendigt`)
      return { path: `/${id}`, id, email, fields }
    },
  }
}
