import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'
import { icon } from './icon.ts'

export interface Entry {
  readonly label: string
  /** null or '' reads "Keine Angabe". */
  readonly value: unknown
}

/** Names and values. `compact` for side columns: the name above its value. */
export function descriptionList(at: At, entries: readonly Entry[], o: { compact?: boolean } = {}): Html {
  return html`<dl class="${tokens('kern-description-list', o.compact && 'kern-description-list--col')}">
    ${entries.map(
      (e) =>
        html`<div class="kern-description-list-item">
          <dt class="kern-description-list-item__key">${e.label}</dt>
          <dd class="kern-description-list-item__value">${valueOf(at, e.value)}</dd>
        </div>`,
    )}
  </dl>`
}

export interface SummaryEntry extends Entry {
  /** Final address of the page where the answer is changed. */
  readonly changeHref?: string
}

/** Answers to check, each with its way back. One section a step; `changeHref` of the section where all are on one page. */
export function summaryList(
  at: At,
  o: { title: string; entries: readonly SummaryEntry[]; changeHref?: string; headingLevel?: 2 | 3 },
): Html {
  const title =
    o.headingLevel === 3 ? html`<h3 class="kern-title">${o.title}</h3>` : html`<h2 class="kern-title">${o.title}</h2>`
  return html`<section class="kern-summary rh-summary">
    <div class="kern-summary__header rh-summary__header">
      ${title} ${o.changeHref ? changeLink(at, o.changeHref, o.title) : nothing}
    </div>
    <div class="kern-summary__body">
      <dl class="kern-description-list">
        ${o.entries.map(
          (e) =>
            html`<div class="kern-description-list-item rh-summary__item">
              <dt class="kern-description-list-item__key">${e.label}</dt>
              <dd class="kern-description-list-item__value">${valueOf(at, e.value)}</dd>
              ${e.changeHref ? html`<dd class="rh-summary__change">${changeLink(at, e.changeHref, e.label)}</dd>` : nothing}
            </div>`,
        )}
      </dl>
    </div>
  </section>`
}

const changeLink = (at: At, href: string, about: string): Html =>
  html`<a class="kern-link kern-link--no-visited-state rh-change" href="${href}">${icon('edit')}${texts(at).change}<span class="kern-sr-only"> ${about}</span></a>`

const valueOf = (at: At, value: unknown): unknown =>
  value === null || value === undefined || value === ''
    ? html`<span class="kern-body--muted">${texts(at).notAnswered}</span>`
    : value

export interface TimelineEntry {
  readonly title: string
  /** Formatted time, as people read it. */
  readonly when: string
  /** ISO time for machines. */
  readonly datetime?: string
  readonly who?: string
  readonly body?: string | Html
  readonly state?: 'done' | 'current' | 'next'
}

/** What happened in order; also "what happens next" with `state: 'next'`. */
export function timeline(at: At, entries: readonly TimelineEntry[], o: { headingLevel?: 2 | 3 | 4 } = {}): Html {
  return html`<ol class="rh-timeline">
    ${entries.map(
      (e) => html`<li class="rh-timeline__item rh-timeline__item--${e.state ?? 'done'}">
        <p class="rh-timeline__when"><time${attributes({ datetime: e.datetime })}>${e.when}</time>${e.who ? html` · ${e.who}` : nothing}${
          e.state === 'current' ? html` <span class="kern-sr-only">(${texts(at).current})</span>` : nothing
        }</p>
        ${o.headingLevel ? heading(o.headingLevel, e.title) : html`<p class="rh-timeline__title">${e.title}</p>`}
        ${e.body ? html`<div class="rh-prose">${e.body}</div>` : nothing}
      </li>`,
    )}
  </ol>`
}

const heading = (level: 2 | 3 | 4, title: string): Html =>
  level === 2
    ? html`<h2 class="rh-timeline__title">${title}</h2>`
    : level === 3
      ? html`<h3 class="rh-timeline__title">${title}</h3>`
      : html`<h4 class="rh-timeline__title">${title}</h4>`

/** Bullets; `plain` without dots, for lists of links. */
export const list = (items: readonly unknown[], o: { plain?: boolean; numbered?: boolean } = {}): Html =>
  o.numbered
    ? html`<ol class="kern-list kern-list--number rh-list">
        ${items.map((i) => html`<li>${i}</li>`)}
      </ol>`
    : html`<ul class="${o.plain ? 'kern-list rh-list rh-list--plain' : 'kern-list kern-list--bullet rh-list'}">
        ${items.map((i) => html`<li>${i}</li>`)}
      </ul>`

/** What somebody can do here, one button below the other; not printed. */
export const actionList = (actions: readonly Html[]): Html =>
  html`<ul class="rh-actions">
    ${actions.map((action) => html`<li>${action}</li>`)}
  </ul>`
