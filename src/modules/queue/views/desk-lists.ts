import type { Ctx } from '#platform/context.ts'
import { badge, button, hiddenField, link, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { counterOf, visitAt, waitingIn } from '../domain/room.ts'
import { spokenTicket } from '../domain/ticket.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import type { Desk } from '../use-cases/desk.ts'
import { serviceWords } from '../use-cases/offices.ts'
import { cameWords } from './desk-present.ts'
import { DESK } from './seats.ts'

export const visitPath = (id: string): string => `${DESK}/besuch/${id}`

/** Who waits in the office, in the order in which they are called; the clerk's own team first. */
export function waitingTable(ctx: Ctx, desk: Desk): Html {
  const t = texts(ctx).desk
  const { room, counter, house } = desk
  const now = ctx.clock.now()
  const order = waitingIn(room, now)
  const own = order.filter(({ team }) => team === counter.team)
  const isFree = counter.isOpen && visitAt(room, counter.id) === null
  const rows = [...own, ...order.filter(({ team }) => team !== counter.team)]
  const waiting = table(ctx, {
    caption: t.waitingCaption,
    captionHidden: true,
    dense: true,
    rows,
    empty: html`<p>${t.nobodyWaits}</p>`,
    columns: [
      { key: 'ticket', title: t.ticket, nowrap: true, cell: (visit) => visitLink(ctx, visit) },
      { key: 'matter', title: t.matter, cell: (visit) => serviceWords(house, visit.services) },
      { key: 'came', title: t.came, nowrap: true, cell: (visit) => cameWords(ctx, visit) },
      {
        key: 'since',
        title: t.since,
        numeric: true,
        cell: (visit) => t.minutes(Math.max(0, Math.floor(visit.arrivedAt.until(now).total('minutes')))),
      },
      { key: 'state', title: t.state, cell: (visit) => marks(ctx, desk, visit) },
      {
        key: 'action',
        title: t.action,
        titleHidden: true,
        cell: (visit) => (isFree ? visitButton(ctx, visit, 'rufen', t.callNow) : nothing),
      },
    ],
  })
  return html`<h2 class="kern-heading-medium">${t.waiting(rows.length)}</h2>
    ${waiting}`
}

const visitLink = (ctx: Ctx, visit: Visit): Html => link(href(ctx, visitPath(visit.id)), visit.ticket)

function marks(ctx: Ctx, { room }: Desk, visit: Visit): Html {
  const t = texts(ctx).desk
  const wanted = counterOf(room, visit.wantedCounter)
  return html`${
    visit.priority === 'normal'
      ? nothing
      : badge({
          kind: visit.priority === 'urgent' ? 'danger' : 'warning',
          label: t.priorities[visit.priority],
          small: true,
        })
  } ${wanted ? badge({ kind: 'neutral', label: t.forOther(wanted.name[ctx.locale]), small: true }) : nothing} ${
    visit.calls > 0 ? badge({ kind: 'neutral', label: t.secondCall, small: true }) : nothing
  }`
}

const visitButton = (ctx: Ctx, visit: Visit, what: string, label: string): Html =>
  html`<form class="rh-button-form" method="post" action="${href(ctx, `${DESK}/besuch`)}">
    ${hiddenField('besuch', visit.id)}
    ${button({ label, kind: 'tertiary', name: 'was', value: what, about: spokenTicket(visit.ticket) })}
  </form>`

const titled = (title: string, rows: readonly Html[]): Html =>
  rows.length === 0
    ? nothing
    : html`<h2 class="kern-title">${title}</h2>
        <ul class="qu-list">
          ${rows.map((row) => html`<li>${row}</li>`)}
        </ul>`

export function parkedList(ctx: Ctx, { room, counter, house }: Desk): Html {
  const t = texts(ctx).desk
  const isFree = visitAt(room, counter.id) === null
  return titled(
    t.parkedList,
    room.visits
      .filter(({ state }) => state === 'parked')
      .map(
        (visit) =>
          html`<span>${visitLink(ctx, visit)} ${serviceWords(house, visit.services)}</span> ${isFree ? visitButton(ctx, visit, 'zurueck', t.takeBack) : nothing}`,
      ),
  )
}

export function absentList(ctx: Ctx, { room }: Desk): Html {
  const t = texts(ctx).desk
  return titled(
    t.absentList,
    room.visits
      .filter(({ state }) => state === 'absent')
      .toReversed()
      .slice(0, 10)
      .map((visit) => html`<span>${visit.ticket}</span> ${visitButton(ctx, visit, 'einreihen', t.putBack)}`),
  )
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

export function expectedList(ctx: Ctx, { expected, house }: Desk): Html {
  const t = texts(ctx).desk
  return html`<ul class="qu-list">
    ${expected.slice(0, 60).map(
      (booking) =>
        html`<li><span><strong>${formatTime(ctx, booking.startsAt)}</strong> ${booking.name ?? ''}<br>${serviceWords(house, booking.services)}</span>
          <form class="rh-button-form" method="post" action="${href(ctx, `${DESK}/ankunft`)}">
            ${hiddenField('booking', booking.id)}
            ${button({ label: t.arrived, kind: 'tertiary', about: `${formatTime(ctx, booking.startsAt)} ${booking.name ?? ''}` })}
          </form></li>`,
    )}
  </ul>`
}
