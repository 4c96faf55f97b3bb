import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'
import { icon } from './icon.ts'

/** The page's one `h1`, with what stands above it (case number, area), below it (one or two sentences) and its actions. */
export function pageHeading(o: {
  title: string | Html
  preline?: string | Html
  lead?: string | Html
  actions?: unknown
  badge?: Html
}): Html {
  return html`<header class="rh-page-heading">
    <div class="rh-page-heading__words">
      ${o.preline ? html`<p class="kern-preline">${whole(o.preline)}</p>` : nothing}
      <h1 class="kern-heading-large">${whole(o.title)}</h1>
      ${o.badge ?? nothing} ${o.lead ? html`<div class="rh-lead">${o.lead}</div>` : nothing}
    </div>
    ${o.actions ? html`<div class="rh-page-heading__actions">${o.actions}</div>` : nothing}
  </header>`
}

/** Numbers with hyphens (BPA-2026-000001-4, MU-AB) go to the next line whole instead of breaking at a hyphen. */
const whole = (words: string | Html): string | Html =>
  typeof words === 'string'
    ? html`${words
        .split(/([\p{Lu}\d]+(?:-[\p{Lu}\d]+)+(?![-\p{L}]))/u)
        .map((part, i) => (i % 2 === 1 ? html`<span class="rh-whole">${part}</span>` : part))}`
    : words

/** A part of a page under its own heading. `id` makes it a target of links. */
export function section(
  o: { title: string; id?: string; level?: 2 | 3; actions?: unknown },
  ...content: unknown[]
): Html {
  const title =
    o.level === 3
      ? html`<h3 class="kern-heading-small">${o.title}</h3>`
      : html`<h2 class="kern-heading-medium">${o.title}</h2>`
  return html`<section${attributes({ class: 'rh-section', id: o.id })}>
    ${
      o.actions
        ? html`<div class="rh-section__head">
            ${title}
            <div>${o.actions}</div>
          </div>`
        : title
    } ${content}
  </section>`
}

/** Running text: paragraphs, lists and links in lines of at most 70 characters. */
export const prose = (...content: unknown[]): Html => html`<div class="rh-prose">${content}</div>`

/** "Zurück", above the heading. */
export const backLink = (at: At, href: string, label?: string): Html =>
  html`<p class="rh-back">
    <a class="kern-link kern-link--no-visited-state" href="${href}">${icon('arrow-back')}${label ?? texts(at).back}</a>
  </p>`

/** "Schritt 2 von 5", also for the title of the page, which is what is read aloud first. */
export const stepOf = (at: At, o: { step: number; of: number }): string => texts(at).step(o.step, o.of)

/** "Schritt 2 von 5", quietly, with a bar for the eye. */
export function progress(at: At, o: { step: number; of: number }): Html {
  return html`<div class="kern-progress rh-progress">
    <p class="kern-label kern-label--small">${stepOf(at, o)}</p>
    <progress aria-hidden="true" value="${o.step}" max="${o.of}"></progress>
  </div>`
}

/** A link in a sentence or a list. `external` says that it leaves the city's pages. */
export function link(href: string, label: unknown, o: { external?: boolean; about?: string; icon?: Html } = {}): Html {
  return html`<a${attributes({ class: 'kern-link', href, rel: o.external ? 'noopener noreferrer external' : undefined })}>${o.icon ?? nothing}${label}${
    o.about ? html`<span class="kern-sr-only"> ${o.about}</span>` : nothing
  }${o.external ? icon('open-in-new') : nothing}</a>`
}

/** A number that a phone dials. */
export const telephoneLink = (number: string): Html => link(telephoneHref(number), number)

export const telephoneHref = (number: string): string => `tel:${number.replaceAll(/[^+\d]/g, '')}`

/** A mail address that goes on in the next line, behind its @, where a column is narrow. */
export const mailWords = (address: string): Html => {
  const [name, ...host] = address.split('@')
  return html`${name}${host.map((part) => html`@<wbr>${part}`)}`
}

/** Main column and, on wide screens, a side column that stays in view. The main column comes first for everybody. */
export const columns = (main: unknown, aside: unknown, o: { label?: string } = {}): Html =>
  html`<div class="rh-columns">
    <div class="rh-columns__main">${main}</div>
    <aside${attributes({ class: 'rh-columns__aside', 'aria-label': o.label })}>${aside}</aside>
  </div>`

/** Elements below each other with even room between them. */
export const stack = (...content: unknown[]): Html => html`<div class="rh-stack">${content}</div>`

/** More, for those who want it: closed at first. */
export const details = (o: { summary: string; open?: boolean; id?: string }, ...content: unknown[]): Html =>
  html`<details${attributes({ class: 'kern-accordion', open: o.open, id: o.id })}>
    <summary class="kern-accordion__header"><span class="kern-title kern-title--small">${o.summary}</span></summary>
    <div class="kern-accordion__body">${content}</div>
  </details>`

/** Key facts in a box: what a service costs, how long it takes. */
export const factBox = (
  entries: readonly { label: string; value: unknown }[],
  o: { title?: string; action?: unknown } = {},
): Html =>
  html`<div class="rh-facts">
    ${o.title ? html`<h2 class="kern-title">${o.title}</h2>` : nothing}
    <dl class="rh-facts__list">
      ${entries.map(
        (e) =>
          html`<div class="rh-facts__item">
            <dt>${e.label}</dt>
            <dd>${e.value}</dd>
          </div>`,
      )}
    </dl>
    ${o.action ? html`<div class="${tokens('rh-facts__action')}">${o.action}</div>` : nothing}
  </div>`
