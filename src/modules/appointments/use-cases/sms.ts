import { limited, type Limit } from '#modules/accounts/public.ts'
import { dialable, isMobile } from '#modules/notifications/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { bookingWithKey, type Key } from '../store/bookings.ts'

/**
 * Each SMS costs the city money, and whoever books need not be whose number it is: so many bookings of a day are reminded of
 * by SMS, all others by mail alone. A whole office can stand behind one address. Demo values.
 */
const DAY = 24 * 60
const BY_NUMBER: Limit = { name: 'appointment-sms-number', most: 3, minutes: DAY }
const BY_ACCOUNT: Limit = { name: 'appointment-sms-account', most: 5, minutes: DAY }
const BY_ADDRESS: Limit = { name: 'appointment-sms-address', most: 20, minutes: DAY }

/** Whether a hold that gets a name now is too much for an SMS. Asks the database only where a mobile number was typed. */
export async function isTooMuchForSms(
  ctx: Ctx,
  { id, key, telephone, ip }: { id: string; key: Key; telephone: string | null; ip: string },
): Promise<boolean> {
  if (telephone === null || !isMobile(telephone)) return false
  // A double click, or somebody who has no hold, uses nobody's SMS up.
  if ((await bookingWithKey(ctx, id, key))?.state !== 'held') return false
  return isOverSmsLimit(ctx, telephone, ip)
}

/** Counts one more SMS to that number. */
export async function isOverSmsLimit(ctx: Ctx, telephone: string | null, ip: string): Promise<boolean> {
  if (telephone === null || !isMobile(telephone) || may(ctx, 'appointments.book')) return false
  const over = await limited(
    ctx,
    [BY_NUMBER, dialable(telephone)],
    [BY_ADDRESS, ip],
    ...(ctx.account ? [[BY_ACCOUNT, ctx.account.id] as const] : []),
  )
  return over !== null
}
