import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import type { Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import type { Booking } from '../domain/booking.ts'
import { displacedBy, type Why } from '../use-cases/displaced.ts'
import { bookingPath, calendarPath } from '../use-cases/mails.ts'

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
  sequence: Type.Integer({
    description: 'For If-Match: goes up when it is confirmed, moved or cancelled, and when its address is corrected',
  }),
  reminder: Type.String({ description: 'mail-and-sms (SMS to a mobile number), mail or none' }),
  arrivalCode: Type.Union([Type.String(), Type.Null()], {
    description: 'Says at the terminal that somebody is here, and opens nothing; null where it is not booked in person',
  }),
  displaced: Type.Union([Type.String(), Type.Null()], {
    description:
      'Set where the city cannot keep the time: closure, rule, block, duty or qualification. Please move or cancel it',
  }),
  links: Type.Object(
    {
      page: Type.String({ format: 'uri', description: 'Where a person sees, moves and cancels it' }),
      calendar: Type.Union([Type.String({ format: 'uri' }), Type.Null()], {
        description: 'Its iCalendar file (RFC 5545), which says so when it is cancelled; null until it is booked',
      }),
    },
    { description: 'Opened by the code that was sent, which they hold, or by the account' },
  ),
})

/**
 * The booking after what was asked for, or why nothing was done.
 * @param code that was sent and opens it; '' for whoever is signed in and came without one
 */
export const answer = async (ctx: Ctx, result: Result<Booking>, code: string, status = 200): Promise<Reply> =>
  result.ok ? bookingReply(ctx, result.value, code, status) : problem(result)

export async function bookingReply(ctx: Ctx, booking: Booking, code: string, status = 200): Promise<Reply> {
  const value = told(ctx, booking, { code, displaced: await displacedBy(ctx, booking) })
  return jsonReply(value, status, { etag: `"${booking.sequence}"` })
}

/** A booking as programs see it. */
export function told(ctx: Ctx, booking: Booking, o: { code: string; displaced: Why | null }) {
  const { id, state, office, startsAt, endsAt, services, people, variant, name, expiresAt, sequence, reminder } =
    booking
  // Those that were given back before that have none, either.
  const wasBooked = expiresAt === null
  return {
    id,
    state,
    office,
    start: isoSeconds(startsAt),
    end: isoSeconds(endsAt),
    services,
    people,
    variant,
    name,
    expiresAt: expiresAt && isoSeconds(expiresAt),
    sequence,
    reminder,
    arrivalCode: state === 'booked' && variant === 'in-person' ? booking.arrivalCode : null,
    displaced: o.displaced?.kind ?? null,
    links: {
      page: linkTo(ctx, bookingPath(id, o.code)),
      calendar: wasBooked ? linkTo(ctx, calendarPath(id, o.code)) : null,
    },
  }
}

const linkTo = (ctx: Ctx, path: string): string => `${ctx.tenant.baseUrl}${href(ctx, path)}`
