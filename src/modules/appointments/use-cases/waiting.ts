import { isMailAddress } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cityCalendar } from '../calendars.ts'
import { hashOfCode, newCode } from '../domain/booking.ts'
import { instantOf } from '../domain/cells.ts'
import { FIRST_LOOK, sameWish, whoToTell, type Waiting } from '../domain/waiting.ts'
import { cellsOfWish, type Wish } from '../domain/work.ts'
import {
  countWaiting,
  insertWaiting,
  lockWaiting,
  setTold,
  waitingSince,
  type NewWaiting,
  type WaitingRow,
} from '../store/waiting.ts'
import { texts } from '../texts/index.ts'
import { findTimes, wishRefused } from './find.ts'
import { confirmWaitingMail, freedMail } from './waiting-mails.ts'

/** Nobody waits longer than that without saying so again. */
const LONGEST: Temporal.DurationLike = { hours: 8 * 7 * 24 }
/** Wishes of one mail address at once. */
const MOST = 5
/** Times that are looked at for one wish: more people than that are not told in one minute. */
const MOST_TIMES = 200

export interface WantsToWait extends Wish {
  readonly offices: readonly string[]
  readonly fromDay: string | null
  readonly weekdays: readonly number[]
  /** The earliest time that they could have now; null: there is none. */
  readonly before: Temporal.Instant | null
}

/** Puts somebody on the waiting list: with an account at once, otherwise when the link in the mail is followed. */
export async function wait(ctx: Ctx, wish: WantsToWait, email: string): Promise<Result<{ id: string; code: string }>> {
  if (!isMailAddress(email)) return fail('invalid-input', { fields: { email: texts(ctx).problems.mailNotValid } })
  const length = cellsOfWish(wish, (await cityCalendar(ctx)).services)
  if ('problem' in length) return wishRefused(ctx, length.problem)
  if ((await countWaiting(ctx, email)) >= MOST)
    return fail('invalid-input', { fields: { email: texts(ctx).waiting.tooMany } })
  const { account, locale } = ctx
  const isOwn = account !== null && account.email.toLowerCase() === email.toLowerCase()
  const code = newCode()
  const row: NewWaiting = {
    ...wish,
    id: newId(),
    state: isOwn ? 'waiting' : 'unconfirmed',
    account: isOwn ? account.id : null,
    email,
    locale,
    expiresAt: earlier(ctx.clock.now().add(LONGEST), wish.before),
  }
  // Whoever has the mail's code reads the mail of that address; this device has another one, which shows the wish alone.
  const mailCode = isOwn ? code : newCode()
  await transaction(ctx, async (ctx) => {
    await insertWaiting(ctx, row, hashOfCode(mailCode))
    if (!isOwn) await confirmWaitingMail(ctx, row, mailCode)
  })
  return ok({ id: row.id, code: isOwn ? code : '' })
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant | null): Temporal.Instant =>
  b !== null && Temporal.Instant.compare(b, a) < 0 ? b : a

/** Tells those who have waited longest what is free now; a job of every minute. @returns how many */
export async function tellWaiting(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const since = now.subtract(FIRST_LOOK)
  // Before anything is locked: the calendar may have to ask the database.
  const free = new Map<string, Temporal.Instant[]>()
  for (const one of await waitingSince(ctx, since))
    if (!free.has(sameWish(one))) free.set(sameWish(one), await freeFor(ctx, one))
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

async function freeFor(ctx: Ctx, wish: Waiting): Promise<Temporal.Instant[]> {
  const { services, people, variant, offices, weekdays, fromDay } = wish
  const found = await findTimes(ctx, {
    services,
    people,
    variant,
    offices,
    weekdays,
    from: fromDay,
    to: null,
    audience: 'public',
    limit: MOST_TIMES,
  })
  // A service that is offered no longer has no times.
  return found.ok ? found.value.times.map(({ from }) => instantOf(from)) : []
}
