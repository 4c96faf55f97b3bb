import { html, nothing, type Html } from '../html.ts'
import { icon, type Icon } from './icon.ts'

export interface CardOptions {
  readonly title: string
  /** The whole card is the link. */
  readonly href?: string
  readonly preline?: string
  readonly body?: unknown
  readonly footer?: unknown
  readonly badge?: Html
  readonly icon?: Icon
  readonly headingLevel?: 2 | 3
}

/** One concern among several. */
export function card(o: CardOptions): Html {
  const title = o.href ? html`<a class="kern-link kern-link--stretched" href="${o.href}">${o.title}</a>` : o.title
  const words = html`${o.icon ? icon(o.icon) : nothing}${title}`
  return html`<article class="kern-card${o.href ? ' kern-card--interactive' : ''} kern-card--small">
    <div class="kern-card__container">
      <header class="kern-card__header">
        ${o.preline ? html`<p class="kern-preline">${o.preline}</p>` : nothing}
        ${o.headingLevel === 2 ? html`<h2 class="kern-title">${words}</h2>` : html`<h3 class="kern-title">${words}</h3>`}
        ${o.badge ?? nothing}
      </header>
      ${o.body ? html`<div class="kern-card__body"><div class="kern-body">${o.body}</div></div>` : nothing}
      ${o.footer ? html`<footer class="kern-card__footer">${o.footer}</footer>` : nothing}
    </div>
  </article>`
}

/** Cards in as many columns as fit. */
export const cardGrid = (cards: readonly Html[]): Html =>
  html`<ul class="rh-cards">
    ${cards.map((c) => html`<li>${c}</li>`)}
  </ul>`
