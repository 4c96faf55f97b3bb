import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { exec, maybe, sql } from '../db/db.ts'
import { newId } from '../db/id.ts'
import { job, jobType, type Job } from '../jobs/jobs.ts'
import { errorForLog } from '../log.ts'
import { fail } from '../problem.ts'
import { details } from './details.ts'
import { hashBody, readKey, scopedKey } from './idempotency.ts'
import { problem, type Reply } from './reply.ts'
import type { Req } from './route.ts'

/** How long a request may be repeated. */
const KEPT_HOURS = 24
/** After that, whoever began and never answered does not any more: the program was killed. */
const LEASE_SECONDS = 60
/** How long a second request waits for the answer to the first. */
const PATIENCE_MS = 10_000
/** 128 bits in base64url. The key is all that keeps a stranger from the answer of somebody who is not signed in. */
const SHORTEST_OF_ANYBODY = 22

interface Kept {
  readonly hash: Buffer
  readonly bodyHash: string
  /** Opens the answer, and is made of the key: what the database holds opens nothing. */
  readonly sealKey: Buffer
}

type JsonReply = Extract<Reply, { type: 'json' }>

/**
 * Answers a request with an Idempotency-Key once: whoever repeats it gets what was answered first, and nothing is done a
 * second time, also where two come at once. Refusals are not kept: after one the same key may be used again.
 *
 * Round trips: none without the header; two with it, and two for a repetition.
 */
export async function answerOnce(ctx: Ctx, req: Req, work: () => Promise<Reply> | Reply): Promise<Reply> {
  const header = req.headers['idempotency-key']
  if (header === undefined) return work()
  const key = readKey(header)
  if (key === null) return problem(fail('key-missing'))
  if (!ctx.account && !ctx.device && key.length < SHORTEST_OF_ANYBODY)
    return problem(fail('key-missing', { says: details.keyCanBeGuessed(SHORTEST_OF_ANYBODY) }))
  const kept = keptUnder(ctx, req, key)
  const claim = newId()
  const until = performance.now() + PATIENCE_MS
  for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
    if (await takeKey(ctx, kept, claim)) return answerAndKeep(ctx, kept, claim, work)
    const first = await readAnswer(ctx, kept)
    if (first && first.bodyHash !== kept.bodyHash) return problem(fail('key-reused'))
    if (first?.answer) return repeated(kept, first.answer)
    if (performance.now() > until) return problem(fail('key-in-use', { retryAfter: 5 }))
    await sleep(pause)
  }
}

async function answerAndKeep(ctx: Ctx, kept: Kept, claim: string, work: () => Promise<Reply> | Reply): Promise<Reply> {
  // What is done is done, and what went wrong is said, whether or not that can be noted.
  const noted = (note: Promise<unknown>) =>
    note.catch((error: unknown) => ctx.log.warn({ error: errorForLog(error) }, 'the answer to a key was not kept'))
  let answer: Reply
  try {
    answer = await work()
  } catch (error) {
    await noted(giveKeyBack(ctx, kept, claim))
    throw error
  }
  const isDone = answer.type === 'json' && answer.status < 300
  await noted(isDone ? keepAnswer(ctx, kept, claim, answer as JsonReply) : giveKeyBack(ctx, kept, claim))
  return answer
}

function keptUnder(ctx: Ctx, { method, body }: Req, key: string): Kept {
  const whole = `${method} ${ctx.path} ${scopedKey(ctx, key)}`
  const bodyHash = hashBody(body)
  return {
    hash: createHash('sha256').update(whole).digest(),
    bodyHash,
    sealKey: createHmac('sha256', key).update(`answer:${whole}:${bodyHash}`).digest(),
  }
}

function repeated({ sealKey }: Kept, answer: Buffer): Reply {
  const first = opened(sealKey, answer)
  return { ...first, headers: { ...first.headers, 'idempotency-replayed': 'true' } }
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM: initialisation vector, tag, text. An answer holds codes, of which the city keeps hashes alone. */
function sealed(key: Buffer, reply: JsonReply): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(reply)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text])
}

function opened(key: Buffer, bytes: Buffer): JsonReply {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  return JSON.parse(text.toString()) as JsonReply
}

/** False where somebody has it, who is at work or has answered. */
async function takeKey(ctx: Ctx, { hash, bodyHash }: Kept, claim: string): Promise<boolean> {
  const now = ctx.clock.now()
  const taken = await exec(
    ctx.db,
    sql`insert into http_answer as a (key_hash, body_hash, claim, at) values (${hash}, ${bodyHash}, ${claim}, ${now})
      on conflict (key_hash) do update set body_hash = excluded.body_hash, claim = excluded.claim, at = excluded.at, answer = null
        where a.at < ${now.subtract({ hours: KEPT_HOURS })}
          or (a.answer is null and a.at < ${now.subtract({ seconds: LEASE_SECONDS })})`,
  )
  return taken === 1
}

const readAnswer = (ctx: Ctx, { hash }: Kept) =>
  maybe(
    ctx.db,
    sql<{ bodyHash: string; answer: Buffer | null }>`select body_hash as "bodyHash", answer from http_answer
      where key_hash = ${hash}`,
  )

async function keepAnswer(ctx: Ctx, { hash, sealKey }: Kept, claim: string, reply: JsonReply): Promise<void> {
  await exec(
    ctx.db,
    sql`update http_answer set answer = ${sealed(sealKey, reply)} where key_hash = ${hash} and claim = ${claim}`,
  )
}

async function giveKeyBack(ctx: Ctx, { hash }: Kept, claim: string): Promise<void> {
  await exec(ctx.db, sql`delete from http_answer where key_hash = ${hash} and claim = ${claim}`)
}

export const answerJobs: readonly Job[] = [
  job(
    jobType('platform.forget-answers'),
    async (ctx) => {
      await exec(ctx.db, sql`delete from http_answer where at < ${ctx.clock.now().subtract({ hours: KEPT_HOURS })}`)
    },
    { schedule: '37 * * * *' },
  ),
]
