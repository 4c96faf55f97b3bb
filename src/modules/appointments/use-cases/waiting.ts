import { isMailAddress } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { formatDay } from '#platform/i18n/format.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { cityCalendar } from '../calendars.ts'
import { hashOfCode, newCode } from '../domain/booking.ts'
import { instantOf } from '../domain/cells.ts'
import { endOfWaiting, FIRST_LOOK, sameWish, whoToTell, type Waiting } from '../domain/waiting.ts'
import type { Wish } from '../domain/work.ts'
import {
  countWaiting,
  insertWaiting,
  lockMailOfWaiting,
  lockWaiting,
  setTold,
  setWaitingState,
  waitingOfAccount,
  waitingSince,
  waitingWithCode,
  type NewWaiting,
  type WaitingRow,
} from '../store/waiting.ts'
import { texts } from '../texts/index.ts'
import { findTimes, officesDoing } from './find.ts'
import { mayHold } from './proof.ts'
import { confirmWaitingMail, freedMail } from './waiting-mails.ts'

/** Wishes of one mail address at once. */
const MOST = 5
/** Mails a day to an address from which nothing comes back. */
const MOST_UNCONFIRMED = 3
/** Times that are looked at for one wish: more people than that are not told in one minute. */
const MOST_TIMES = 200

export type WantsToWait = Pick<Waiting, keyof Wish | 'offices' | 'fromDay' | 'lastDay' | 'weekdays'>

interface Sender {
  readonly email: string
  readonly ip: string
  /** Of work; '' where there is none. */
  readonly proof: string
}

/**
 * Puts somebody on the waiting list: with an account at once, otherwise when the link in the mail is followed.
 * @returns with the code that opens it; null where it stands in the mail alone
 */
export async function wait(
  ctx: Ctx,
  wish: WantsToWait,
  { email, ip, proof }: Sender,
): Promise<Result<{ row: NewWaiting; code: string | null }>> {
  const fields = wrongIn(ctx, wish, email)
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields })
  const free = await freeFor(ctx, wish, 1)
  if (!free.ok) return free
  const doneBy = officesDoing(await cityCalendar(ctx), wish.services)
  if (wish.offices.length > 0 && !wish.offices.some((slug) => doneBy.includes(slug)))
    return fail('invalid-input', { fields: { office: texts(ctx).wish.notDoneHere } })
  const permit = await mayHold(ctx, { ip, proof })
  if (!permit.ok) return permit
  const { account, locale } = ctx
  const isOwn = account !== null && account.email.toLowerCase() === email.toLowerCase()
  const before = free.value[0] ?? null
  const row: NewWaiting = {
    ...wish,
    // What is past is from now on; the database knows no year 0.
    fromDay: wish.fromDay !== null && wish.fromDay < today(ctx.clock).toString() ? null : wish.fromDay,
    id: newId(),
    state: isOwn ? 'waiting' : 'unconfirmed',
    before,
    account: isOwn ? account.id : null,
    email,
    locale,
    expiresAt: endOfWaiting(ctx.clock.now(), { lastDay: wish.lastDay, before }),
  }
  const code = newCode()
  const t = texts(ctx).waiting
  return transaction(ctx, async (ctx): Promise<Result<{ row: NewWaiting; code: string | null }>> => {
    await lockMailOfWaiting(ctx, email)
    const { open, unconfirmed } = await countWaiting(ctx, email)
    if (open >= MOST) return fail('invalid-input', { fields: { email: t.tooMany } })
    if (!isOwn && unconfirmed >= MOST_UNCONFIRMED)
      return fail('invalid-input', { fields: { email: t.tooManyUnconfirmed } })
    await insertWaiting(ctx, row, hashOfCode(code))
    if (!isOwn) await confirmWaitingMail(ctx, row, code)
    // Whoever has the mail's code reads the mail of that address.
    return ok({ row, code: isOwn ? code : null })
  })
}

/** The link in the mail was followed, or who was told waits on. */
export function waitOn(ctx: Ctx, { id, email, state }: WaitingRow): Promise<Result<null>> {
  return transaction(ctx, async (ctx): Promise<Result<null>> => {
    await lockMailOfWaiting(ctx, email)
    if (state === 'unconfirmed' && (await countWaiting(ctx, email)).open >= MOST)
      return fail('conflict', { detail: texts(ctx).waiting.tooMany })
    await setWaitingState(ctx, id, 'waiting')
    return ok(null)
  })
}

function wrongIn(ctx: Ctx, { fromDay, lastDay }: WantsToWait, email: string): Readonly<Record<string, string>> {
  const t = texts(ctx)
  const now = today(ctx.clock).toString()
  const earliest = fromDay !== null && fromDay > now ? fromDay : now
  return {
    ...(isMailAddress(email) ? {} : { email: t.problems.mailNotValid }),
    ...(lastDay === null || lastDay >= earliest
      ? {}
      : { to: t.waiting.tooEarly(formatDay(ctx, Temporal.PlainDate.from(earliest))) }),
  }
}

/** For who holds a code of it, or for the account that waits. */
export async function readWaiting(ctx: Ctx, id: string, code: string): Promise<WaitingRow | null> {
  const own = ctx.account ? (await waitingOfAccount(ctx, ctx.account.id)).find((row) => row.id === id) : undefined
  return own ?? (code === '' ? null : waitingWithCode(ctx, id, hashOfCode(code)))
}

/** Tells those who have waited longest what is free now; a job of every minute. @returns how many */
export async function tellWaiting(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const since = now.subtract(FIRST_LOOK)
  // Before anything is locked: the calendar may have to ask the database.
  const free = new Map<string, Temporal.Instant[]>()
  for (const one of await waitingSince(ctx, since)) {
    if (free.has(sameWish(one))) continue
    const found = await freeFor(ctx, one, MOST_TIMES)
    // A service that is offered no longer has no times.
    free.set(sameWish(one), found.ok ? found.value : [])
  }
  return transaction(ctx, async (ctx) => {
    const all = await lockWaiting(ctx, since)
    let count = 0
    for (const [wish, same] of Map.groupBy(all, sameWish))
      for (const { id } of whoToTell(same, free.get(wish) ?? [], now)) {
        await tell(
          ctx,
          same.find((one) => one.id === id)!,
        )
        count += 1
      }
    return count
  })
}

async function tell(ctx: Ctx, row: WaitingRow): Promise<void> {
  const code = newCode()
  await setTold(ctx, row.id, hashOfCode(code))
  await freedMail(ctx, row, code)
}

/** Beginnings of free times, the first ones first. */
async function freeFor(ctx: Ctx, wish: WantsToWait, limit: number): Promise<Result<Temporal.Instant[]>> {
  const { services, people, variant, offices, weekdays, fromDay, lastDay } = wish
  const found = await findTimes(ctx, {
    services,
    people,
    variant,
    offices,
    weekdays,
    from: fromDay,
    to: lastDay,
    audience: 'public',
    limit,
  })
  return found.ok ? ok(found.value.times.map(({ from }) => instantOf(from))) : found
}
