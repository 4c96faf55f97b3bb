import { randomBytes } from 'node:crypto'
import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1'
import type { Challenge, Payload } from 'altcha-lib/v1/types'
import { LRUCache } from 'lru-cache'
import type { Ctx } from '#platform/context.ts'
import { perCity } from '../per-city.ts'
import { useProof } from '../store/proofs.ts'

/**
 * Proof of work (ALTCHA, SHA-256) before a time is held: a second of a telephone's time, hours for a program that wants
 * hundreds of appointments. Some holds an hour go without from each address, so that nobody needs scripts for one.
 */
const WITHOUT_PROOF_AN_HOUR = 10
/** The number is below that: on average half as many hashes. */
const MOST_HASHES = 50_000
const MINUTES = 20
/** Addresses that are remembered; who drives others out of it needs as many of their own. */
const ADDRESSES = 50_000

/** Where the configuration names none: good for this process alone, which serves for itself. */
const OWN_KEY = randomBytes(32).toString('hex')
const keyOf = ({ app, tenant }: Ctx): string => app.config.secret(tenant.id, 'PROOF_KEY') ?? OWN_KEY

/** A task for a browser or a program, signed; its answer is good once, for twenty minutes. */
export function proofChallenge(ctx: Ctx): Promise<Challenge> {
  const expires = new Date(ctx.clock.now().add({ minutes: MINUTES }).epochMilliseconds)
  return createChallenge({ hmacKey: keyOf(ctx), maxnumber: MOST_HASHES, expires })
}

/** Whether somebody may hold a time: with an account, with a proof, or one of the few that their address has without. */
export async function mayHold(
  ctx: Ctx,
  { ip, proof }: { readonly ip: string; readonly proof: string },
): Promise<boolean> {
  if (ctx.account) return true
  if (proof !== '' && (await isGood(ctx, proof))) return true
  return hasAllowance(ctx, ip)
}

async function isGood(ctx: Ctx, proof: string): Promise<boolean> {
  const payload = payloadOf(proof)
  if (!payload || !(await verifySolution(payload, keyOf(ctx), false))) return false
  // Signed with the rest.
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(extractParams(payload)['expires']) * 1000)
  if (Temporal.Instant.compare(expiresAt, ctx.clock.now()) <= 0) return false
  return useProof(ctx, payload.challenge, expiresAt)
}

/** The answer as ALTCHA sends it, JSON in base64; null for anything else. */
function payloadOf(proof: string): Payload | null {
  try {
    const { algorithm, challenge, number, salt, signature } = JSON.parse(
      Buffer.from(proof, 'base64').toString(),
    ) as Payload
    const isWhole = [challenge, salt, signature].every((part) => typeof part === 'string')
    return algorithm === 'SHA-256' && Number.isSafeInteger(number) && isWhole
      ? { algorithm, challenge, number, salt, signature }
      : null
  } catch {
    return null
  }
}

const allowancesOf = perCity(() => new LRUCache<string, { until: number; left: number }>({ max: ADDRESSES }))

function hasAllowance(ctx: Ctx, ip: string): boolean {
  const { app, tenant, clock } = ctx
  const allowances = allowancesOf(ctx)
  const now = clock.now().epochMilliseconds
  let own = allowances.get(ip)
  if (!own || own.until <= now) {
    const left = Number(app.config.setting(tenant.id, 'HOLDS_WITHOUT_PROOF') ?? WITHOUT_PROOF_AN_HOUR)
    allowances.set(ip, (own = { until: now + 3_600_000, left }))
  }
  if (own.left <= 0) return false
  own.left -= 1
  return true
}
