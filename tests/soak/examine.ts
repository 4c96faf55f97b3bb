import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import type { City } from './city.ts'
import type { Mailbox } from './mailbox.ts'
import type { Receipt } from './person.ts'
import { lostTimes, type PromisedTime } from './visitor.ts'

export interface Examination {
  readonly receipts: number
  /** Times that were kept or reserved. */
  readonly times: number
  /** Mails that went out, and how many of them a second time. */
  readonly mails: number
  readonly repeated: number
  /** What is wrong, as sentences; nothing should be. */
  readonly wrong: readonly string[]
}

const ROOT = join(import.meta.dirname, '../..')

/** Looks for everything that the city promised: times, cases, audit chain, mails. */
export async function examine(
  city: City,
  { receipts, promised }: { receipts: readonly Receipt[]; promised: readonly PromisedTime[] },
  box: Mailbox,
  log: (line: string) => void,
): Promise<Examination> {
  const { url } = await startEmbedded({ dataDir: city.dataDir, log: { info() {}, warn() {} }, mode: 'join' })
  const pool = new Pool({ connectionString: url, max: 2, options: '-c search_path=t_musterstadt,public' })
  try {
    // First: a hold is kept for ten minutes, and waiting for all jobs takes its time.
    const wrong = [
      ...(await lostTimes(pool, promised)),
      ...(await undoneJobs(pool, log)),
      ...(await lostCases(pool, receipts)),
      ...(await strangeReceipts(city, receipts)),
      ...brokenChain(city),
      ...(await lostMails(pool, receipts, box)),
    ]
    const ids = new Set(box.mails.map((mail) => mail.messageId))
    return {
      receipts: receipts.length,
      times: promised.length,
      mails: ids.size,
      repeated: box.mails.length - ids.size,
      wrong,
    }
  } finally {
    await pool.end()
  }
}

/** Longest time in which no job at all gets done while some are due. A worker that was killed is noticed in half a minute. */
const STANDSTILL_MS = 120_000
const SAID_EVERY_MS = 30_000

/**
 * Jobs that a crash interrupted are taken back by the workers; each is done in the end. A job may leave several others, so
 * progress is any change: nobody submits any more, and a new job is the work of one that is done.
 */
async function undoneJobs(pool: Pool, log: (line: string) => void): Promise<string[]> {
  let last = ''
  let progressAt = performance.now()
  let saidAt = 0
  for (;;) {
    const { rows } = await pool.query<{ due: number; newest: string | null; failing: string | null }>(
      `select count(*)::int as due, max(id)::text as newest, max(last_error) as failing
       from graphile_worker._private_jobs where run_at < now() + interval '2 minutes' or attempts > 0`,
    )
    const { due, newest, failing } = rows[0]!
    if (due === 0) return []
    if (performance.now() - saidAt > SAID_EVERY_MS) {
      log(`jobs to be done: ${due.toLocaleString('en')}`)
      saidAt = performance.now()
    }
    const now = `${due} ${newest}`
    if (now !== last) [last, progressAt] = [now, performance.now()]
    if (performance.now() - progressAt > STANDSTILL_MS)
      return [`${due} jobs are not done; one of them says: ${failing}`]
    await sleep(500)
  }
}

/** One case for each receipt, and none more: a repeated submission is the same case. */
async function lostCases(pool: Pool, receipts: readonly Receipt[]): Promise<string[]> {
  const { rows } = await pool.query<{ number: string; email: string; state: string; entries: number }>(
    `select c.number, c.applicant_email as email, c.state,
       (select count(*)::int from audit_entry a where a.subject = 'case:' || c.id) as entries
     from cases_case c where c.applicant_email like 'soak-%'`,
  )
  const byEmail = Map.groupBy(rows, (row) => row.email)
  const wrong = receipts.flatMap(({ email, caseNumber }) => {
    const cases = byEmail.get(email) ?? []
    const [first] = cases
    if (!first) return [`receipt ${caseNumber}: its case is lost`]
    if (cases.length > 1) return [`receipt ${caseNumber}: there are ${cases.length} cases`]
    if (first.number !== caseNumber) return [`receipt ${caseNumber}: the case is ${first.number}`]
    if (first.state !== 'registered') return [`case ${caseNumber} stands still in ${first.state}`]
    return first.entries > 0 ? [] : [`case ${caseNumber} has no audit entry`]
  })
  const known = new Set(receipts.map(({ email }) => email))
  return [
    ...wrong,
    ...rows.filter(({ email }) => !known.has(email)).map(({ number }) => `case ${number} has no receipt`),
  ]
}

/** Number and code on the receipt open the case's state; tried for some. */
async function strangeReceipts(city: City, receipts: readonly Receipt[]): Promise<string[]> {
  const wrong: string[] = []
  const step = Math.max(1, Math.floor(receipts.length / 40))
  for (const { caseNumber, accessCode } of receipts.filter((_, at) => at % step === 0)) {
    const from = `10.9.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`
    const reply = await fetch(`${city.url}/api/v1/cases/${caseNumber}?code=${accessCode}`, {
      headers: { 'x-forwarded-for': from },
    })
    if (reply.status !== 200) wrong.push(`receipt ${caseNumber}: its code opens nothing (${reply.status})`)
    await reply.arrayBuffer()
  }
  return wrong
}

function brokenChain(city: City): string[] {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'src/main.ts'), 'doctor'], {
    env: { PATH: process.env['PATH'], DATA_DIR: city.dataDir },
    encoding: 'utf8',
  })
  const chain =
    stdout.split('\n').find((line) => line.includes('audit chain')) ?? 'doctor says nothing of the audit chain'
  return chain.startsWith('✓') ? [] : [chain]
}

/** Each message of the city reached the mail server, and one that went out twice carries the same Message-ID. */
async function lostMails(pool: Pool, receipts: readonly Receipt[], box: Mailbox): Promise<string[]> {
  const { rows } = await pool.query<{ email: string; messages: number; unsent: number }>(
    `select m.email, count(*)::int as messages, count(*) filter (where d.state <> 'sent')::int as unsent
     from notifications_message m join notifications_delivery d on d.message = m.id and d.channel = 'mail'
     where m.email like 'soak-%' group by m.email`,
  )
  const expected = new Map(rows.map((row) => [row.email, row]))
  const taken = Map.groupBy(box.mails, (mail) => mail.to)
  return receipts.flatMap(({ email, caseNumber }) => {
    const { messages = 0, unsent = 0 } = expected.get(email) ?? {}
    const mails = taken.get(email) ?? []
    const ids = new Set(mails.map((mail) => mail.messageId))
    const subjects = new Set(mails.map((mail) => mail.subject))
    if (messages === 0) return [`case ${caseNumber}: nobody was told of it`]
    if (unsent > 0) return [`case ${caseNumber}: ${unsent} mails are not sent`]
    if (ids.size < messages) return [`case ${caseNumber}: ${messages - ids.size} of ${messages} mails are missing`]
    if (ids.size > subjects.size) return [`case ${caseNumber}: a mail went out again under another Message-ID`]
    return ids.size > messages ? [`case ${caseNumber}: ${ids.size} mails for ${messages} messages`] : []
  })
}
