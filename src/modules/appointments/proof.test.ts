import { expect, test } from 'vitest'
import type { Ctx } from '#platform/context.ts'
import { jobContext } from '#platform/job-context.ts'
import { testCity } from '#src/testing/city.ts'
import { solve } from './testing/api.ts'
import { mayHold, proofChallenge } from './use-cases/proof.ts'

const city = await testCity()
const ip = '203.0.113.77'

async function holdTen(ctx: Ctx): Promise<void> {
  for (let i = 0; i < 10; i += 1)
    expect((await mayHold(ctx, { ip, proof: solve(await proofChallenge(ctx, ip)) })).ok).toBe(true)
}

test('after each ten of an hour a task takes twice as much, and old easy ones are good for little longer', async () => {
  const ctx = await city.ctx()
  const [one, two] = [solve(await proofChallenge(ctx, ip)), solve(await proofChallenge(ctx, ip))]
  // No more than the ten that go without a proof are left then.
  for (let i = 0; i < 10; i += 1) await mayHold(ctx, { ip, proof: '' })
  expect((await proofChallenge(ctx, ip)).maxnumber).toBe(50_000)
  await holdTen(ctx)
  expect((await proofChallenge(ctx, ip)).maxnumber).toBe(100_000)
  expect((await proofChallenge(ctx, '203.0.113.78')).maxnumber).toBe(50_000)
  // The process that set this task had counted fewer, perhaps.
  expect((await mayHold(ctx, { ip, proof: one })).ok).toBe(true)
  await holdTen(ctx)
  expect((await proofChallenge(ctx, ip)).maxnumber).toBe(200_000)
  expect((await mayHold(ctx, { ip, proof: two })).ok).toBe(false)
  city.clock.advance({ hours: 1 })
  expect((await proofChallenge(ctx, ip)).maxnumber).toBe(50_000)
})

test('a task of one process is good in another one of the same start, once', async () => {
  const other = await city.beside()
  try {
    const [ctx, beside] = [await city.ctx(), jobContext(other, city.tenant)]
    for (const one of [ctx, beside]) for (let i = 0; i < 10; i += 1) await mayHold(one, { ip, proof: '' })
    const proof = solve(await proofChallenge(ctx, ip))
    expect((await mayHold(beside, { ip, proof })).ok).toBe(true)
    expect((await mayHold(ctx, { ip, proof })).ok).toBe(false)
  } finally {
    await other.tenants.close()
  }
})
