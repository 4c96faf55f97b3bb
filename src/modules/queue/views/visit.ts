import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  descriptionList,
  errorSummary,
  form,
  link,
  pageHeading,
  radioField,
  section,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { placeOf, type Room } from '../domain/room.ts'
import { spokenTicket } from '../domain/ticket.ts'
import { mayBeUnnoted, PRIORITIES, type Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import type { Names } from '../use-cases/desk.ts'
import { serviceWords, type House, type Origins } from '../use-cases/offices.ts'
import { MOST_REASON } from '../use-cases/steer.ts'
import { cameWords, forwardForm, nameIn } from './desk-present.ts'
import { DESK, sentPath, visitPath } from './seats.ts'
import { STYLES, waitOfPerson } from './words.ts'

export interface VisitView {
  readonly house: House
  readonly room: Room
  readonly visit: Visit
  /** Offices that have sent somebody here, by slug. */
  readonly origins: Origins
  readonly names: Names
  readonly typed: { readonly priority: string; readonly reason: string }
  readonly errors: Readonly<Record<string, string>>
}

/** Somebody who waits: how they stand, priority and where else they should go. */
export function visitPage(ctx: Ctx, view: VisitView): Html {
  const t = texts(ctx).desk
  const { house, room, visit, errors } = view
  const canWait = visit.state === 'waiting' || visit.state === 'parked'
  return layout(ctx, {
    title: t.visitTitle(spokenTicket(visit.ticket)),
    styles: STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, DESK), t.visitBack)} ${errorSummary(ctx, errors)}
    ${pageHeading({ title: t.visitTitle(visit.ticket) })} ${standing(ctx, view)}
    ${
      canWait
        ? html`${prioritySection(ctx, view)}
          ${section({ title: t.forward }, forwardForm(ctx, house, room, visit, errors['to']))}
          ${mayBeUnnoted(visit) ? notArrivedSection(ctx, visit) : nothing}`
        : nothing
    }`,
  })
}

function standing(ctx: Ctx, { house, room, visit, origins, names }: VisitView): Html {
  const t = texts(ctx)
  const { facts, placeWords, states, gaveUp } = t.desk
  const place = placeOf(room, visit.id, ctx.clock.now())
  return descriptionList(ctx, [
    { label: facts.state, value: visit.gaveUp ? gaveUp : states[visit.state] },
    ...nameIn(names, visit).map((value) => ({ label: facts.name, value })),
    { label: facts.matter, value: serviceWords(ctx, house, visit.services) },
    { label: facts.people, value: t.people(visit.people) },
    { label: facts.came, value: cameWords(ctx, visit) },
    ...(place ? [{ label: facts.place, value: placeWords(place.position, waitOfPerson(ctx, place.minutes)) }] : []),
    { label: facts.calls, value: String(visit.calls) },
    ...(visit.forwardedFrom === null
      ? []
      : [{ label: facts.from, value: origins.get(visit.forwardedFrom)?.[ctx.locale] ?? visit.forwardedFrom }]),
    ...(visit.note === null ? [] : [{ label: facts.note, value: visit.note }]),
    ...(visit.forwardedTo === null
      ? []
      : [{ label: facts.next, value: link(href(ctx, sentPath(visit.id)), states.forwarded) }]),
  ])
}

function prioritySection(ctx: Ctx, { visit, typed, errors }: VisitView): Html {
  const t = texts(ctx).desk
  return section(
    { title: t.priorityTitle },
    form(
      { action: href(ctx, `${visitPath(visit.id)}/vorrang`) },
      radioField(ctx, {
        name: 'priority',
        label: t.priorityLabel,
        value: typed.priority,
        choices: PRIORITIES.map((value) => ({ value, label: t.priorities[value], hint: t.priorityHints[value] })),
      }),
      textField(ctx, {
        name: 'reason',
        label: t.reason,
        hint: t.reasonHint,
        value: typed.reason,
        maxLength: MOST_REASON,
        autocomplete: 'off',
        ...(errors['reason'] === undefined ? {} : { error: errors['reason'] }),
      }),
      button({ label: t.save }),
    ),
  )
}

function notArrivedSection(ctx: Ctx, { id }: Visit): Html {
  const t = texts(ctx).desk.notArrived
  return section(
    { title: t.title },
    form(
      { action: href(ctx, `${visitPath(id)}/nicht-angekommen`) },
      html`<p>${t.body}</p>`,
      button({ label: t.send, kind: 'secondary' }),
    ),
  )
}
