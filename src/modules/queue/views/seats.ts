import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { alert, emptyState, linkButton, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { Said } from '../problems.ts'
import { texts } from '../texts/index.ts'
import type { Seats } from '../use-cases/desk.ts'
import { STYLES } from './words.ts'

export const DESK = '/workbench/aufruf'
export const visitPath = (id: string): string => `${DESK}/besuch/${id}`
/** Where somebody is sent on to another office, and where that they were. */
export const sentPath = (id: string): string => `${visitPath(id)}/weitergeleitet`
export const elsewherePath = (id: string): string => `${visitPath(id)}/dienststelle`

/** Asked once: where do you sit? */
export function seatsPage(ctx: Ctx, seats: readonly Seats[], said: Said | null): Html {
  const t = texts(ctx).desk
  return layout(ctx, {
    title: t.title,
    styles: STYLES,
    main: html`${said ? alert(ctx, { kind: 'warning', title: said.title, body: said.advice, live: true }) : nothing}
    ${pageHeading({ title: t.choose, lead: t.chooseLead, actions: counterLink(ctx)[0] })}
    ${
      seats.length === 0
        ? emptyState({ title: t.noOffice, body: t.noOfficeBody })
        : seats.map((one) => officeSeats(ctx, one))
    }`,
  })
}

/** To the page on which they are edited, for who may. */
export const counterLink = (ctx: Ctx): Html[] =>
  may(ctx, 'queue.counters')
    ? [linkButton({ label: texts(ctx).counters.edit, href: href(ctx, `${DESK}/schalter`), kind: 'tertiary' })]
    : []

/** All counters of an office in sight: one click sits down. */
function officeSeats(ctx: Ctx, { office, counters, clerks }: Seats): Html {
  const t = texts(ctx).desk
  return html`<section class="rh-section" aria-labelledby="o-${office.slug}">
    <h2 class="kern-heading-medium" id="o-${office.slug}">${office.name[ctx.locale]}</h2>
    ${
      counters.length === 0
        ? html`<p>${t.noCounters}</p>`
        : html`<form method="post" action="${href(ctx, `${DESK}/platz`)}">
            <ul class="qu-seats">
              ${counters.map(
                (counter) =>
                  html`<li>${
                    counter.clerk === null
                      ? html`<button class="qu-seat" type="submit" name="counter" value="${counter.id}"><strong>${counter.name[ctx.locale]}</strong><span>${counter.way[ctx.locale]}</span></button>`
                      : html`<p class="qu-seat qu-seat--taken"><strong>${counter.name[ctx.locale]}</strong><span>${t.taken(clerks.get(counter.clerk) ?? '')}</span></p>`
                  }</li>`,
              )}
            </ul>
          </form>`
    }
  </section>`
}
