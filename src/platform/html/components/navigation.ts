import { attributes } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import { button, linkButton } from './button.ts'
import type { At } from './fields/field.ts'
import { icon } from './icon.ts'

export interface Crumb {
  readonly label: string
  /** Final address; absent for the page itself. */
  readonly href?: string
}

/** Where the page stands; the last crumb is the page itself. `layout({ breadcrumbs })` puts it in its place. */
export function breadcrumb(at: At, crumbs: readonly Crumb[]): Html {
  return html`<nav class="rh-crumbs" aria-label="${texts(at).breadcrumb}">
    <ol class="rh-crumbs__list">
      ${crumbs.map((c) =>
        c.href
          ? html`<li>
              <a class="kern-link kern-link--small kern-link--no-visited-state" href="${c.href}">${c.label}</a>
            </li>`
          : html`<li aria-current="page">${c.label}</li>`,
      )}
    </ol>
  </nav>`
}

export interface Tab {
  readonly label: string
  readonly href: string
  readonly current?: boolean
  readonly count?: number
}

/** Views of the same thing, each with its own address. */
export function tabs(label: string, entries: readonly Tab[]): Html {
  return html`<nav class="rh-tabs" aria-label="${label}">
    <ul class="rh-tabs__list">
      ${entries.map(
        (t) =>
          html`<li><a${attributes({ class: 'rh-tabs__tab', href: t.href, 'aria-current': t.current ? 'page' : undefined })}>${t.label}${
            t.count === undefined ? nothing : html` <span class="rh-count">${t.count}</span>`
          }</a></li>`,
      )}
    </ul>
  </nav>`
}

/**
 * A search of its own: a GET form with one field. `suggest` is an address that answers `?q=` with JSON
 * `[{ label, href, hint? }]`; with JavaScript the results appear while typing.
 */
export function searchField(
  at: At,
  o: {
    action: string
    label: string
    name?: string
    value?: string
    hint?: string
    suggest?: string
    large?: boolean
    button?: string
    id?: string
    /** Hidden fields that are sent along. */
    hidden?: unknown
  },
): Html {
  const id = o.id ?? 'suche'
  const field = html`<form class="rh-search${o.large ? ' rh-search--large' : ''}" method="get" action="${o.action}" role="search">
    <label class="kern-label${o.large ? ' kern-label--large' : ''}" for="${id}">${o.label}</label>
    ${o.hint ? html`<div class="kern-hint" id="${id}-hint">${o.hint}</div>` : nothing}
    <div class="rh-search__row">
      <input${attributes({
        class: 'kern-form-input__input',
        type: 'search',
        id,
        name: o.name ?? 'q',
        value: o.value || undefined,
        autocomplete: 'off',
        'aria-describedby': o.hint ? `${id}-hint` : undefined,
      })}>
      ${button({ label: o.button ?? texts(at).search, icon: 'search' })}
    </div>
    ${o.hidden ?? nothing}
  </form>`
  return o.suggest ? html`<rh-suggest data-source="${o.suggest}"${suggestionCounts(at)}>${field}</rh-suggest>` : field
}

/** How many suggestions stand below a field, for the scripts that show them to say it. */
export function suggestionCounts(at: At): Html {
  const t = texts(at)
  return attributes({ 'data-one': t.suggestions(1), 'data-many': t.suggestions(99) })
}

/** Filters of a list: a GET form, so that the view can be bookmarked and sent. `fields` are field components. */
export function filterBar(
  at: At,
  o: {
    action: string
    label?: string
    resetHref?: string
    hidden?: Readonly<Record<string, string>>
    /** Without it nothing is shown: a search rather than a filter of what is there. */
    isSearch?: boolean
  },
  ...fields: unknown[]
): Html {
  const t = texts(at)
  const hidden = Object.entries(o.hidden ?? {}).map(
    ([name, value]) => html`<input${attributes({ type: 'hidden', name, value })}>`,
  )
  return html`<form class="rh-filters" method="get" action="${o.action}" aria-label="${o.label ?? t.filters}">
    ${hidden}${fields}
    <div class="rh-filters__buttons">
      ${button({ label: o.isSearch ? t.search : t.applyFilters, kind: 'secondary' })}
      ${o.resetHref ? linkButton({ label: t.resetFilters, href: o.resetHref, kind: 'tertiary' }) : nothing}
    </div>
  </form>`
}

/** A number to hand on (case number, IBAN), with a button that copies it where there is JavaScript. */
export function copyable(at: At, value: string, o: { label?: string; display?: string } = {}): Html {
  const t = texts(at)
  return html`<rh-copy
    class="rh-copy"
    data-value="${value}"
    data-copy="${o.label ? `${t.copy}: ${o.label}` : t.copy}"
    data-copied="${t.copied}"><code class="rh-copy__value">${o.display ?? value}</code></rh-copy
  >`
}

/** Content of a page that asks before something happens that cannot be undone. */
export function confirmPanel(
  at: At,
  o: {
    title: string
    /** What will happen: "Bescheid wird per E-Mail und Post versandt." */
    consequence: string | Html
    action: string
    confirm: string
    cancelHref: string
    cancel?: string
    danger?: boolean
    fields?: Readonly<Record<string, string>>
    content?: unknown
  },
): Html {
  const hidden = Object.entries(o.fields ?? {}).map(
    ([name, value]) => html`<input${attributes({ type: 'hidden', name, value })}>`,
  )
  return html`<h1 class="kern-heading-large">${o.title}</h1>
    <div class="rh-prose rh-consequence">
      ${icon('warning')}
      <div>${o.consequence}</div>
    </div>
    <form class="rh-form" method="post" action="${o.action}">
      ${hidden} ${o.content ?? nothing}
      <div class="rh-buttons">
        ${button({ label: o.confirm, kind: o.danger ? 'danger' : 'primary' })}
        ${linkButton({ label: o.cancel ?? texts(at).back, href: o.cancelHref, kind: 'tertiary' })}
      </div>
    </form>`
}
