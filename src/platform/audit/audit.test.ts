import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { savepoint, transaction } from '../db/transaction.ts'
import { audit, canonicalJson } from './audit.ts'
import { sealAudit, verifyAudit } from './verify.ts'

const city = await testCity()
const ctx = await city.ctx()

for (const subject of ['case:a', 'case:b'])
  for (const action of ['opened', 'checked', 'granted'])
    await transaction(ctx, (ctx) => audit(ctx, { subject, action, data: { b: 1, a: { y: 'ü', x: [1, { z: null }] } } }))
await sealAudit(ctx)

class Undo extends Error {}

/** Tampers, looks what the verification says, and undoes it. */
async function verdictAfter(tamper: ReturnType<typeof sql>): Promise<string> {
  let message = 'nothing found'
  await transaction(ctx, async (ctx) => {
    await savepoint(ctx, async () => {
      await tamper.execute(ctx.db)
      const verdict = await verifyAudit(ctx)
      if (!verdict.ok) message = verdict.message
      throw new Undo()
    }).catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  })
  return message
}

describe('the audit chain', () => {
  it('holds where nobody touched it', async () => {
    expect(await verifyAudit(ctx)).toMatchObject({ ok: true, entries: expect.any(Number), seals: 1 })
  })

  it('holds when the data of an entry were erased at the end of their retention', async () => {
    expect(await verdictAfter(sql`update audit_entry set data = null where subject = 'case:a'`)).toBe('nothing found')
  })

  it.each([
    [
      'changed data',
      sql`update audit_entry set data = '{"a": 2}' where subject = 'case:a' and position = 2`,
      'case:a, entry 2 (checked): its data were changed',
    ],
    [
      'another action',
      sql`update audit_entry set action = 'refused' where subject = 'case:a' and position = 3`,
      'case:a, entry 3 (refused): it was changed',
    ],
    [
      'another actor',
      sql`update audit_entry set actor = 'x' where subject = 'case:b' and position = 1`,
      'case:b, entry 1 (opened): it was changed',
    ],
    [
      'a removed entry',
      sql`delete from audit_entry where subject = 'case:a' and position = 2`,
      'case:a, entry 3 (granted): the entry before it is missing',
    ],
    [
      'a removed last entry',
      sql`delete from audit_entry where subject = 'case:a' and position = 3`,
      /seal 1: 1 of \d+ entries are missing/,
    ],
    [
      'a whole subject that is gone',
      sql`delete from audit_entry where subject = 'case:a'`,
      /seal 1: 3 of \d+ entries are missing/,
    ],
    ['a removed seal', sql`delete from audit_seal`, 'seal 1 is missing'],
  ])('shows %s', async (_name, tamper, message) => {
    if (message instanceof RegExp) expect(await verdictAfter(tamper)).toMatch(message)
    else expect(await verdictAfter(tamper)).toBe(message)
  })

  it('takes entries of several people at once without a gap', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => transaction(ctx, (ctx) => audit(ctx, { subject: 'case:b', action: 'noted' }))),
    )
    expect(await verifyAudit(ctx)).toMatchObject({ ok: true })
  })

  it('hashes the same whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(canonicalJson({ a: [{ c: 2, d: 1 }], b: 1 }))
  })
})
