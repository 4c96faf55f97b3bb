import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { buttonForm, link } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatClock, formatNumber } from '#platform/i18n/format.ts'
import type { Offer } from '../../offer.ts'
import type { NamedBlock } from '../../store/blocks.ts'
import { texts } from '../../texts/index.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import type { PlacedBooking } from '../../use-cases/plan/staff-calendar.ts'
import { matters } from '../search.ts'
import { blockSpan } from './block-form.ts'
import { counterName } from './counter.ts'

/** What is wrong with the counter of an appointment. */
export function notesOn(
  ctx: Ctx,
  { isOutside, isUnable }: Pick<PlacedBooking, 'isOutside' | 'isUnable'>,
): readonly string[] {
  const t = texts(ctx).plan.calendar
  return [...(isOutside ? [t.outside] : []), ...(isUnable ? [t.unable] : [])]
}

/** When and what for; who it is stands on the page of the appointment. */
export function bookingWords(ctx: Ctx, offer: Offer, booking: PlacedBooking): Html {
  const t = texts(ctx).plan.calendar
  // The calendar shows by its scale how long it takes.
  const times = html`<strong>${formatClock(ctx, booking.startsAt)}<span class="ap-entry__end">–${formatClock(ctx, booking.endsAt)}</span></strong>`
  // First what a short entry must still show.
  const more = [
    ...(booking.attendedAt === null ? [] : [t.came]),
    ...notesOn(ctx, booking),
    matters(ctx, offer, booking.services),
    ...(booking.people > 1 ? [t.people(formatNumber(ctx, booking.people))] : []),
    ...(booking.variant === 'in-person' ? [] : [texts(ctx).choose.variants[booking.variant]]),
  ].join(', ')
  if (booking.state !== 'booked') return html`${times} ${t.held}`
  return html`${link(href(ctx, `/workbench/termine/buchungen/${booking.id}`), html`<span class="ap-entry__words">${times} ${more}</span>`)}`
}

export function blockWords(ctx: Ctx, block: NamedBlock): Html {
  const t = texts(ctx).plan
  const span = blockSpan(ctx, block)
  const unblock = (label: string, about: string, fields = {}) =>
    buttonForm({ action: href(ctx, `/workbench/termine/sperren/${block.id}`), label, kind: 'tertiary', about, fields })
  return html`<span class="ap-entry__words"><strong class="ap-entry__end">${span}</strong> ${t.calendar.blocked(t.block.reasons[block.reason])}</span>
    ${
      may(ctx, PLAN)
        ? html`${unblock(t.calendar.unblock, `${counterName(ctx, block.lane)}, ${span}`)}
          ${block.alike > 1 ? unblock(t.calendar.unblockAll(formatNumber(ctx, block.alike)), span, { alle: 'ja' }) : nothing}`
        : nothing
    }`
}
