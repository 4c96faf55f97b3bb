import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import { html, type Html } from '#platform/html/html.ts'
import { roughly } from '../domain/estimate.ts'
import { spokenTicket } from '../domain/ticket.ts'
import { texts } from '../texts/index.ts'

export const STYLES = ['queue-queue.css']
export const LIVE = 'queue-live.js'

/** "etwa 15 Minuten" */
export function waitWords(ctx: Pick<Ctx, 'locale'>, minutes: number | null): string {
  const t = texts(ctx).wait
  if (minutes === null) return t.unknown
  return minutes < 1 ? t.none : t.about(roughly(minutes))
}

/** "Voraussichtliche Wartezeit: etwa 15 Minuten", or why there is none to name. */
export function waitSentence(ctx: Pick<Ctx, 'locale'>, minutes: number | null): string {
  const words = waitWords(ctx, minutes)
  return minutes === null || minutes < 1 ? words : texts(ctx).wait.sentence(words)
}

/** The same for a clerk, of somebody else. */
export function waitOfPerson(ctx: Pick<Ctx, 'locale'>, minutes: number | null): string {
  const t = texts(ctx).wait
  if (minutes === null) return t.ofPerson.unknown
  return minutes < 1 ? t.ofPerson.none : t.sentence(t.about(roughly(minutes)))
}

/** The same under a heading that says what it is. */
export const waitThere = (ctx: Pick<Ctx, 'locale'>, minutes: number): string =>
  minutes < 1 ? waitOfPerson(ctx, minutes) : waitWords(ctx, minutes)

/** For the eye "A 014", for voices "A 14". */
export const ticketWords = (ticket: string): Html =>
  html`<span aria-hidden="true">${ticket}</span><span class="kern-sr-only">${spokenTicket(ticket)}</span>`

/** A part of a page that its script keeps up to date from that address; without scripts the page is asked for again. */
export const liveRegion = (
  ctx: Pick<Ctx, 'locale'>,
  o: { readonly src: string; readonly always?: boolean },
  content: unknown,
): Html =>
  html`<queue-live${attributes({ class: 'qu-live', 'data-src': o.src, 'data-always': o.always })}>
    <p class="qu-offline" role="status" hidden>${texts(ctx).offline}</p>
    <div class="qu-live__parts">${content}</div>
  </queue-live>`

/** What is replaced as a whole when it has changed, unless somebody is typing in it. */
export const part = (id: string, content: unknown, o: { readonly spoken?: 'assertive' | 'polite' } = {}): Html =>
  html`<div${attributes({ class: 'qu-part', id, 'data-part': true, 'aria-live': o.spoken })}>${content}</div>`
