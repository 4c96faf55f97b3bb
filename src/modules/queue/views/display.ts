import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { screenLayout } from '#platform/html/layout.ts'
import { roughly } from '../domain/estimate.ts'
import { callsIn, counterOf, minutesForNew, waitingIn, type Room } from '../domain/room.ts'
import { sentOnShown, type SentOn } from '../domain/sent-on.ts'
import { spokenTicket } from '../domain/ticket.ts'
import { texts } from '../texts/index.ts'
import type { House } from '../use-cases/offices.ts'
import { liveRegion, part, STYLES, ticketWords, LIVE } from './words.ts'

/** Where there are no scripts, a call appears within that time. */
const REFRESH_SECONDS = 10

/** For a screen in the hall: who is called where, and nobody's name. */
export function displayPage(ctx: Ctx, house: House, room: Room): Html {
  const t = texts(ctx).display
  const { office } = house
  return screenLayout(ctx, {
    kind: 'display',
    title: t.title(office.name[ctx.locale]),
    styles: [...STYLES, 'queue-display.css'],
    scripts: [LIVE, 'queue-display.js'],
    refresh: { seconds: REFRESH_SECONDS },
    main: html`<header class="qu-bar">
        <h1 class="qu-bar__title">${t.heading}</h1>
        <p class="qu-bar__office">${office.name[ctx.locale]}</p>
        <queue-sound${attributes({
          class: 'qu-sound',
          'data-asks': t.soundAsks,
          'data-without': t.soundWithout,
          'data-on': t.soundOn,
          'data-off': t.soundOff,
          'data-lang': ctx.locale,
          hidden: true,
        })}></queue-sound>
      </header>
      <div class="kern-sr-only" aria-live="assertive" data-said></div>
      ${liveRegion(ctx, { src: href(ctx, `/aufruf/${office.slug}/live`), always: true }, displayBoard(ctx, room))}`,
  })
}

/** Long names of counters are written smaller, so that the whole board fits; characters of a line on a low screen. */
const sizeOf = (name: string): string | undefined =>
  name.length > 48 ? 'qu-call__longest' : name.length > 16 ? 'qu-call__long' : undefined

/** The newest call is large for so long; what moves up when it is taken back is none. Demo value. */
const FRESH_SECONDS = 120

/** What changes. */
export function displayBoard(ctx: Pick<Ctx, 'locale' | 'clock'>, room: Room): Html {
  const t = texts(ctx).display
  const now = ctx.clock.now()
  const calls = callsIn(room).map((visit) => ({
    ticket: visit.ticket,
    counter: counterOf(room, visit.counter)?.name[ctx.locale] ?? '',
    // A call that is repeated is a new one.
    at: visit.announcedAt!.epochMilliseconds,
  }))
  // Also of those who were called in vain, or are parked: an older call is not the newest again.
  const newest = Math.max(...room.visits.map(({ announcedAt }) => announcedAt?.epochMilliseconds ?? 0))
  const isFresh = (at: number) => at === newest && now.epochMilliseconds - at < FRESH_SECONDS * 1000
  const open = room.counters.filter(({ isOpen }) => isOpen)
  const waits = [...new Set(open.map(({ team }) => team))].map((team) => minutesForNew(room, team, now) ?? 0)
  return html`${part(
    'qu-calls',
    calls.length === 0
      ? html`<p class="qu-nobody">${t.nobody}</p>`
      : html`<table class="qu-calls">
          <caption class="kern-sr-only">${t.heading}</caption>
          <thead>
            <tr><th scope="col">${t.ticket}</th><th scope="col">${t.counter}</th></tr>
          </thead>
          <tbody>
            ${calls.map(
              (call, i) =>
                html`<tr${attributes({
                  class: i === 0 && isFresh(call.at) ? 'qu-call qu-call--latest' : 'qu-call',
                  'data-call': call.at,
                  'data-say': t.called(spokenTicket(call.ticket), call.counter),
                })}><th scope="row">${ticketWords(call.ticket)}</th><td${attributes({ class: sizeOf(call.counter) })}><span aria-hidden="true" class="qu-call__arrow">→</span> ${call.counter}</td></tr>`,
            )}
          </tbody>
        </table>`,
  )}
  ${part('qu-sent-on', sentOnList(ctx, room))}
  ${part(
    'qu-waiting',
    html`<p class="qu-waiting">${
      open.length === 0
        ? t.closed
        : html`${t.waiting(waitingIn(room, now).length)} ${waits.length > 0 ? t.waitNew(roughly(Math.max(1, ...waits))) : nothing}`
    }</p>`,
  )}`
}

/**
 * Who was sent on, for whoever has only a slip of paper. Said aloud where somebody gets another number: the same number is
 * called in its turn, and whoever comes from elsewhere is not in the hall yet.
 */
function sentOnList(ctx: Pick<Ctx, 'locale' | 'clock'>, room: Room): Html {
  const t = texts(ctx).display.sentOn
  const shown = sentOnShown(room.sentOn, ctx.clock.now())
  if (shown.length === 0) return nothing
  return html`<h2 class="qu-sent-on__title">${t.title}</h2>
    <ul class="qu-sent-on">
      ${shown.map((one) => html`<li${attributes(one.way === 'away' ? { 'data-call': one.at.epochMilliseconds, 'data-say': t.said(spokenTicket(one.ticket), spokenTicket(one.next), one.office[ctx.locale]) } : {})}>${sentOnWords(ctx, room, one)}</li>`)}
    </ul>`
}

function sentOnWords(ctx: Pick<Ctx, 'locale'>, room: Room, one: SentOn): Html {
  const t = texts(ctx).display.sentOn
  const arrow = html` <span aria-hidden="true">→</span> `
  if (one.way === 'within')
    return html`<strong>${ticketWords(one.ticket)}</strong>${arrow}${t.within(counterOf(room, one.counter)?.name[ctx.locale] ?? null)}`
  const where = one.office[ctx.locale]
  return html`<strong>${ticketWords(one.ticket)}</strong>${arrow}${t.next} <strong>${ticketWords(one.next)}</strong>, ${one.way === 'away' ? where : t.here(where)}`
}
