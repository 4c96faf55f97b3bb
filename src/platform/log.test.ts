import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { errorForLog } from './log.ts'

const city = await testCity()

it('what people typed does not reach the log through an error of the database', async () => {
  const ctx = await city.ctx()
  const error: unknown = await sql`select ${'Anna Becker'}::uuid`.execute(ctx.db).catch((error: unknown) => error)
  expect((error as Error).message).toContain('Anna Becker')
  const logged = JSON.stringify(errorForLog(error))
  expect(logged).not.toContain('Anna')
  expect(logged).toContain('22P02')
})
