import type { Ctx } from '#platform/context.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import type { Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import type { Booking } from '../domain/booking.ts'
import { displacedBy } from '../use-cases/displaced.ts'

export const instant = () => Type.String({ format: 'date-time' })

export const BookingReply = Type.Object({
  id: Type.String({ format: 'uuid' }),
  state: Type.String({ description: 'held, reserved (to be confirmed by the link in the mail), booked or cancelled' }),
  office: Type.String(),
  start: instant(),
  end: instant(),
  services: Type.Array(Type.String()),
  people: Type.Integer(),
  variant: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  expiresAt: Type.Union([instant(), Type.Null()]),
  sequence: Type.Integer({ description: 'For If-Match: goes up with every change' }),
  reminder: Type.String({ description: 'mail-and-sms (SMS to a mobile number), mail or none' }),
  arrivalCode: Type.Union([Type.String(), Type.Null()], {
    description: 'Says at the terminal that somebody is here, and opens nothing; null where it is not booked in person',
  }),
  displaced: Type.Union([Type.String(), Type.Null()], {
    description:
      'Set where the city cannot keep the time: closure, rule, block, duty or qualification. Please move or cancel it',
  }),
})

/** The booking after what was asked for, or why nothing was done. */
export const answer = async (ctx: Ctx, result: Result<Booking>, status = 200): Promise<Reply> =>
  result.ok ? bookingReply(ctx, result.value, status) : problem(result)

export async function bookingReply(ctx: Ctx, booking: Booking, status = 200): Promise<Reply> {
  const { id, state, office, startsAt, endsAt, services, people, variant, name, expiresAt, sequence, reminder } =
    booking
  const arrivalCode = state === 'booked' && variant === 'in-person' ? booking.arrivalCode : null
  const [start, end] = [isoSeconds(startsAt), isoSeconds(endsAt)]
  const until = expiresAt && isoSeconds(expiresAt)
  const displaced = (await displacedBy(ctx, booking))?.kind ?? null
  const value = {
    id,
    state,
    office,
    start,
    end,
    services,
    people,
    variant,
    name,
    expiresAt: until,
    sequence,
    reminder,
    arrivalCode,
    displaced,
  }
  return jsonReply(value, status, { etag: `"${sequence}"` })
}
