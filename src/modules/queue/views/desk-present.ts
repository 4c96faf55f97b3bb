import type { Ctx } from '#platform/context.ts'
import { button, details, hiddenField, link, selectField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatTime } from '#platform/i18n/format.ts'
import { isFor, visitAt, waitingIn, type Room } from '../domain/room.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { MOST_CALLS } from '../use-cases/call.ts'
import type { Desk, Names } from '../use-cases/desk.ts'
import { serviceWords, type House, type Origins } from '../use-cases/offices.ts'
import { actionButton, visitButton } from './desk-buttons.ts'
import { DESK, elsewherePath } from './seats.ts'
import { ticketWords } from './words.ts'

/** Who is at the clerk's counter, and what can be done. */
export function presentCard(ctx: Ctx, desk: Desk): Html {
  const t = texts(ctx).desk
  const { counter, room, house } = desk
  const visit = visitAt(room, counter.id)
  const waits = waitingIn(room, ctx.clock.now()).some((one) => isFor(one, counter))
  return html`<section class="qu-present" aria-labelledby="am-platz">
    ${
      visit
        ? presentWords(ctx, desk, visit)
        : html`<h2 class="kern-heading-medium" id="am-platz">${t.nobodyHere}</h2>
            ${counter.isOpen ? (waits ? nothing : html`<p>${t.nobodyWaits}</p>`) : html`<p>${t.paused}</p>`}`
    }
    <form class="rh-buttons qu-present__buttons" method="post" action="${href(ctx, `${DESK}/besuch`)}">
      ${hiddenField('besuch', visit?.id ?? '')} ${buttons(ctx, desk, visit)}
    </form>
    ${keysHint(ctx, desk, visit)} ${visit?.state === 'serving' ? nothing : finishedLine(ctx, desk, visit)}
    ${
      visit
        ? details(
            { summary: t.forward, id: 'weiterleiten' },
            html`${forwardForm(ctx, house, room, visit)}
              <p>${link(href(ctx, elsewherePath(visit.id)), t.elsewhere.link)}</p>`,
          )
        : nothing
    }
  </section>`
}

/** For a while "done" can be taken back; with what that does to whoever was called since. */
const finishedLine = (ctx: Ctx, { finished }: Desk, called: Visit | null): Html => {
  if (!finished) return nothing
  const t = texts(ctx).desk
  return html`<div class="qu-finished">
    <span>${t.finished(finished.ticket)}</span> ${visitButton(ctx, finished, 'wieder', t.resumeVisit)}
    ${called ? html`<span class="kern-hint">${t.resumeInstead(called.ticket)}</span>` : nothing}
  </div>`
}

function presentWords(ctx: Ctx, { house, names, origins }: Desk, visit: Visit): Html {
  const t = texts(ctx)
  const since = visit.servingAt ? Math.floor(visit.servingAt.until(ctx.clock.now()).total('minutes')) : 0
  return html`<h2 class="qu-present__ticket" id="am-platz">${ticketWords(visit.ticket)}</h2>
    <p class="qu-present__state">${visit.state === 'called' ? t.desk.called(visit.calls, MOST_CALLS) : t.desk.serving(since)}</p>
    <p>
      <strong>${serviceWords(ctx, house, visit.services)}</strong><br>${[
        ...nameIn(names, visit),
        t.people(visit.people),
        cameWords(ctx, visit),
        ...(visit.priority === 'normal' ? [] : [`${t.desk.priorities[visit.priority]}: ${visit.priorityReason ?? ''}`]),
      ].join(' · ')}
    </p>
    ${sentWords(ctx, origins, visit)}`
}

/** Of whoever has an appointment, so that they are spoken to by it; empty for others. */
export const nameIn = (names: Names, { booking }: Visit): string[] => {
  const name = booking === null ? undefined : names.get(booking)
  return name === undefined ? [] : [name]
}

/** From where they were sent, and what for. */
function sentWords(ctx: Ctx, origins: Origins, { forwardedFrom, note }: Visit): Html {
  if (forwardedFrom === null) return nothing
  const t = texts(ctx).desk.facts
  return html`<p>
    ${t.from}: ${origins.get(forwardedFrom)?.[ctx.locale] ?? forwardedFrom}${note === null ? nothing : html`<br>${t.note}: <strong>${note}</strong>`}
  </p>`
}

/** "Termin 10:30 Uhr", "ohne Termin, 10:12 Uhr" or "weitergeleitet, 10:12 Uhr" */
export const cameWords = (ctx: Pick<Ctx, 'locale'>, visit: Visit): string => {
  const t = texts(ctx).desk
  if (visit.forwardedFrom !== null) return t.sent(formatTime(ctx, visit.arrivedAt))
  return visit.bookedAt === null
    ? t.walkIn(formatTime(ctx, visit.arrivedAt))
    : t.booked(formatTime(ctx, visit.bookedAt))
}

/** The keys of the buttons that are there. */
function keysHint(ctx: Ctx, { counter }: Desk, visit: Visit | null): Html {
  const t = texts(ctx).desk
  const keys = ((): readonly (keyof typeof t.keys)[] => {
    const next = counter.isOpen ? (['n'] as const) : []
    if (!visit) return next
    if (visit.state === 'serving') return [...next, 'f', 'p']
    return ['d', 'r', 'a']
  })()
  if (keys.length === 0) return nothing
  return html`<p class="kern-hint qu-keys">${t.keysHint(keys.map((key) => t.keys[key]).join(', '))}</p>`
}

function buttons(ctx: Ctx, { counter }: Desk, visit: Visit | null): Html {
  const t = texts(ctx).desk
  if (!visit)
    return counter.isOpen ? actionButton({ label: t.next, value: 'weiter', kind: 'primary', key: 'n' }) : nothing
  if (visit.state === 'serving')
    return html`${counter.isOpen ? actionButton({ label: t.finishNext, value: 'weiter', kind: 'primary', key: 'n' }) : nothing}
    ${actionButton({ label: t.finish, value: 'fertig', kind: counter.isOpen ? 'secondary' : 'primary', key: 'f' })}
    ${actionButton({ label: t.park, value: 'parken', kind: 'secondary', key: 'p' })}`
  const isLast = visit.calls >= MOST_CALLS
  return html`${actionButton({ label: t.begin, value: 'da', kind: 'primary', key: 'd' })}
  ${actionButton({ label: t.recall, value: 'nochmal', kind: 'secondary', key: 'r' })}
  ${actionButton({ label: isLast ? t.notThereLast : t.notThere, value: 'nicht-da', kind: 'secondary', key: 'a' })}`
}

/** To whom else in this office. */
export function forwardForm(ctx: Ctx, house: House, room: Room, visit: Visit, error?: string): Html {
  const t = texts(ctx).desk
  const choices = house.teams.flatMap((team) => [
    { value: `${team.id} `, label: t.forwardTeam(team.name[ctx.locale]) },
    ...room.counters
      .filter((counter) => counter.team === team.id && counter.isOpen && counter.id !== visit.counter)
      .map((counter) => ({ value: `${team.id} ${counter.id}`, label: counter.name[ctx.locale] })),
  ])
  return html`<form class="rh-form" method="post" action="${href(ctx, `${DESK}/besuch/${visit.id}/weiter`)}" novalidate>
    ${selectField(ctx, { name: 'to', label: t.forwardTo, choices, ...(error === undefined ? {} : { error }) })}
    ${button({ label: t.forwardSend, kind: 'secondary' })}
  </form>`
}
