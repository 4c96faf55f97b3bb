import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { childWhenUsed, errorForLog } from './log.ts'

const city = await testCity()

it('what people typed does not reach the log through an error of the database', async () => {
  const ctx = await city.ctx()
  const error: unknown = await sql`select ${'Anna Becker'}::uuid`.execute(ctx.db).catch((error: unknown) => error)
  expect((error as Error).message).toContain('Anna Becker')
  const logged = JSON.stringify(errorForLog(error))
  expect(logged).not.toContain('Anna')
  expect(logged).toContain('22P02')
})

it('a child that is made when it is used writes what one that was made at once writes, and none before', () => {
  const lines: string[] = []
  let made = 0
  const log = pino(
    { base: null, timestamp: false, onChild: () => void (made += 1) },
    { write: (line: string) => void lines.push(line) },
  )
  const child = childWhenUsed(log, { request: 'r1' })
  expect(made).toBe(0)
  child.warn({ route: '/a' }, 'slow request')
  child.child({ job: 'j1' }).info('done')
  log.child({ request: 'r1' }).warn({ route: '/a' }, 'slow request')
  expect(made).toBe(3)
  expect(lines[0]).toBe(lines[2])
  expect(JSON.parse(lines[1]!)).toMatchObject({ request: 'r1', job: 'j1', msg: 'done' })
})
