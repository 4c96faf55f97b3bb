import { attributes, tokens } from '../../attributes.ts'
import { html, nothing, type Html } from '../../html.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { texts } from '../../texts/index.ts'
import { icon } from '../icon.ts'
import { describedBy, errorOf, idOf, optionalMark, type At, type FieldOptions } from './field.ts'

export interface FileFieldOptions extends Omit<FieldOptions, 'value'> {
  /** Media types and endings for the file chooser: `['application/pdf', 'image/jpeg']`. */
  readonly accept?: readonly string[]
  /** How the hint names the kinds: "PDF, JPG, PNG". */
  readonly kinds?: string
  readonly maxBytes?: number
  readonly multiple?: boolean
  /** What was uploaded before; `remove` is the name of a submit button whose value is the file's id. */
  readonly files?: readonly { id: string; name: string; bytes: number; href?: string }[]
  readonly remove?: string
}

/** Upload of files, with what is there already. Needs `multipart: true` in `form`. Shows progress where there is JavaScript. */
export function fileField(at: At, o: FileFieldOptions): Html {
  const t = texts(at)
  const id = idOf(o)
  const limits =
    o.kinds && o.maxBytes ? t.fileLimits(o.kinds, formatNumber(at, Math.floor(o.maxBytes / 100_000) / 10)) : ''
  const hint = limits ? html`${o.hint} ${limits}` : o.hint
  const described = { ...o, hint }
  return html`<rh-upload data-uploading="${t.uploading}" data-broken="${t.uploadBroken}">
    <div class="${tokens('kern-form-input', o.error && 'kern-form-input--error')}">
      ${o.heading ? html`<h1 class="rh-label-heading">${label(at, o)}</h1>` : label(at, o)}
      ${hint ? html`<div class="kern-hint" id="${id}-hint">${hint}</div>` : nothing} ${listOf(at, o)}
      <input${attributes({
        class: tokens('kern-form-input__input', o.error && 'kern-form-input__input--error'),
        type: 'file',
        id,
        name: o.name,
        accept: o.accept?.join(','),
        multiple: o.multiple,
        disabled: o.disabled,
        required: !o.optional && !o.files?.length,
        'aria-invalid': o.error ? 'true' : 'false',
        'aria-describedby': describedBy(described),
      })}>
      ${errorOf(at, o)}
    </div>
  </rh-upload>`
}

const label = (at: At, o: FileFieldOptions): Html =>
  html`<label class="kern-label" for="${idOf(o)}">${o.label}${optionalMark(at, o.optional)}</label>`

function listOf(at: At, o: FileFieldOptions): Html {
  if (!o.files?.length) return nothing
  const t = texts(at)
  return html`<p class="rh-source">${t.filesSoFar}:</p>
    <ul class="rh-files">
    ${o.files.map(
      (f) =>
        html`<li class="rh-files__item">
          ${icon('draft')}
          <span class="rh-files__name">${f.href ? html`<a class="kern-link" href="${f.href}">${f.name}</a>` : f.name}
            (${fileSize(at, f.bytes)})</span>
          ${
            o.remove
              ? html`<button
                  class="kern-btn kern-btn--tertiary"
                  type="submit"
                  name="${o.remove}"
                  value="${f.id}"
                  formnovalidate
                >
                  <span class="kern-label">${t.remove}<span class="kern-sr-only"> ${f.name}</span></span>
                </button>`
              : nothing
          }
        </li>`,
    )}
  </ul>`
}

/** "340 KB", "1,2 MB" (1 MB = 1,000,000 bytes). */
export function fileSize(at: At, bytes: number): string {
  if (bytes < 1_000_000) return `${formatNumber(at, Math.max(1, Math.round(bytes / 1000)))} KB`
  return `${formatNumber(at, Math.round(bytes / 100_000) / 10)} MB`
}
