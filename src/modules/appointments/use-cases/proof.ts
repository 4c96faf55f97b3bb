import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1'
import type { Challenge, Payload } from 'altcha-lib/v1/types'
import { LRUCache } from 'lru-cache'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { perCity } from '#platform/per-city.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { giveProofBack, useProof } from '../store/proofs.ts'

/**
 * Proof of work (ALTCHA, SHA-256) before a time is held: less than a second of a telephone's time, and twice as much after
 * each ten of an hour from one address, so that a program that wants hundreds has to have hundreds of addresses. Some holds an
 * hour go without from each address, so that nobody needs scripts for one.
 */
const WITHOUT_PROOF_AN_HOUR = 10
const WITH_ACCOUNT_AN_HOUR = 30
/** The number is below that: on average half as many hashes. */
const MOST_HASHES = 50_000
const PROOFS_A_LEVEL = 10
const HIGHEST_LEVEL = 6
const MINUTES = 20
/** Addresses that are remembered; who drives others out of it needs as many of their own. */
const ADDRESSES = 50_000

const keyOf = ({ app, tenant }: Ctx): string => app.config.secret(tenant.id, 'PROOF_KEY') ?? app.config.startKey

/** A task for a browser or a program, signed; its answer is good once, for twenty minutes. */
export function proofChallenge(ctx: Ctx, ip: string): Promise<Challenge> {
  const expires = new Date(ctx.clock.now().add({ minutes: MINUTES }).epochMilliseconds)
  const level = levelOf(ctx, ip)
  const params = { level: String(level) }
  return createChallenge({ hmacKey: keyOf(ctx), maxnumber: MOST_HASHES * 2 ** level, expires, params })
}

/** Who wants to hold a time, or to wait for one. */
export interface Sender {
  readonly ip: string
  /** Of work; '' where there is none. */
  readonly proof: string
}

/** That somebody may hold a time. Whoever gets none gives it back, so that it is not used up. */
export interface Permit {
  giveBack(): Promise<void>
}

const NO_LIMIT: Permit = { giveBack: async () => undefined }

/** For others, with a proof, or one of the few an hour that an account or an address has without. */
export async function mayHold(ctx: Ctx, { ip, proof }: Sender): Promise<Result<Permit>> {
  if (may(ctx, 'appointments.book')) return ok(NO_LIMIT)
  const byProof = proof === '' ? null : await permitFor(ctx, ip, proof)
  if (byProof) return ok(byProof)
  const most = ctx.account
    ? WITH_ACCOUNT_AN_HOUR
    : Number(ctx.app.config.setting(ctx.tenant.id, 'HOLDS_WITHOUT_PROOF') ?? WITHOUT_PROOF_AN_HOUR)
  const hour = hourOf(ctx, ctx.account ? `account ${ctx.account.id}` : `without ${ip}`)
  if (hour.count >= most) {
    const retryAfter = Math.ceil((hour.until - ctx.clock.now().epochMilliseconds) / 1000)
    return fail('proof-needed', { retryAfter })
  }
  hour.count += 1
  return ok({ giveBack: async () => void (hour.count -= 1) })
}

/** null where it is none, or was used before. */
async function permitFor(ctx: Ctx, ip: string, proof: string): Promise<Permit | null> {
  const payload = payloadOf(proof)
  if (!payload || !(await verifySolution(payload, keyOf(ctx), false))) return null
  // Signed with the rest.
  const { expires, level } = extractParams(payload)
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(expires) * 1000)
  // A level lower: each process counts for itself, and another one may have set the task.
  if (Temporal.Instant.compare(expiresAt, ctx.clock.now()) <= 0 || Number(level) < levelOf(ctx, ip) - 1) return null
  if (!(await useProof(ctx, payload.challenge, expiresAt))) return null
  const hour = hourOf(ctx, `proofs ${ip}`)
  hour.count += 1
  return {
    giveBack: async () => {
      hour.count -= 1
      await giveProofBack(ctx, payload.challenge)
    },
  }
}

const levelOf = (ctx: Ctx, ip: string): number =>
  Math.min(HIGHEST_LEVEL, Math.floor(hourOf(ctx, `proofs ${ip}`).count / PROOFS_A_LEVEL))

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

const hours = perCity(() => new LRUCache<string, { until: number; count: number }>({ max: ADDRESSES }))

/** What is counted of one address or account in an hour that begins with the first. */
function hourOf(ctx: Ctx, key: string): { readonly until: number; count: number } {
  const known = hours(ctx)
  const now = ctx.clock.now().epochMilliseconds
  let hour = known.get(key)
  if (!hour || hour.until <= now) known.set(key, (hour = { until: now + 3_600_000, count: 0 }))
  return hour
}
