import { raw, type Html } from './html.ts'

export type AttributeValue = string | number | boolean | null | undefined

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Attributes of an element, escaped, with a space in front: `<input${attributes({ id, disabled: true, size: undefined })}>`.
 * `true` gives the bare attribute; `false`, null and undefined leave it out; an empty string is kept.
 */
export function attributes(values: Readonly<Record<string, AttributeValue>>): Html {
  let markup = ''
  for (const [name, value] of Object.entries(values)) {
    if (value === false || value === null || value === undefined) continue
    markup += value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`
  }
  return raw(markup)
}

/** Most hold nothing to escape, and looking is cheaper than replacing. */
const escaped = (text: string): string => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => ESCAPES[c]!) : text)

/** Class names or ids joined by spaces, empty ones left out; undefined where none remains. */
export function tokens(...names: readonly (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}
