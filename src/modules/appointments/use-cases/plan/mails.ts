import type { Ctx } from '#platform/context.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { Booking } from '../../domain/booking.ts'
import type { PlanChange } from '../../store/plan-changes.ts'
import { texts } from '../../texts/index.ts'
import { bookingPath, codeFor, tell, words } from '../mails.ts'

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

/** Staff moved or cancelled it, for a reason that they may say. */
export async function byStaffMail(
  ctx: Ctx,
  booking: Booking,
  what: { readonly kind: 'moved' | 'cancelled'; readonly old: Booking; readonly message: string },
): Promise<void> {
  const t = texts(booking).plan.mails
  const { when, office } = await words(ctx, booking)
  const was = formatDateTime(booking, what.old.startsAt)
  const own = what.message === '' ? [] : [what.message]
  if (what.kind === 'cancelled')
    await tell(ctx, booking, 'cancelled-by-staff', {
      subject: texts(booking).mails.cancelledSubject(was),
      paragraphs: [t.staffCancelled(was, office), ...own, t.bookAgain],
      link: { path: '/termine', label: t.bookAgainLink },
    })
  else
    await tell(ctx, booking, 'moved-by-staff', {
      subject: texts(booking).mails.movedSubject(when),
      paragraphs: [t.staffMoved(was), t.newTime(when, office), ...own, t.notGood],
      link: { path: bookingPath(booking.id, await codeFor(ctx, booking)), label: texts(booking).mails.bookedLink },
      confidential: true,
    })
}
