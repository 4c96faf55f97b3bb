import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import { fieldId, type At } from './fields/field.ts'

export interface FormOptions {
  /** Final address, from `href(ctx, path)`. */
  readonly action: string
  readonly method?: 'post' | 'get'
  /** Needed for files. */
  readonly multipart?: boolean
  readonly id?: string
  /** Name of the form for screen readers, where a page has several. */
  readonly label?: string
  /** Side by side on wide screens: search and filter. */
  readonly inline?: boolean
  /** Says in its own words that everything is voluntary; the fields then need not say it each. */
  readonly allOptional?: boolean
}

/** A form with room between its fields. The browser's own bubbles are off: our errors are readable and translated. */
export function form(o: FormOptions, ...content: unknown[]): Html {
  return html`<form${attributes({
    class: tokens('rh-form', o.inline && 'rh-form--inline', o.allOptional && 'rh-form--optional'),
    method: o.method ?? 'post',
    action: o.action,
    enctype: o.multipart ? 'multipart/form-data' : undefined,
    id: o.id,
    'aria-label': o.label,
    novalidate: true,
  })}>${content}</form>`
}

export interface FieldError {
  /** Name of the field; '' for an error of the whole form. */
  readonly field: string
  readonly message: string
  /** Where the error is not at a field of this page. */
  readonly href?: string
}

/**
 * What is wrong, above the heading, as links to the fields. Empty for no errors. Takes a list or `field → message`.
 * It is focused at load (`tabindex`, `autofocus` by the script), so that screen readers begin here.
 */
export function errorSummary(
  at: At,
  errors: readonly FieldError[] | Readonly<Record<string, string>>,
  o: { title?: string } = {},
): Html {
  const list: readonly FieldError[] = isList(errors)
    ? errors
    : Object.entries(errors).map(([field, message]) => ({ field, message }))
  if (list.length === 0) return nothing
  return html`<div class="kern-alert kern-alert--danger rh-errors" role="alert" tabindex="-1" id="fehler" data-focus>
    <div class="kern-alert__header">
      <span class="kern-icon kern-icon--danger" aria-hidden="true"></span>
      <h2 class="kern-title">${o.title ?? texts(at).errorSummary}</h2>
    </div>
    <div class="kern-alert__body">
      <ul class="rh-errors__list">
        ${list.map((e) => html`<li>${e.field || e.href ? html`<a class="kern-link kern-link--no-visited-state" href="${e.href ?? `#${fieldId(e.field)}`}">${e.message}</a>` : e.message}</li>`)}
      </ul>
    </div>
  </div>`
}

const isList = (errors: readonly FieldError[] | Readonly<Record<string, string>>): errors is readonly FieldError[] =>
  Array.isArray(errors)
