import type { Ctx } from '#platform/context.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { hashOfCode, newCode, type Booking } from '../../domain/booking.ts'
import { addCode } from '../../store/bookings.ts'
import type { PlanChange } from '../../store/plan-changes.ts'
import { texts } from '../../texts/index.ts'
import { bookingPath, tell, words } from '../mails.ts'

type Why = Pick<PlanChange, 'id' | 'kind'>

/** The city had to move somebody: where to, and that they may choose something else. */
export async function movedByCityMail(ctx: Ctx, moved: Booking, old: Booking, why: Why): Promise<void> {
  const t = texts(moved).plan.mails
  const { when, office } = await words(ctx, moved)
  await tell(ctx, moved, 'moved-by-city', {
    subject: texts(moved).mails.movedSubject(when),
    paragraphs: [
      t.mustMove(formatDateTime(old, old.startsAt), t.because[why.kind]),
      t.newTime(when, office),
      t.notGood,
    ],
    link: { path: bookingPath(moved.id, await codeFor(ctx, moved)), label: texts(moved).mails.bookedLink },
    confidential: true,
  })
}

/** Nobody will be there: please choose another time. */
export async function displacedMail(ctx: Ctx, booking: Booking, why: Why): Promise<void> {
  const t = texts(booking).plan.mails
  const { when, office } = await words(ctx, booking)
  const code = await codeFor(ctx, booking)
  await tell(ctx, booking, `displaced:${why.id}`, {
    subject: t.chooseSubject(when),
    paragraphs: [t.cannot(when, office, t.because[why.kind]), t.pleaseChoose],
    link: { path: `/termine/${booking.id}/verschieben${code === '' ? '' : `?code=${code}`}`, label: t.chooseLink },
    confidential: true,
  })
}

/** Opens the booking for whoever reads this mail; an account needs none. */
async function codeFor(ctx: Ctx, booking: Booking): Promise<string> {
  if (booking.account !== null) return ''
  const code = newCode()
  await addCode(ctx, booking.id, hashOfCode(code))
  return code
}
