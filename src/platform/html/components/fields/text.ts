import { attributes } from '../../attributes.ts'
import { html, type Html } from '../../html.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { texts } from '../../texts/index.ts'
import { controlAttributes, frame, idOf, type At, type FieldOptions } from './field.ts'

/** Width that fits the answer: about so many characters; `full` takes the line. */
export type FieldWidth = 2 | 4 | 6 | 10 | 20 | 30 | 'full'

export interface TextFieldOptions extends FieldOptions {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password'
  /** HTML autofill token (WCAG 1.3.5): `given-name`, `street-address`, `one-time-code` … */
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | 'url'
  readonly width?: FieldWidth
  readonly maxLength?: number
  readonly spellcheck?: boolean
  readonly autocapitalize?: 'none' | 'words' | 'characters'
  /** Shown after the field: "€", "m²", "Stück". */
  readonly suffix?: string
  /** `list` of suggestions: plain words, for a `datalist`. */
  readonly suggestions?: readonly string[]
  /** For custom elements that enhance the field. */
  readonly data?: Readonly<Record<string, string>>
}

/** One line of text. */
export function textField(at: At, o: TextFieldOptions): Html {
  const listId = `${idOf(o)}-list`
  const input = html`<input${controlAttributes(o, 'kern-form-input__input')}${attributes({
    type: o.type ?? 'text',
    value: o.value ?? undefined,
    autocomplete: o.autocomplete,
    inputmode: o.inputmode,
    maxlength: o.maxLength,
    spellcheck: o.spellcheck === undefined ? undefined : String(o.spellcheck),
    autocapitalize: o.autocapitalize,
    list: o.suggestions ? listId : undefined,
    'data-width': o.width ?? 'full',
    ...Object.fromEntries(Object.entries(o.data ?? {}).map(([key, value]) => [`data-${key}`, value])),
  })}>`
  const list =
    o.suggestions &&
    html`<datalist id="${listId}">${o.suggestions.map((s) => html`<option value="${s}"></option>`)}</datalist>`
  if (!o.suffix) return frame(at, o, html`${input}${list}`)
  return frame(
    at,
    o,
    html`<div class="rh-affixed">${input}<span class="rh-affix" aria-hidden="true">${o.suffix}</span></div>
      ${list}`,
  )
}

export const emailField = (at: At, o: TextFieldOptions): Html =>
  textField(at, { type: 'email', autocomplete: 'email', spellcheck: false, width: 30, autocapitalize: 'none', ...o })

export const telephoneField = (at: At, o: TextFieldOptions): Html =>
  textField(at, { type: 'tel', autocomplete: 'tel', width: 20, ...o })

/** A number as people type it ("1.234,5"): `type="number"` scrolls away values and reads badly aloud. */
export const numberField = (at: At, o: TextFieldOptions & { decimals?: boolean }): Html => {
  const { decimals, ...rest } = o
  return textField(at, { inputmode: decimals ? 'decimal' : 'numeric', width: 10, ...rest })
}

/** An amount in euros as people type it ("1.234,56"). */
export const moneyField = (at: At, o: TextFieldOptions): Html =>
  textField(at, { inputmode: 'decimal', width: 10, suffix: '€', ...o })

/** A password, with a button to look at it where there is JavaScript. `autocomplete`: `current-password` or `new-password`. */
export function passwordField(
  at: At,
  o: TextFieldOptions & { autocomplete: 'current-password' | 'new-password' },
): Html {
  const t = texts(at)
  const { value: _never, ...rest } = o
  return html`<rh-password data-show="${t.showPassword}" data-hide="${t.hidePassword}">
    ${textField(at, { type: 'password', spellcheck: false, autocapitalize: 'none', width: 30, ...rest })}
  </rh-password>`
}

export interface TextareaOptions extends FieldOptions {
  readonly rows?: number
  /** Said in the hint, counted down where there is JavaScript. */
  readonly maxLength?: number
  readonly autocomplete?: string
  /** Key of the workbench that leads here (`browser/keys.ts`). */
  readonly key?: string
}

/** Several lines of text. */
export function textareaField(at: At, o: TextareaOptions): Html {
  const t = texts(at)
  const limit = o.maxLength ? t.atMostCharacters(formatNumber(at, o.maxLength)) : ''
  const hint = limit ? html`${o.hint}${o.hint ? html`<br>` : ''}${limit}` : o.hint
  const field = frame(
    at,
    { ...o, hint },
    html`<textarea${controlAttributes({ ...o, hint }, 'kern-form-input__input')}${attributes({
      rows: o.rows ?? 5,
      autocomplete: o.autocomplete,
      'data-key': o.key,
    })}>${newlineKept(o.value ?? '')}</textarea>`,
  )
  if (!o.maxLength) return field
  return html`<rh-count data-max="${o.maxLength}" data-left="${t.charactersLeft}" data-over="${t.charactersOver}">${field}</rh-count
  >`
}

/** Parsers drop one newline right after `<textarea>`: give it one to drop where the text begins with one. */
const newlineKept = (value: string): string =>
  value.startsWith('\n') || value.startsWith('\r\n') ? `\n${value}` : value

/** A value that travels with the form. */
export const hiddenField = (name: string, value: string): Html =>
  html`<input${attributes({ type: 'hidden', name, value })}>`
