import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { problem } from '#platform/http/reply.ts'
import { api, holderOf, type Req } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { hashOfCode, REMINDERS, type Reminder } from '../domain/booking.ts'
import type { HolderKey } from '../store/bookings.ts'
import { texts } from '../texts/index.ts'
import { bookHold, confirmBooking, readBooking } from '../use-cases/book.ts'
import { cancelBooking, moveBooking } from '../use-cases/change.ts'
import { correctMailOf } from '../use-cases/correct-mail.ts'
import { releaseUnconfirmed } from '../use-cases/hold.ts'
import { chooseReminder } from '../use-cases/reminder.ts'
import { answer, bookingReply, BookingReply } from './booking-reply.ts'

const tags = ['appointments']
const Code = Type.String({ maxLength: 64, description: 'The code that came with the hold' })
const params = Type.Object({ id: Type.String({ maxLength: 40 }) })
const opened = Type.Object({ code: Type.Optional(Code) })

const ReminderOf = Type.Union(
  REMINDERS.map((way) => Type.Literal(way)),
  {
    description:
      'How the person is reminded the day before, unless they booked or moved it less than 30 hours before; mail-and-sms where nothing is said',
  },
)
const refusals = { 404: Problem, 409: Problem, 412: Problem, 422: Problem, 429: Problem }
const ifMatch = {
  headers: Type.Object({
    'If-Match': Type.Optional(Type.String({ description: 'The sequence that you saw', examples: ['"2"'] })),
  }),
}

const byCode = holderOf('the code of the hold or the booking, or the account that it belongs to')

/** Booking what is held, and what becomes of it, for programs. */
export const bookingsApiRoutes = [
  api({
    method: 'POST',
    path: '/api/v1/appointments/bookings',
    access: byCode,
    summary: 'Books a time that is held; without an account the link in the mail has to be followed within an hour',
    tags,
    perMinute: 30,
    repeatable: true,
    body: Type.Object(
      {
        hold: Type.String({ maxLength: 40 }),
        code: Code,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        email: Type.String({ minLength: 1, maxLength: 254 }),
        telephone: Type.Optional(Type.String({ maxLength: 40 })),
        reminder: Type.Optional(ReminderOf),
      },
      { additionalProperties: false },
    ),
    replies: { 201: BookingReply, ...refusals },
    handle: async (ctx, req) => {
      const { hold, code, name, email, telephone, reminder } = req.body
      const key = { codeHash: hashOfCode(code) }
      const person = {
        name,
        email,
        telephone: telephone ?? null,
        ...(reminder ? { reminder: reminder as Reminder } : {}),
      }
      return answer(ctx, await bookHold(ctx, hold, key, code, person, req.ip), code, 201)
    },
  }),
  api({
    method: 'POST',
    path: '/api/v1/appointments/bookings/:id/confirmation',
    access: byCode,
    summary:
      'Confirms a reserved booking with the code of the link in the mail; that of the hold does not prove the address',
    tags,
    params,
    body: Type.Object({ code: Type.String({ maxLength: 64, description: 'The code that stands in the mail' }) }),
    replies: { 200: BookingReply, ...refusals },
    handle: async (ctx, req) => {
      const { code } = req.body
      return answer(ctx, await confirmBooking(ctx, req.params.id, code), code)
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/appointments/bookings/:id',
    access: byCode,
    summary: 'A booking, for who holds its code or owns it',
    tags,
    params,
    query: opened,
    replies: { 200: BookingReply, 404: Problem },
    handle: async (ctx, req) => {
      const { code } = req.query
      const booking = await readBooking(ctx, req.params.id, keyOf(ctx, code))
      return booking ? bookingReply(ctx, booking, code ?? '') : problem(fail('not-found'))
    },
  }),
  api({
    method: 'PATCH',
    path: '/api/v1/appointments/bookings/:id',
    access: byCode,
    summary:
      'Moves a booking to a time that is held, chooses its reminder, or corrects the address of one that is not confirmed; its name cannot be changed',
    perMinute: 30,
    tags,
    params,
    query: opened,
    body: Type.Object(
      {
        hold: Type.Optional(
          Type.String({
            maxLength: 40,
            description:
              'For the same services. Once it has moved the booking, the same hold and holdCode again change nothing and are answered 200 with the booking as it is, whatever If-Match says',
          }),
        ),
        holdCode: Type.Optional(Code),
        reminder: Type.Optional(ReminderOf),
        email: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 254,
            description:
              'Of a reserved booking, where the first was mistyped: another mail goes out, and the link in the first opens nothing any more. Three times at most; `expiresAt` stays',
          }),
        ),
      },
      { additionalProperties: false, minProperties: 1, description: 'hold and holdCode, or reminder, or email' },
    ),
    alsoReads: ifMatch,
    replies: { 200: BookingReply, ...refusals },
    handle: async (ctx, req) => {
      const { hold, holdCode, reminder, email } = req.body
      const besides = [reminder, email].filter((one) => one !== undefined).length
      const isMove = hold !== undefined && holdCode !== undefined && besides === 0
      const isOther = hold === undefined && holdCode === undefined && besides === 1
      if (!isMove && !isOther) return problem(fail('invalid-input', { detail: texts(ctx).problems.oneChange }))
      const { id } = req.params
      const { code = '' } = req.query
      const key = keyOf(ctx, req.query.code)
      if (reminder !== undefined)
        return answer(ctx, await chooseReminder(ctx, id, key, reminder as Reminder, req.ip, seen(req)), code)
      if (email !== undefined)
        return answer(ctx, await correctMailOf(ctx, id, key, { email, ip: req.ip }, seen(req)), code)
      const to = { hold: hold!, holdKey: { codeHash: hashOfCode(holdCode!) } }
      return answer(ctx, await moveBooking(ctx, id, { key, code }, to, seen(req)), code)
    },
  }),
  api({
    method: 'DELETE',
    path: '/api/v1/appointments/bookings/:id',
    access: byCode,
    summary: 'Cancels a booking, or gives a time back at once that was only held or not confirmed yet',
    tags,
    params,
    query: opened,
    alsoReads: ifMatch,
    replies: { 200: BookingReply, ...refusals },
    handle: async (ctx, req) => {
      const { code = '' } = req.query
      const key = keyOf(ctx, req.query.code)
      const released = await releaseUnconfirmed(ctx, req.params.id, key, seen(req))
      if (released) return bookingReply(ctx, { ...released, state: 'cancelled' }, code)
      return answer(ctx, await cancelBooking(ctx, req.params.id, key, seen(req)), code)
    },
  }),
]

/** Opens nothing where there is neither a code nor an account. */
function keyOf(ctx: Ctx, code: string | undefined): HolderKey {
  if (code === undefined && ctx.account) return { account: ctx.account.id }
  return { codeHash: hashOfCode(code ?? '') }
}

/** null: whichever it is, which `*` means, too (RFC 9110, section 13.1.1); -1, which none has, for what is no version. */
function seen({ headers }: Pick<Req, 'headers'>): number | null {
  const sent = headers['if-match']
  if (sent === undefined || sent === '*') return null
  const digits = /^"?(\d{1,9})"?$/.exec(String(sent))
  return digits ? Number(digits[1]) : -1
}
