import { kindNames, type Field } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  checkboxField,
  checkboxesField,
  dateField,
  details,
  emailField,
  fileField,
  link,
  moneyField,
  numberField,
  radioField,
  selectField,
  telephoneField,
  textareaField,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { valueAt, type PlacedField } from '../domain/pages.ts'
import { typedOf } from '../use-cases/typed.ts'
import type { Source } from '../domain/source.ts'
import { REMOVE_FILE } from '../use-cases/save-step.ts'
import { texts } from '../texts/index.ts'
import { addressFieldset } from './address.ts'
import type { FieldSurroundings } from './surroundings.ts'

/** One field of a form with its hint, help, error and source. */
export function fieldView(ctx: Ctx, placed: PlacedField, around: FieldSurroundings): Html {
  if (placed.field.type === 'computed') return nothing
  const help = around.def.texts[ctx.locale].fields[placed.path]?.help
  return html`${control(ctx, placed, around)}${help ? details({ summary: texts(ctx).step.help, open: false }, html`<p>${help}</p>`) : nothing}`
}

function control(ctx: Ctx, placed: PlacedField, around: FieldSurroundings): Html {
  const { field, pointer, path } = placed
  const words = around.def.texts[ctx.locale].fields[path]
  const value = valueAt(around.answers, pointer)
  const base = {
    name: pointer,
    label: words?.label ?? path,
    hint: words?.hint,
    error: around.errors[pointer],
    optional: !around.isRequired(pointer),
    source: sourceNote(ctx, around.sources[pointer]),
    value: typedOf(field, value, ctx.locale),
  }
  switch (field.type) {
    case 'text':
      if (field.lines > 1) return textareaField(ctx, { ...base, rows: field.lines, maxLength: field.max })
      return textField(ctx, { ...base, autocomplete: field.autocomplete, width: widthFor(field.max) })
    case 'number':
      return numberField(ctx, { ...base, decimals: field.decimals > 0, suffix: words?.unit })
    case 'money':
      return moneyField(ctx, base)
    case 'date':
      return dateField(ctx, { ...base, autocomplete: field.autocomplete === 'bday' ? 'bday' : undefined })
    case 'choice':
      return choiceControl(ctx, field, base, value, words?.options ?? {})
    case 'address':
      return addressFieldset(ctx, placed, around, base)
    case 'plate':
      return textField(ctx, { ...base, width: 10, autocapitalize: 'characters', spellcheck: false })
    case 'iban':
      return textField(ctx, { ...base, width: 30, autocapitalize: 'characters', spellcheck: false })
    case 'mail':
      return emailField(ctx, base)
    case 'telephone':
      return telephoneField(ctx, base)
    case 'consent':
      return checkboxField(ctx, { ...base, checked: value === true })
    case 'file':
      return fileControl(ctx, field, base, value, around)
    case 'computed':
      return nothing
  }
}

function choiceControl(
  ctx: Ctx,
  field: Extract<Field, { type: 'choice' }>,
  base: Parameters<typeof textField>[1],
  value: unknown,
  words: Readonly<Record<string, string>>,
): Html {
  const choices = field.options.map((option) => ({ value: option, label: words[option] ?? option }))
  if (field.multiple)
    return checkboxesField(ctx, { ...base, choices, values: Array.isArray(value) ? (value as string[]) : [] })
  return field.look === 'list' ? selectField(ctx, { ...base, choices }) : radioField(ctx, { ...base, choices })
}

function fileControl(
  ctx: Ctx,
  field: Extract<Field, { type: 'file' }>,
  base: Parameters<typeof textField>[1],
  value: unknown,
  around: FieldSurroundings,
): Html {
  const ids = Array.isArray(value) ? (value as string[]) : []
  return fileField(ctx, {
    ...base,
    accept: field.kinds,
    kinds: kindNames(field.kinds),
    maxBytes: field.maxBytes,
    multiple: field.max > 1,
    files: ids.flatMap((id) => {
      const facts = around.files.get(id)
      return facts ? [{ id, name: facts.name, bytes: facts.bytes, href: around.fileHref(id) }] : []
    }),
    remove: REMOVE_FILE,
  })
}

/** "aus Ihrem Datenkonto, ändern" */
export function sourceNote(ctx: Ctx, source: Source | undefined): Html | undefined {
  if (!source) return undefined
  if (!source.link) return html`${source[ctx.locale]}`
  return html`${source[ctx.locale]}, ${link(href(ctx, source.link), texts(ctx).step.changeSource)}`
}

function widthFor(max: number): 4 | 10 | 20 | 30 {
  if (max <= 5) return 4
  if (max <= 12) return 10
  return max <= 30 ? 20 : 30
}
