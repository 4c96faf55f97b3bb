import type { Ctx } from '#platform/context.ts'
import {
  alert,
  buttonForm,
  link,
  linkButton,
  list,
  pageHeading,
  type ButtonKind,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { counterOf } from '../domain/room.ts'
import type { Visit } from '../domain/visit.ts'
import type { Said } from '../problems.ts'
import { texts } from '../texts/index.ts'
import type { Desk } from '../use-cases/desk.ts'
import { presentCard } from './desk-present.ts'
import { absentList, countersList, expectedLists, parkedList, waitingTable } from './desk-lists.ts'
import { actionButton } from './desk-buttons.ts'
import { counterLink, DESK } from './seats.ts'
import { LIVE, liveRegion, part, STYLES } from './words.ts'

/** One big button, who is here, and who waits. */
export function deskPage(
  ctx: Ctx,
  desk: Desk,
  { said, about }: { readonly said: Said | null; readonly about: Visit | null },
): Html {
  const t = texts(ctx).desk
  const { counter, house } = desk
  return layout(ctx, {
    title: t.title,
    styles: STYLES,
    scripts: [LIVE],
    main: html`${said ? alert(ctx, { kind: 'warning', title: said.title, body: said.advice, live: true }) : nothing}
    ${pageHeading({
      title: t.title,
      lead: t.seat(counter.name[ctx.locale], house.office.name[ctx.locale]),
      actions: seatActions(ctx, desk),
    })}
    ${about ? becameWords(ctx, desk, about) : nothing}
    <noscript><p>${link(href(ctx, DESK), texts(ctx).refresh)}</p></noscript>
    ${liveRegion(ctx, { src: href(ctx, `${DESK}/live`) }, deskBoard(ctx, desk))}`,
  })
}

/** What has become of somebody who is not at the counter any more. */
function becameWords(ctx: Ctx, { counter, house, room }: Desk, visit: Visit): Html {
  const { state, ticket, wantedCounter, team } = visit
  const t = texts(ctx).desk.became
  const words = ((): string | null => {
    switch (state) {
      case 'waiting': {
        if (visit.calledAt === null) return null
        const name = counterOf(room, wantedCounter)?.name ?? house.teams.find(({ id }) => id === team)?.name
        const isElsewhere = wantedCounter !== null || team !== counter.team
        return isElsewhere && name ? t.waitsFor(ticket, name[ctx.locale]) : t.waits(ticket)
      }
      case 'parked':
        return t.parked(ticket)
      case 'absent':
        return t.absent(ticket)
      default:
        return null
    }
  })()
  return words === null ? nothing : html`<p class="qu-became" role="status">${words}</p>`
}

function seatActions(ctx: Ctx, { counter }: Desk): Html {
  const t = texts(ctx).desk
  return html`<form class="rh-buttons" method="post" action="${href(ctx, `${DESK}/platz`)}">
    ${
      counter.isOpen
        ? actionButton({ label: t.pause, value: 'pause', kind: 'secondary' })
        : actionButton({ label: t.resume, value: 'oeffnen', kind: 'primary' })
    }
    ${actionButton({ label: t.leave, value: 'verlassen', kind: 'tertiary' })}
  </form>`
}

/** A hall so full that not all can be called today: no more come without an appointment. */
function numbersPart(ctx: Ctx, { room }: Desk): Html {
  const t = texts(ctx).desk.numbers
  const action = (was: string, label: string, kind: ButtonKind) =>
    buttonForm({ label, kind, action: href(ctx, `${DESK}/nummern`), fields: { was } })
  return room.isFull
    ? html`<p><strong>${t.stopped}</strong></p>
        ${action('ausgeben', t.give, 'secondary')}`
    : html`${action('keine', t.stop, 'tertiary')}
        <p class="kern-hint">${t.stopHint}</p>`
}

/** What changes. */
export function deskBoard(ctx: Ctx, desk: Desk): Html {
  const t = texts(ctx).desk
  const { office } = desk.house
  return html`<div class="rh-columns qu-desk">
    <div class="rh-columns__main">
      ${part('qu-present', presentCard(ctx, desk))} ${part('qu-waiting-list', waitingTable(ctx, desk))}
    </div>
    <aside class="rh-columns__aside" aria-label="${t.house}">
      ${part('qu-parked', parkedList(ctx, desk))} ${part('qu-absent', absentList(ctx, desk))}
      ${part('qu-counters', countersList(ctx, desk))}
      ${part('qu-expected', expectedLists(ctx, desk))}
      ${part('qu-numbers', numbersPart(ctx, desk))}
      ${list(
        [
          linkButton({ label: t.arrive, href: href(ctx, `/kiosk/${office.slug}`), kind: 'tertiary', newTab: true }),
          linkButton({ label: t.display, href: href(ctx, `/aufruf/${office.slug}`), kind: 'tertiary', newTab: true }),
          ...counterLink(ctx),
        ],
        { plain: true },
      )}
    </aside>
  </div>`
}
