import type { Ctx } from '#platform/context.ts'
import { link, notice } from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDay, formatTime } from '#platform/i18n/format.ts'
import type { Booking } from '../domain/booking.ts'
import { officeNameIn, type Offer } from '../offer.ts'
import { texts } from '../texts/index.ts'

export const KEPT_SCRIPT = 'appointments-countdown.js'

/** Until when a time is held; with `KEPT_SCRIPT` it says when that is nearly over, and when it is. */
export function keptNotice(ctx: Ctx, { expiresAt }: Booking, kept: (until: string) => string): Html {
  if (!expiresAt) return nothing
  const t = texts(ctx).booking
  const seconds = Math.floor(ctx.clock.now().until(expiresAt).total('seconds'))
  const words = kept(formatTime(ctx, expiresAt))
  if (seconds <= 0) return notice(html`<strong>${t.keptNoLonger}</strong>`)
  return notice(
    html`<ap-countdown${attributes({
      role: 'status',
      'data-seconds': String(seconds),
      'data-soon': `${words} ${t.keptNearlyOver}`,
      'data-over': t.keptNoLonger,
    })}><strong>${words}</strong></ap-countdown>`,
  )
}

/**
 * Among other times: which one they keep, and the way on with it.
 * @param says for whom it is kept
 */
export function keptHereNotice(
  ctx: Ctx,
  { offer, kept, path }: { readonly offer: Offer; readonly kept: Booking; readonly path: string },
  says: (when: string, office: string) => string,
): Html {
  const t = texts(ctx).times
  const { id, startsAt, office, expiresAt } = kept
  const when = `${formatDay(ctx, startsAt)}, ${formatTime(ctx, startsAt)}`
  return notice(
    html`<p><strong>${says(when, officeNameIn(ctx, offer, office))}</strong></p>
      <p>${t.keptHereUntil(formatTime(ctx, expiresAt!))}</p>
      <p>${link(href(ctx, `${path}/${id}`), t.keptHereGoOn)}</p>`,
  )
}
