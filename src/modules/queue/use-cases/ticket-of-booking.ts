import type { ArrivedTicket } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { today } from '#platform/time/clock.ts'
import { hashOfCode, newCode } from '../domain/code.ts'
import { isHere, type Visit } from '../domain/visit.ts'
import { insertGlance } from '../store/glances.ts'
import { visitOfBooking, visitOfDay } from '../store/visits.ts'

/** For who opens their booking while they wait: their number, and a page that shows how it stands and changes nothing. */
export const ticketOfBooking: ArrivedTicket = {
  numberOf: async (ctx, booking) => (await visitNow(ctx, booking))?.ticket ?? null,
  open: async (ctx, booking) => {
    const visit = await visitNow(ctx, booking)
    if (!visit) return null
    const code = newCode()
    await transaction(ctx, (ctx) => insertGlance(ctx, visit.id, hashOfCode(code)))
    return `/warten/${code}`
  },
}

/** Of today, and still in the city's houses: whoever was sent on is where they were sent. */
async function visitNow(ctx: Ctx, booking: string): Promise<Visit | null> {
  const day = today(ctx.clock)
  const booked = await visitOfBooking(ctx, booking)
  let visit = booked && (await visitOfDay(ctx, booked.id, day))
  while (visit?.forwardedTo) visit = await visitOfDay(ctx, visit.forwardedTo, day)
  return visit && isHere(visit) ? visit : null
}
