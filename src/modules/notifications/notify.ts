import { accountsByIds } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  dialable,
  isMobile,
  planDeliveries,
  UNCONFIRMED_AN_HOUR,
  type Limited,
  type Notice,
  type PastMessage,
  type Recipient,
} from './domain/notice.ts'
import { browsersOf } from './store/browsers.ts'
import { countMails, countSms, insertMessages, insertPastMessages } from './store/messages.ts'

/**
 * Tells somebody something: stores the message and enqueues its deliveries in the caller's transaction, so that nothing
 * goes out for what was rolled back, and nothing is lost that was committed. The same key is told once.
 * An account without a mail address in the notice is written to at the account's own.
 * A recipient that nothing can reach makes a failed delivery, which staff see; it never throws.
 */
export async function notify(ctx: Ctx, notice: Notice): Promise<{ id: string; repeated: boolean }> {
  const [told] = await notifyMany(ctx, [notice])
  return told!
}

/** As `notify`, for many in few round trips. Answers in the order of the notices. */
export async function notifyMany(ctx: Ctx, notices: readonly Notice[]): Promise<{ id: string; repeated: boolean }[]> {
  if (notices.length === 0) return []
  const accounts = await accountsOf(ctx, notices)
  const addressed = notices.map((notice) => ({ notice, to: recipientOf(notice, accounts) }))
  const full = await fullWays(ctx, addressed, accounts)
  const browsers = await browsersOf(
    ctx,
    addressed.map(({ to }) => to.topic).filter((topic) => topic != null),
  )
  return insertMessages(
    ctx,
    addressed.map((one) => {
      const reached = { full: full(one), browsers: browsers.get(one.to.topic ?? '') ?? [] }
      return { ...one, deliveries: planDeliveries(one.notice, one.to, reached) }
    }),
  )
}

type Accounts = Awaited<ReturnType<typeof accountsByIds>>
interface Addressed {
  readonly notice: Notice
  readonly to: Recipient
}

const needsMail = ({ channels }: Notice) => channels === undefined || channels.includes('mail')

/** Accounts whose address is needed: to write to it, or to compare it with one that somebody typed. */
async function accountsOf(ctx: Ctx, notices: readonly Notice[]): Promise<Accounts> {
  const ids = notices
    .filter((notice) => notice.to.accountId && (notice.unconfirmed === true || (!notice.to.email && needsMail(notice))))
    .map(({ to }) => to.accountId!)
  return ids.length === 0 ? new Map() : accountsByIds(ctx, [...new Set(ids)])
}

function recipientOf(notice: Notice, accounts: Accounts): Recipient {
  const { accountId, email } = notice.to
  if (!accountId || email || !needsMail(notice)) return { ...notice.to, email: email?.trim() || null }
  return { ...notice.to, email: accounts.get(accountId)?.email ?? null }
}

/** By which ways an address that nobody has confirmed has got enough for this hour, those of the same call counted in. */
async function fullWays(ctx: Ctx, addressed: readonly Addressed[], accounts: Accounts) {
  const since = ctx.clock.now().subtract({ hours: 1 })
  const mail = await fullAt(
    addressed,
    (one) => strangersMail(one, accounts),
    UNCONFIRMED_AN_HOUR.mail,
    (emails) => countMails(ctx, emails, UNCONFIRMED_AN_HOUR.mail, since),
  )
  const sms = await fullAt(addressed, strangersNumber, UNCONFIRMED_AN_HOUR.sms, (numbers) =>
    countSms(ctx, numbers, UNCONFIRMED_AN_HOUR.sms, since),
  )
  return (one: Addressed): Limited[] => [
    ...(mail(one) ? (['mail'] as const) : []),
    ...(sms(one) ? (['sms'] as const) : []),
  ]
}

/** Whoever is signed in, too, can type a stranger's address. */
function strangersMail({ notice, to }: Addressed, accounts: Accounts): string | null {
  const email = to.email?.toLowerCase()
  return notice.unconfirmed === true && email && accounts.get(to.accountId ?? '')?.email.toLowerCase() !== email
    ? email
    : null
}

const strangersNumber = ({ notice, to }: Addressed): string | null =>
  notice.unconfirmed && (notice.sms || notice.channels?.includes('sms')) && to.telephone && isMobile(to.telephone)
    ? dialable(to.telephone)
    : null

async function fullAt(
  addressed: readonly Addressed[],
  addressOf: (one: Addressed) => string | null,
  most: number,
  count: (addresses: readonly string[]) => Promise<Map<string, number>>,
) {
  const asked = new Set(addressed.map(addressOf).filter((address) => address !== null))
  if (asked.size === 0) return () => false
  const got = await count([...asked])
  return (one: Addressed): boolean => {
    const address = addressOf(one)
    if (address === null) return false
    const before = got.get(address) ?? 0
    got.set(address, before + 1)
    return before >= most
  }
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
