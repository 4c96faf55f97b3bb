import type { Booking } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import { badge, button, details, hiddenField, link, table, type Tone } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatTime } from '#platform/i18n/format.ts'
import type { Counter } from '../domain/counter.ts'
import { counterOf, isFor, visitAt, waitingIn, type Room } from '../domain/room.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import type { Desk } from '../use-cases/desk.ts'
import { serviceWords, type House } from '../use-cases/offices.ts'
import { cameWords, nameIn } from './desk-present.ts'
import { visitButton } from './desk-buttons.ts'
import { DESK, visitPath } from './seats.ts'

/** Who waits in the office, in the order in which they are called; first those whom this counter calls. */
export function waitingTable(ctx: Ctx, desk: Desk): Html {
  const t = texts(ctx).desk
  const { room, counter, house } = desk
  const now = ctx.clock.now()
  const order = waitingIn(room, now)
  const own = order.filter((visit) => isFor(visit, counter))
  const isFree = isFreeNow(room, counter)
  const rows = [...own, ...order.filter((visit) => !isFor(visit, counter))]
  const mayCall = ({ wantedCounter }: Visit) => isFree && (wantedCounter === null || wantedCounter === counter.id)
  const waiting = table(ctx, {
    caption: t.waitingCaption,
    captionHidden: true,
    dense: true,
    rows,
    empty: html`<p>${t.nobodyWaits}</p>`,
    columns: [
      { key: 'ticket', title: t.ticket, nowrap: true, cell: (visit) => visitLink(ctx, visit) },
      { key: 'matter', title: t.matter, cell: (visit) => matterOf(ctx, house, visit) },
      { key: 'came', title: t.came, nowrap: true, cell: (visit) => cameWords(ctx, visit) },
      {
        key: 'since',
        title: t.since,
        numeric: true,
        cell: (visit) => t.minutes(minutesSince(visit, now)),
      },
      { key: 'state', title: t.state, cell: (visit) => marks(ctx, desk, visit) },
      {
        key: 'action',
        title: t.action,
        titleHidden: true,
        cell: (visit) => (mayCall(visit) ? visitButton(ctx, visit, 'rufen', t.callNow) : nothing),
      },
    ],
  })
  const longest = Math.max(0, ...rows.map((visit) => minutesSince(visit, now)))
  return html`<h2 class="kern-heading-medium">${t.waiting(rows.length)}${
    longest >= LONG_MINUTES ? html`<span class="qu-longest">, ${t.longest(t.minutes(longest))}</span>` : nothing
  }</h2>
    ${waiting}`
}

/** On a break nobody is called. */
const isFreeNow = (room: Room, counter: Counter): boolean => counter.isOpen && visitAt(room, counter.id) === null

/** Shorter waits are nothing that anybody needs to know of all at once. */
const LONG_MINUTES = 10

const minutesSince = ({ arrivedAt }: Visit, now: Temporal.Instant): number =>
  Math.max(0, Math.floor(arrivedAt.until(now).total('minutes')))

/** With how many came, unless it is one. */
const matterOf = (ctx: Ctx, house: House, { services, people }: Visit): string =>
  [serviceWords(ctx, house, services), ...(people > 1 ? [texts(ctx).people(people)] : [])].join(' · ')

const visitLink = (ctx: Ctx, visit: Visit): Html => link(href(ctx, visitPath(visit.id)), visit.ticket)

function marks(ctx: Ctx, { room, origins }: Desk, visit: Visit): Html {
  const t = texts(ctx).desk
  const { priority, priorityReason, calls, forwardedFrom } = visit
  const wanted = counterOf(room, visit.wantedCounter)
  const small = (kind: Tone | 'neutral', label: string) => badge({ kind, label, small: true })
  const badges = [
    ...(priority === 'normal' ? [] : [small(priority === 'urgent' ? 'danger' : 'warning', t.priorities[priority])]),
    ...(wanted ? [small('neutral', t.forOther(wanted.name[ctx.locale]))] : []),
    ...(calls > 0 ? [small('neutral', t.secondCall)] : []),
  ]
  const lines = [
    ...(badges.length === 0 ? [] : [html`${badges.map((one) => html`${one} `)}`]),
    ...(priorityReason === null ? [] : [priorityReason]),
    ...(forwardedFrom === null ? [] : [t.sentFrom(origins.get(forwardedFrom)?.[ctx.locale] ?? forwardedFrom)]),
  ]
  // A cell without anything is left out where the table is a list.
  return lines.length === 0 ? nothing : html`${lines.map((line, i) => html`${i > 0 ? html`<br>` : nothing}${line}`)}`
}

const titled = (title: string, rows: readonly Html[]): Html =>
  rows.length === 0
    ? nothing
    : html`<h2 class="kern-title">${title}</h2>
        <ul class="qu-list">
          ${rows.map((row) => html`<li>${row}</li>`)}
        </ul>`

export function parkedList(ctx: Ctx, { room, counter, house, names }: Desk): Html {
  const t = texts(ctx).desk
  const isFree = isFreeNow(room, counter)
  return titled(
    t.parkedList,
    room.visits
      .filter(({ state }) => state === 'parked')
      .map(
        (visit) =>
          html`<span>${visitLink(ctx, visit)} ${[...nameIn(names, visit), serviceWords(ctx, house, visit.services)].join(' · ')}</span> ${isFree ? visitButton(ctx, visit, 'zurueck', t.takeBack) : nothing}`,
      ),
  )
}

/** Who was called in vain, and apart from them who did not want to wait any longer; both may be there after all. */
export function absentList(ctx: Ctx, { room, names }: Desk): Html {
  const t = texts(ctx).desk
  const some = (gaveUp: boolean) =>
    room.visits
      .filter((visit) => visit.state === 'absent' && visit.gaveUp === gaveUp)
      .toReversed()
      .slice(0, 10)
      .map(
        (visit) =>
          html`<span>${[visit.ticket, ...nameIn(names, visit)].join(' ')}</span> ${visitButton(ctx, visit, 'einreihen', t.putBack)}`,
      )
  return html`${titled(t.absentList, some(false))} ${titled(t.gaveUpList, some(true))}`
}

export function countersList(ctx: Ctx, { room, clerks }: Desk): Html {
  const t = texts(ctx).desk
  return titled(
    t.counters,
    room.counters
      .filter(({ clerk }) => clerk !== null)
      .map((counter) => {
        const visit = visitAt(room, counter.id)
        const now = counter.isOpen ? (visit?.ticket ?? t.free) : t.isClosed
        return html`<span>${counter.name[ctx.locale]}: ${clerks.get(counter.clerk!) ?? ''}</span> <strong>${now}</strong>`
      }),
  )
}

/** How late somebody may be and still be looked for among those who come; then it is rather a no-show. */
const STILL_EXPECTED_MINUTES = 30
const MOST_SHOWN = 60

/** Who is to come; apart from them whose time is long over. */
export function expectedLists(ctx: Ctx, desk: Desk): Html {
  const t = texts(ctx).desk
  const since = ctx.clock.now().subtract({ minutes: STILL_EXPECTED_MINUTES })
  const isOver = ({ startsAt }: Booking) => Temporal.Instant.compare(startsAt, since) < 0
  const folded = (bookings: readonly Booking[], id: string, words: (count: number) => string) =>
    bookings.length === 0
      ? nothing
      : details({ summary: words(bookings.length), id }, expectedList(ctx, desk.house, bookings.slice(0, MOST_SHOWN)))
  return html`${folded(
    desk.expected.filter((booking) => !isOver(booking)),
    'erwartet',
    t.expectedCount,
  )}
  ${folded(desk.expected.filter(isOver).toReversed(), 'nicht-gekommen', t.notCome)}`
}

const expectedList = (ctx: Ctx, house: House, bookings: readonly Booking[]): Html =>
  html`<ul class="qu-list">
    ${bookings.map(
      (booking) =>
        html`<li><span><strong>${formatTime(ctx, booking.startsAt)}</strong> ${booking.name ?? ''}<br>${serviceWords(ctx, house, booking.services)}</span>
          <form class="rh-button-form" method="post" action="${href(ctx, `${DESK}/ankunft`)}">
            ${hiddenField('booking', booking.id)}
            ${button({ label: texts(ctx).desk.arrived, kind: 'tertiary', about: `${formatTime(ctx, booking.startsAt)} ${booking.name ?? ''}` })}
          </form></li>`,
    )}
  </ul>`
