import { attributes, tokens } from '../../attributes.ts'
import { html, nothing, type Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import type { Locale } from '../../../i18n/locale.ts'

export type At = { readonly locale: Locale }

/** What every field has. Every field must be answered unless it is `optional`, which its label then says. */
export interface FieldOptions {
  readonly name: string
  readonly label: string
  /** Stands below the label; holds the example, which never stands in the field. */
  readonly hint?: string | Html
  /** What is wrong and what to do, in the person's language. */
  readonly error?: string
  readonly value?: string | null
  readonly optional?: boolean
  readonly disabled?: boolean
  /** Where the value comes from ("aus Ihrem Datenkonto"), shown below the field. */
  readonly source?: string | Html
  /** Only where one page shows the same name twice. */
  readonly id?: string
  /** Makes the label the heading of the page: for pages that ask one thing. */
  readonly heading?: boolean
}

/** Id of the control that carries the name; the error summary links to it. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`

export const idOf = (o: { name: string; id?: string }): string => o.id ?? fieldId(o.name)

/** Ids of hint, source and error, for `aria-describedby`. */
export function describedBy(o: FieldOptions, ...more: (string | false | undefined)[]): string | undefined {
  const id = idOf(o)
  return tokens(o.hint && `${id}-hint`, ...more, o.source && `${id}-source`, o.error && `${id}-error`)
}

/** Attributes that every control shares. */
export function controlAttributes(o: FieldOptions, className: string): Html {
  return attributes({
    class: tokens(className, o.error && `${className}--error`),
    id: idOf(o),
    name: o.name,
    disabled: o.disabled,
    'aria-required': o.optional ? undefined : 'true',
    'aria-invalid': o.error ? 'true' : undefined,
    'aria-describedby': describedBy(o),
  })
}

export function optionalMark(at: At, optional: boolean | undefined): Html {
  return optional ? html` <span class="kern-label__optional">${texts(at).optional}</span>` : nothing
}

export function hintOf(o: FieldOptions): Html {
  return o.hint ? html`<div class="kern-hint" id="${idOf(o)}-hint">${o.hint}</div>` : nothing
}

export function sourceOf(o: FieldOptions): Html {
  return o.source ? html`<p class="rh-source" id="${idOf(o)}-source">${o.source}</p>` : nothing
}

export function errorOf(at: At, o: FieldOptions): Html {
  if (!o.error) return nothing
  return html`<p class="kern-error" id="${idOf(o)}-error">
    <span class="kern-icon kern-icon--danger" aria-hidden="true"></span>
    <span class="kern-body"><span class="kern-sr-only">${texts(at).errorWord} </span>${o.error}</span>
  </p>`
}

/** Label, hint, control, source and error of a field with one control. */
export function frame(at: At, o: FieldOptions, control: Html): Html {
  const label = html`<label class="kern-label" for="${idOf(o)}">${o.label}${optionalMark(at, o.optional)}</label>`
  return html`<div class="${tokens('kern-form-input', o.error && 'kern-form-input--error')}">
    ${o.heading ? html`<h1 class="rh-label-heading">${label}</h1>` : label} ${hintOf(o)} ${control} ${sourceOf(o)}
    ${errorOf(at, o)}
  </div>`
}
