import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHeading,
  radioField,
  selectField,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { KINDS, LONGEST_NAME } from '../domain/device.ts'
import { texts } from '../texts/index.ts'
import { LIST, officeChoices } from './list.ts'

export interface TypedDevice {
  /** Of the device to be: a form that is sent twice adds one. */
  readonly id: string
  readonly name: string
  readonly office: string
  readonly kind: string
  readonly how: string
}

export function addPage(
  ctx: Ctx,
  o: { typed: TypedDevice; offices: readonly Office[]; errors: Readonly<Record<string, string>> },
): Html {
  const t = texts(ctx)
  const { typed, errors } = o
  return layout(ctx, {
    title: t.add,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title, href: href(ctx, LIST) }, { label: t.add }],
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.add })}
    ${form(
      { action: href(ctx, `${LIST}/neu`) },
      hiddenField('id', typed.id),
      textField(ctx, {
        name: 'name',
        label: t.name,
        hint: t.nameHint,
        value: typed.name,
        error: errors['name'],
        maxLength: LONGEST_NAME,
        width: 30,
        autocomplete: 'off',
      }),
      selectField(ctx, {
        name: 'dienststelle',
        label: t.office,
        value: typed.office,
        error: errors['dienststelle'],
        choices: officeChoices(ctx, o.offices),
      }),
      radioField(ctx, {
        name: 'art',
        label: t.kind,
        value: typed.kind,
        error: errors['art'],
        choices: KINDS.map((kind) => ({ value: kind, label: t.kinds[kind], hint: t.kindHints[kind] })),
      }),
      radioField(ctx, {
        name: 'anmeldung',
        label: t.how,
        value: typed.how,
        error: errors['anmeldung'],
        choices: (['set-up', 'key'] as const).map((how) => ({ value: how, label: t.hows[how], hint: t.howHints[how] })),
      }),
      buttonGroup(button({ label: t.add }), linkButton({ label: t.cancel, href: href(ctx, LIST), kind: 'tertiary' })),
    )}`,
  })
}
