import { attributes } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import { fieldId, type At } from './fields/field.ts'
import { icon } from './icon.ts'

export interface KeyboardOptions {
  /** Name of the field into which the keys write; in the same form. */
  readonly field: string
  /** A key for each, in an order in which everybody finds them: there is no telling how many fit in a row. */
  readonly signs: string
  /** How many the field takes, blanks apart. */
  readonly most: number
  /**
   * Names under which a key is sent where there are no scripts, to a page that knows what to make of it. Left out, the
   * keyboard is folded, and there with scripts alone.
   */
  readonly sent?: { readonly sign: string; readonly erase: string }
}

/** Keys to touch, for terminals in a hall, which have no keyboard (`browser/keyboard.ts`). */
export function keyboard(at: At, { field, signs, most, sent }: KeyboardOptions): Html {
  const t = texts(at).keyboard
  const id = `${fieldId(field)}-keys`
  const isFolded = sent === undefined
  const key = (
    o: { name: string | undefined; value: string; about?: string | undefined; erase?: boolean },
    label: string,
  ) =>
    html`<button${attributes({
      class: 'rh-key',
      type: isFolded ? 'button' : 'submit',
      name: o.name,
      value: o.value,
      'aria-label': o.about,
      'data-erase': o.erase,
    })}>${label}</button>`
  const toggle = html`<button${attributes({
    class: 'kern-btn kern-btn--secondary',
    type: 'button',
    'aria-expanded': 'false',
    'aria-controls': id,
  })}>${icon('edit')}<span class="kern-label">${t.show}</span></button>`
  return html`<rh-keyboard${attributes({ 'data-field': field, 'data-most': String(most), hidden: isFolded })}>
    ${isFolded ? toggle : nothing}
    <fieldset${attributes({ class: 'rh-keys', id, hidden: isFolded })}>
      <legend class="kern-sr-only">${t.keys}</legend>
      ${[...signs].map((sign) => key({ name: sent?.sign, value: sign, about: /\d/.test(sign) ? t.digit(sign) : undefined }, sign))}
      ${key({ name: sent?.erase, value: '1', erase: true }, t.erase)}
    </fieldset>
    <span class="kern-sr-only" aria-live="polite"></span>
  </rh-keyboard>`
}
