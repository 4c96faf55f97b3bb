import type { Ctx } from '#platform/context.ts'
import { icon, linkButton } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, raw, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import { formatDateTime, formatTime } from '#platform/i18n/format.ts'
import { placeOf, waitsForTime, type Place, type Room } from '../domain/room.ts'
import { spokenTicket } from '../domain/ticket.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import type { ArrivalKind } from '../use-cases/arrive.ts'
import { serviceWords, type House } from '../use-cases/offices.ts'
import { kioskHead, kioskPath } from './kiosk.ts'
import { STYLES, ticketWords, waitSentence } from './words.ts'

const SHOWN_SECONDS = 30

export interface KioskTicket {
  readonly visit: Visit
  readonly kind: ArrivalKind
  /** Of the address for a telephone, as SVG. No link: on a terminal nobody opens it. */
  readonly qrCode: string
}

/** The number, large; printed it is a slip of paper. */
export function kioskTicketPage(ctx: Ctx, house: House, room: Room, ticket: KioskTicket): Html {
  const t = texts(ctx).kiosk
  const { visit, qrCode } = ticket
  const start = href(ctx, kioskPath(house.office.slug))
  const place = placeOf(room, visit.id, ctx.clock.now())
  const wait = place ? waitWordsOf(ctx, ticket, place) : ''
  const said = t.spoken(spokenTicket(visit.ticket), `${saidOf(ctx, ticket)} ${wait}`)
  return screenLayout(ctx, {
    kind: 'kiosk',
    touch: true,
    title: t.ticketTitle(spokenTicket(visit.ticket)),
    styles: [...STYLES, 'queue-kiosk.css'],
    scripts: ['queue-kiosk.js'],
    refresh: { seconds: SHOWN_SECONDS, to: kioskPath(house.office.slug) },
    main: html`<queue-kiosk data-seconds="${SHOWN_SECONDS}" data-to="${kioskPath(house.office.slug)}" data-always data-say="${said}" data-lang="${ctx.locale}">
      ${kioskHead(ctx, house, t.yourNumber)}
      <div class="qu-ticket">
        <div class="qu-ticket__number">
          <p class="qu-ticket__ticket" role="status">${ticketWords(visit.ticket)}</p>
          <p>${saidOf(ctx, ticket)}</p>
          ${wait ? html`<p><strong>${wait}</strong></p>` : nothing}
          <p>${serviceWords(ctx, house, visit.services)} · <span class="qu-ticket__people">${texts(ctx).people(visit.people)}</span></p>
          <p class="qu-ticket__when">${formatDateTime(ctx, visit.arrivedAt)}</p>
        </div>
        <div class="qu-ticket__phone">
          <h2 class="kern-title">${t.phone}</h2>
          <div class="qu-qr" aria-hidden="true">${raw(qrCode)}</div>
          <p>${t.phoneHint}</p>
        </div>
      </div>
      <div class="rh-buttons qu-screen-only">
        ${linkButton({ label: t.finish, icon: 'check', href: start, kind: 'primary', data: { finish: '' } })}
        <button class="kern-btn kern-btn--secondary" type="button" data-print hidden>${icon('draft')}<span class="kern-label">${t.print}</span></button>
        <button class="kern-btn kern-btn--secondary" type="button" data-read hidden>${icon('info')}<span class="kern-label">${t.read}</span></button>
      </div>
      <div class="qu-ends qu-screen-only">
        <p>${t.backSoon(SHOWN_SECONDS)}</p>
        <button class="kern-btn kern-btn--tertiary" type="button" data-more hidden><span class="kern-label">${t.more}</span></button>
      </div>
    </queue-kiosk>`,
  })
}

/** Whoever comes early waits for their time, which nobody counts in minutes. */
function waitWordsOf(ctx: Ctx, { visit, kind }: KioskTicket, place: Place): string {
  if (!waitsForTime(visit, place, ctx.clock.now())) return waitSentence(ctx, place.minutes)
  return kind === 'early' ? '' : texts(ctx).phone.booked(formatTime(ctx, visit.bookedAt!))
}

function saidOf(ctx: Ctx, { kind, visit: { bookedAt } }: KioskTicket): string {
  const t = texts(ctx).kiosk
  const time = bookedAt ? formatTime(ctx, bookedAt) : ''
  switch (kind) {
    case 'walk-in':
      return t.drawn
    case 'on-time':
      return t.onTime
    case 'early':
      return t.early(time)
    case 'late':
      return t.late(time)
    case 'again':
      return t.again
    case 'back':
      return t.back
  }
}
