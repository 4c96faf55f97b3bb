import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'
import { icon, type Icon } from './icon.ts'

export type ButtonKind = 'primary' | 'secondary' | 'tertiary' | 'danger'

export interface ButtonOptions {
  readonly label: string
  /** One primary button a page: what most people want to do next. */
  readonly kind?: ButtonKind
  readonly icon?: Icon
  /** More words for screen readers, where several buttons of a page carry the same label. */
  readonly about?: string
}

/** Sends its form; `name` and `value` say which of several buttons it was. */
export function button(
  o: ButtonOptions & {
    name?: string
    value?: string
    form?: string
    formaction?: string
    /** Answers in a new tab, which the label says: what is typed here stays. */
    newTab?: boolean
    disabled?: boolean
    data?: Readonly<Record<string, string>>
  },
): Html {
  return html`<button${attributes({
    class: classOf(o.kind ?? 'primary'),
    type: 'submit',
    name: o.name,
    value: o.value,
    form: o.form,
    formaction: o.formaction,
    formtarget: o.newTab ? '_blank' : undefined,
    disabled: o.disabled,
    ...Object.fromEntries(Object.entries(o.data ?? {}).map(([key, value]) => [`data-${key}`, value])),
  })}>${content(o)}</button>`
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function linkButton(
  o: ButtonOptions & {
    href: string
    download?: boolean
    /** Which the label says: the page from which it leads stays. */
    newTab?: boolean
    data?: Readonly<Record<string, string>>
  },
): Html {
  return html`<a${attributes({
    class: classOf(o.kind ?? 'secondary'),
    href: o.href,
    download: o.download,
    target: o.newTab ? '_blank' : undefined,
    rel: o.newTab ? 'noopener' : undefined,
    ...Object.fromEntries(Object.entries(o.data ?? {}).map(([key, value]) => [`data-${key}`, value])),
  })}>${content(o)}</a>`
}

/** The list of this page for a spreadsheet; the address is that of the list with its filter. */
export const csvButton = (at: At, href: string): Html =>
  linkButton({ label: texts(at).csv, icon: 'download', kind: 'tertiary', href, download: true })

/** Buttons side by side, the main one first: on the left, where reading ends. */
export const buttonGroup = (...buttons: unknown[]): Html => html`<div class="rh-buttons">${buttons}</div>`

/** A form of one button: an action without questions (sign out, take a case). */
export function buttonForm(
  o: ButtonOptions & {
    action: string
    fields?: Readonly<Record<string, string>>
    name?: string
    value?: string
    newTab?: boolean
  },
): Html {
  const hidden = Object.entries(o.fields ?? {}).map(
    ([name, value]) => html`<input${attributes({ type: 'hidden', name, value })}>`,
  )
  return html`<form class="rh-button-form" method="post" action="${o.action}">
    ${hidden}${button({ kind: 'secondary', ...o })}
  </form>`
}

const classOf = (kind: ButtonKind): string =>
  tokens('kern-btn', kind === 'danger' ? 'kern-btn--primary rh-btn--danger' : `kern-btn--${kind}`)!

const content = (o: ButtonOptions): Html =>
  html`${o.icon ? icon(o.icon) : nothing}<span class="kern-label">${o.label}${o.about ? html`<span class="kern-sr-only"> ${o.about}</span>` : nothing}</span>`
