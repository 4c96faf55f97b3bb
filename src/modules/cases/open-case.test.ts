import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { many, one, sql } from '#platform/db/db.ts'
import { transaction } from '#platform/db/transaction.ts'
import { readCaseNumber } from './domain/case-number.ts'
import { caseByNumber } from './store/case.ts'
import { newDog, openDog } from './testing/dogs.ts'
import { openCase } from './use-cases/open-case.ts'

const city = await testCity()
const ctx = await city.ctx()

const countCases = async () => (await one(ctx.db, sql<{ n: number }>`select count(*)::int as n from cases_case`)).n

describe('opening a case', () => {
  it('gives a number with a check digit, and an access code', async () => {
    const opened = await openDog(ctx)
    expect(readCaseNumber(opened.caseNumber)).toEqual({ ok: true, number: opened.caseNumber })
    expect(opened.caseNumber).toMatch(/^[A-Z]+-2030-000001-\d$/)
    expect(opened.accessCode).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    expect(await caseByNumber(ctx, opened.caseNumber)).toMatchObject({ id: opened.caseId, state: 'received' })
  })

  it('twice with the same key gives the same case with the same code', async () => {
    const first = await openDog(ctx, { idempotencyKey: 'double click' })
    const before = await countCases()
    const second = await openDog(ctx, { idempotencyKey: 'double click' })
    expect(second).toEqual({ ...first, repeated: true })
    expect(await countCases()).toBe(before)
  })

  it('ten times at once with the same key gives one case', async () => {
    const wish = newDog({ idempotencyKey: 'ten at once' })
    const before = await countCases()
    const opened = await Promise.all(Array.from({ length: 10 }, () => openCase(ctx, wish)))
    expect(new Set(opened.map(({ caseNumber }) => caseNumber)).size).toBe(1)
    expect(opened.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(await countCases()).toBe(before + 1)
  })

  it('ten times at once inside other transactions gives one case, and no transaction breaks', async () => {
    const wish = newDog({ idempotencyKey: 'ten in transactions' })
    const opened = await Promise.all(
      Array.from({ length: 10 }, () =>
        transaction(ctx, async (ctx) => {
          const one = await openCase(ctx, wish)
          expect(await caseByNumber(ctx, one.caseNumber)).not.toBeNull()
          return one
        }),
      ),
    )
    expect(new Set(opened.map(({ caseId }) => caseId)).size).toBe(1)
  })

  it('with the same key for another service is another case', async () => {
    const wish = newDog({ idempotencyKey: 'shared' })
    await openCase(ctx, wish)
    await expect(openCase(ctx, { ...wish, service: 'no-such-service' })).rejects.toThrow('no version')
  })

  it('leaves nothing behind where the transaction around it is rolled back', async () => {
    const before = await countCases()
    await expect(
      transaction(ctx, async (ctx) => {
        await openDog(ctx)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await countCases()).toBe(before)
  })

  it('makes the caller’s own writes in the same statement, and not again where the case was there', async () => {
    const wish = newDog({ idempotencyKey: 'with a draft' })
    const marks = () => one(ctx.db, sql<{ n: number }>`select count(*)::int as n from cases_counterfoil`)
    await sql`create table cases_counterfoil (case_id uuid)`.execute(ctx.db)
    const counterfoil = {
      with: ({ caseId }: { caseId: string }) => [
        sql`insert into cases_counterfoil values (${caseId}) returning case_id`,
      ],
    }
    await openCase(ctx, wish, counterfoil)
    await openCase(ctx, wish, counterfoil)
    expect((await marks()).n).toBe(1)
  })

  it('numbers forty cases opened at once without giving a number twice', async () => {
    const opened = await Promise.all(Array.from({ length: 40 }, () => openDog(ctx)))
    expect(new Set(opened.map(({ caseNumber }) => caseNumber)).size).toBe(40)
  })

  it('goes on numbering after the largest number where the sequence is gone, as after a restored backup', async () => {
    const { caseNumber } = await openDog(ctx)
    const sequences = await many(
      ctx.db,
      sql<{ name: string }>`select relname as name from pg_class
      where relkind = 'S' and relname like 'cases_serial_%' and relnamespace = ${ctx.tenant.schema}::regnamespace`,
    )
    for (const { name } of sequences) await sql`drop sequence ${sql.id(name)}`.execute(ctx.db)
    const next = await openDog(ctx)
    const serial = (number: string) => Number(number.split('-')[2])
    expect(serial(next.caseNumber)).toBe(serial(caseNumber) + 1)
  })

  it('begins the chain of audit entries of the case', async () => {
    const { caseId } = await openDog(ctx)
    const entries = await many(
      ctx.db,
      sql<{ action: string; position: number }>`select action, position from audit_entry
      where subject = ${`case:${caseId}`}`,
    )
    expect(entries).toEqual([{ action: 'cases.opened', position: 1 }])
  })
})
