import type { Ctx } from '#platform/context.ts'
import { button, hiddenField, type ButtonKind } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { spokenTicket } from '../domain/ticket.ts'
import type { Visit } from '../domain/visit.ts'
import { DESK } from './seats.ts'

/** A button of the desk: `was` says what to do; a key presses it. */
export const actionButton = (o: {
  readonly label: string
  readonly value: string
  readonly kind: ButtonKind
  readonly key?: string
  readonly about?: string
}): Html =>
  button({
    label: o.label,
    kind: o.kind,
    name: 'was',
    value: o.value,
    ...(o.about === undefined ? {} : { about: o.about }),
    ...(o.key === undefined ? {} : { data: { key: o.key } }),
  })

/** One that does something with a visit of a list. */
export const visitButton = (ctx: Ctx, visit: Visit, what: string, label: string): Html =>
  html`<form class="rh-button-form" method="post" action="${href(ctx, `${DESK}/besuch`)}">
    ${hiddenField('besuch', visit.id)}
    ${button({ label, kind: 'tertiary', name: 'was', value: what, about: spokenTicket(visit.ticket) })}
  </form>`
