import { accountById, accountsByIds } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  planDeliveries,
  UNCONFIRMED_MAILS_AN_HOUR,
  type Notice,
  type PastMessage,
  type Recipient,
} from './domain/notice.ts'
import { hasGot, insertMessage, insertPastMessages } from './store/messages.ts'

/**
 * Tells somebody something: stores the message and enqueues its deliveries in the caller's transaction, so that nothing
 * goes out for what was rolled back, and nothing is lost that was committed. The same key is told once.
 * An account without a mail address in the notice is written to at the account's own.
 * A recipient that nothing can reach makes a failed delivery, which staff see; it never throws.
 */
export async function notify(ctx: Ctx, notice: Notice): Promise<{ id: string; repeated: boolean }> {
  const to = await recipientOf(ctx, notice)
  const deliveries = planDeliveries(notice, to, await hasMailsEnough(ctx, notice, to))
  return insertMessage(ctx, { notice, to, deliveries })
}

async function hasMailsEnough(ctx: Ctx, notice: Notice, to: Recipient): Promise<boolean> {
  if (!notice.unconfirmed || !to.email || (await isOwnAddress(ctx, to.accountId, to.email))) return false
  return hasGot(ctx, to.email, UNCONFIRMED_MAILS_AN_HOUR, ctx.clock.now().subtract({ hours: 1 }))
}

/** Whoever is signed in, too, can type a stranger's address. */
async function isOwnAddress(ctx: Ctx, accountId: Recipient['accountId'], email: string): Promise<boolean> {
  const account = accountId ? await accountById(ctx, accountId) : null
  return account?.email.toLowerCase() === email.toLowerCase()
}

async function recipientOf(ctx: Ctx, notice: Notice): Promise<Recipient> {
  const { accountId, email, telephone } = notice.to
  const needsMail = notice.channels === undefined || notice.channels.includes('mail')
  if (!accountId || email || !needsMail) return { accountId, email: email?.trim() || null, telephone }
  const account = await accountById(ctx, accountId)
  return { accountId, email: account?.email ?? null, telephone }
}

/** As `notify`, for many. @returns how many were new */
export async function notifyMany(ctx: Ctx, notices: readonly Notice[]): Promise<number> {
  let count = 0
  for (const notice of notices) if (!(await notify(ctx, notice)).repeated) count += 1
  return count
}

/** Rows of one statement: few round trips, and no parameter of many megabytes. */
const PAST_MESSAGES_AT_ONCE = 1_000

/** For demo data: messages of the past, stored as sent. Nothing is enqueued and nothing leaves the house. */
export async function recordPastMessages(ctx: Ctx, messages: readonly PastMessage[]): Promise<number> {
  const ids = new Set(messages.filter((m) => m.to.accountId && !m.to.email).map((m) => m.to.accountId!))
  const accounts = await accountsByIds(ctx, [...ids])
  let count = 0
  for (let start = 0; start < messages.length; start += PAST_MESSAGES_AT_ONCE) {
    const part = messages.slice(start, start + PAST_MESSAGES_AT_ONCE)
    count += await insertPastMessages(
      ctx,
      part.map((notice) => {
        const to = { ...notice.to, email: notice.to.email ?? accounts.get(notice.to.accountId ?? '')?.email ?? null }
        return { notice, to, deliveries: planDeliveries(notice, to) }
      }),
    )
  }
  return count
}
