import { attributes, tokens } from '../../attributes.ts'
import { html, type Html } from '../../html.ts'
import { texts } from '../../texts/index.ts'
import { describedBy, errorOf, hintOf, idOf, optionalMark, sourceOf, type At, type FieldOptions } from './field.ts'

/**
 * A date in three fields (day, month, year), as people read it from a document: quicker and less error-prone than a
 * calendar for dates that one knows, and the same without scripts. The parts are sent as `<name>.day`, `.month`, `.year`;
 * `dateFromForm` joins them. `autocomplete: 'bday'` for a person's own birth date.
 */
export function dateField(at: At, o: FieldOptions & { autocomplete?: 'bday' }): Html {
  const t = texts(at)
  const value = splitDate(o.value ?? '')
  const id = idOf(o)
  const part = (key: 'day' | 'month' | 'year', label: string, width: 2 | 4) => {
    // The first part carries the field's own id, so that the error summary's link lands on it.
    const partId = key === 'day' ? id : `${id}-${key}`
    return html`<div class="kern-form-input">
      <label class="kern-label" for="${partId}">${label}</label>
      <input${attributes({
        class: tokens('kern-form-input__input', o.error && 'kern-form-input__input--error'),
        id: partId,
        name: `${o.name}.${key}`,
        type: 'text',
        inputmode: 'numeric',
        maxlength: width,
        autocomplete: o.autocomplete ? `bday-${key}` : undefined,
        value: value[key] || undefined,
        disabled: o.disabled,
        'aria-required': o.optional ? undefined : 'true',
        'aria-invalid': o.error ? 'true' : undefined,
        'data-width': width,
      })}>
    </div>`
  }
  return html`<fieldset${attributes({
    class: tokens('kern-fieldset', 'rh-date', o.error && 'kern-fieldset--error'),
    'aria-describedby': describedBy(o),
  })}>
    <legend class="kern-label">${o.heading ? html`<h1 class="rh-label-heading">${o.label}</h1>` : o.label}${optionalMark(at, o.optional)}</legend>
    ${hintOf(o)}
    <div class="kern-fieldset__body kern-fieldset__body--horizontal">
      ${part('day', t.day, 2)} ${part('month', t.month, 2)} ${part('year', t.year, 4)}
    </div>
    ${sourceOf(o)} ${errorOf(at, o)}
  </fieldset>`
}

export interface DateParts {
  readonly day: string
  readonly month: string
  readonly year: string
}

/**
 * The three parts as one string: `2026-11-21` where all are numbers (30 February stays `2026-02-30`, for the validation to
 * refuse), otherwise as typed with dots (`3.x.2026`), and '' where nothing was typed. Nothing typed is lost: `dateField`
 * takes either back.
 */
export function joinDate(parts: DateParts): string {
  const day = parts.day.trim()
  const month = parts.month.trim()
  const year = parts.year.trim()
  if (!day && !month && !year) return ''
  if (/^\d{1,2}$/.test(day) && /^\d{1,2}$/.test(month) && /^\d{4}$/.test(year)) {
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  }
  return `${day}.${month}.${year}`
}

/** The other way: ISO date or what was typed, into the three parts. */
export function splitDate(value: string): DateParts {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (iso) return { day: String(Number(iso[3])), month: String(Number(iso[2])), year: iso[1]! }
  const [day = '', month = '', ...year] = value.split('.')
  return { day, month, year: year.join('.') }
}

/** Reads a `dateField` from a submitted form. */
export function dateFromForm(form: { get(name: string): string }, name: string): string {
  return joinDate({ day: form.get(`${name}.day`), month: form.get(`${name}.month`), year: form.get(`${name}.year`) })
}
