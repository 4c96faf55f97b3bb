import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'
import { icon } from './icon.ts'

export type Tone = 'info' | 'success' | 'warning' | 'danger'

/**
 * A message that matters for the task at hand. `live` for what has just happened (after a redirect): screen readers say it
 * at once and it gets the focus.
 */
export function alert(
  at: At,
  o: { kind: Tone; title: string; body?: string | Html; live?: boolean; headingLevel?: 2 | 3 },
): Html {
  const title =
    o.headingLevel === 3 ? html`<h3 class="kern-title">${o.title}</h3>` : html`<h2 class="kern-title">${o.title}</h2>`
  return html`<div${attributes({
    class: `kern-alert kern-alert--${o.kind}`,
    role: o.live ? (o.kind === 'danger' ? 'alert' : 'status') : undefined,
    tabindex: o.live ? -1 : undefined,
    'data-focus': o.live,
  })}>
    <div class="kern-alert__header">${icon(o.kind)}<span class="kern-sr-only">${texts(at)[o.kind]}: </span>${title}</div>
    ${o.body ? html`<div class="kern-alert__body"><div class="rh-prose">${o.body}</div></div>` : nothing}
  </div>`
}

/** A quieter remark beside the text, without a heading. */
export const notice = (content: unknown): Html =>
  html`<div class="rh-notice">
    ${icon('info')}
    <div class="rh-prose">${content}</div>
  </div>`

/** A state in words with a colour that helps; the icon tells the tone apart without colour. */
export function badge(o: { kind: Tone | 'neutral'; label: string; small?: boolean }): Html {
  return html`<span class="${tokens('kern-badge', `kern-badge--${o.kind}`, o.small && 'kern-badge--small')}">${o.kind === 'neutral' ? nothing : icon(o.kind)}<span class="kern-label">${o.label}</span></span>`
}

/** Nothing there yet: says what would be here and how it gets here. */
export function emptyState(o: { title: string; body?: string | Html; action?: Html; headingLevel?: 2 | 3 }): Html {
  return html`<div class="rh-empty">
    ${o.headingLevel === 3 ? html`<h3 class="kern-title">${o.title}</h3>` : html`<h2 class="kern-title">${o.title}</h2>`}
    ${o.body ? html`<div class="rh-prose">${o.body}</div>` : nothing} ${o.action ?? nothing}
  </div>`
}
