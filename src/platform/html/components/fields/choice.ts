import { attributes, tokens } from '../../attributes.ts'
import { html, nothing, type Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import {
  controlAttributes,
  describedBy,
  errorOf,
  frame,
  hintOf,
  idOf,
  optionalMark,
  sourceOf,
  type At,
  type FieldOptions,
} from './field.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

/** One of many, in a list that opens: from about eight choices on; below that, radios are easier. */
export function selectField(
  at: At,
  o: FieldOptions & {
    choices: readonly Choice[]
    autocomplete?: string
    /** Words of the empty first choice; null leaves it out. */ empty?: string | null
  },
): Html {
  const empty = o.empty === undefined ? texts(at).choose : o.empty
  const options = o.choices.map(
    (c) => html`<option${attributes({ value: c.value, selected: c.value === o.value })}>${c.label}</option>`,
  )
  return frame(
    at,
    o,
    html`<div class="kern-form-input__select-wrapper">
      <select${controlAttributes(o, 'kern-form-input__select')}${attributes({ autocomplete: o.autocomplete })}>
        ${empty === null ? nothing : html`<option value="">${empty}</option>`}${options}
      </select>
    </div>`,
  )
}

/** One of a few, all in sight. */
export function radioField(at: At, o: FieldOptions & { choices: readonly Choice[]; horizontal?: boolean }): Html {
  const boxes = o.choices.map((c, i) => box('radio', o, c, i, c.value === o.value))
  return fieldsetFrame(at, o, boxes, { horizontal: o.horizontal, role: 'radiogroup' })
}

/** Any number of a few. */
export function checkboxesField(
  at: At,
  o: Omit<FieldOptions, 'value'> & { choices: readonly Choice[]; values?: readonly string[] },
): Html {
  const boxes = o.choices.map((c, i) => box('checkbox', o, c, i, o.values?.includes(c.value) ?? false))
  return fieldsetFrame(at, o, boxes, {})
}

/** One box to tick: a yes or no that is "no" until it is ticked. Its value is `yes`. */
export function checkboxField(
  at: At,
  o: Omit<FieldOptions, 'value' | 'label'> & { label: string | Html; checked?: boolean },
): Html {
  const id = idOf(o)
  const field = { ...o, label: '' }
  return html`<div class="${tokens('kern-form-check', o.error && 'kern-form-check--error')}">
    <input${attributes({
      class: tokens('kern-form-check__checkbox', o.error && 'kern-form-check__checkbox--error'),
      type: 'checkbox',
      id,
      name: o.name,
      value: 'yes',
      checked: o.checked,
      disabled: o.disabled,
      required: !o.optional,
      // Said either way: a browser takes a required box that is not ticked yet for an error.
      'aria-invalid': o.error ? 'true' : 'false',
      'aria-describedby': describedBy(field),
    })}>
    <label class="kern-label" for="${id}">${o.label}</label>
    <div class="rh-check-more">${hintOf(field)}${sourceOf(field)}</div>
    ${errorOf(at, field)}
  </div>`
}

/** Consent: what is agreed to stands in full above the box (GDPR article 7(2): apart from other matters). */
export function consentField(
  at: At,
  o: Omit<FieldOptions, 'value'> & { text: string | Html; checked?: boolean },
): Html {
  const { text, ...rest } = o
  return html`<div class="rh-consent">
    <div class="kern-body">${text}</div>
    ${checkboxField(at, rest)}
  </div>`
}

/** Several fields that belong together under one question, such as an address. */
export function fieldset(
  at: At,
  o: { legend: string; hint?: string | Html; error?: string; id?: string; heading?: boolean },
  content: unknown,
): Html {
  const field = { name: '', label: o.legend, hint: o.hint, error: o.error, id: o.id ?? `g-${slug(o.legend)}` }
  return html`<fieldset${attributes({
    class: tokens('kern-fieldset', 'rh-group', o.error && 'kern-fieldset--error'),
    id: field.id,
    'aria-describedby': describedBy(field),
  })}>
    <legend class="kern-label kern-label--large">${o.heading ? html`<h1 class="rh-label-heading">${o.legend}</h1>` : o.legend}</legend>
    ${hintOf(field)}
    <div class="kern-fieldset__body">${content}</div>
    ${errorOf(at, field)}
  </fieldset>`
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-')

function box(type: 'radio' | 'checkbox', o: FieldOptions, c: Choice, index: number, checked: boolean): Html {
  // The first box carries the field's own id, so that the error summary's link lands on it.
  const id = index === 0 ? idOf(o) : `${idOf(o)}-${index + 1}`
  return html`<div class="kern-form-check">
    <input${attributes({
      class: tokens(`kern-form-check__${type}`, o.error && `kern-form-check__${type}--error`),
      type,
      id,
      name: o.name,
      value: c.value,
      checked,
      disabled: o.disabled,
      'aria-describedby': c.hint && `${id}-hint-own`,
    })}>
    <label class="kern-label" for="${id}">${c.label}</label>
    ${c.hint ? html`<div class="rh-check-more"><div class="kern-hint" id="${id}-hint-own">${c.hint}</div></div>` : nothing}
  </div>`
}

function fieldsetFrame(
  at: At,
  o: FieldOptions,
  content: unknown,
  more: { horizontal?: boolean; role?: 'radiogroup' },
): Html {
  return html`<fieldset${attributes({
    class: tokens('kern-fieldset', o.error && 'kern-fieldset--error'),
    role: more.role,
    'aria-required': more.role && !o.optional ? 'true' : undefined,
    'aria-invalid': more.role && o.error ? 'true' : undefined,
    'aria-describedby': describedBy(o),
  })}>
    <legend class="kern-label">${o.heading ? html`<h1 class="rh-label-heading">${o.label}</h1>` : o.label}${optionalMark(at, o.optional)}</legend>
    ${hintOf(o)}
    <div class="${tokens('kern-fieldset__body', more.horizontal && 'kern-fieldset__body--horizontal')}">${content}</div>
    ${sourceOf(o)} ${errorOf(at, o)}
  </fieldset>`
}
