import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Booking } from '../domain/booking.ts'
import { bookedOfAddress } from '../store/bookings.ts'
import { codeFor } from './mails.ts'

/**
 * What is booked under exactly this address without an account, each with another code that opens it. Only for whoever has
 * shown that they read its mail, where a link to each of them has gone.
 */
export function openOthersOf(ctx: Ctx, email: string): Promise<{ booking: Booking; code: string }[]> {
  return transaction(ctx, async (ctx) => {
    const opened = []
    for (const booking of await bookedOfAddress(ctx, email)) opened.push({ booking, code: await codeFor(ctx, booking) })
    return opened
  })
}
