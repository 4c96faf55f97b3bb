import { expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { exec, many, sql } from './db.ts'
import { savepoint, transaction } from './transaction.ts'

const city = await testCity()
const ctx = await city.ctx()

test('a savepoint undoes all of its work, also where one within it was undone before', async () => {
  await exec(ctx.db, sql`create table noted (word text)`)
  await transaction(ctx, async (ctx) => {
    const note = (word: string) => exec(ctx.db, sql`insert into noted values (${word})`)
    const failing = (work: () => Promise<unknown>) =>
      savepoint(ctx, async () => {
        await work()
        throw new Error('undo this')
      }).catch(() => undefined)
    await note('before')
    await failing(async () => {
      await note('outer')
      await failing(() => note('inner'))
    })
    await note('after')
  })
  expect(await many(ctx.db, sql`select word from noted order by word`)).toEqual([{ word: 'after' }, { word: 'before' }])
})
