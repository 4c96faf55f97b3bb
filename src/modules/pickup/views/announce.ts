import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  emailField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHeading,
  radioField,
  selectField,
  telephoneField,
  textField,
  type Choice,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { LONGEST } from '../domain/document.ts'
import { texts } from '../texts/index.ts'
import { LIST } from './list.ts'

export interface TypedDocument {
  /** Of the document to be: a form that is sent twice announces one. */
  readonly id: string
  readonly what: string
  readonly kase: string
  readonly name: string
  readonly email: string
  readonly telephone: string
  readonly locale: string
  /** Slug of an office (its counter) or id of a locker. */
  readonly where: string
}

interface AnnounceView {
  readonly typed: TypedDocument
  readonly places: readonly Choice[]
  readonly errors: Readonly<Record<string, string>>
}

export function announcePage(ctx: Ctx, view: AnnounceView): Html {
  const t = texts(ctx).staff
  const { typed, errors } = view
  return layout(ctx, {
    title: t.add,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title, href: href(ctx, LIST) }, { label: t.add }],
    main: html`${errorSummary(ctx, errors)} ${pageHeading({ title: t.add })}
    ${form(
      { action: href(ctx, `${LIST}/neu`) },
      hiddenField('id', typed.id),
      documentFields(ctx, view),
      recipientFields(ctx, view),
      selectField(ctx, {
        name: 'wo',
        label: t.where,
        hint: t.whereHint,
        value: typed.where,
        error: errors['wo'],
        choices: view.places,
      }),
      buttonGroup(
        button({ label: t.announce }),
        linkButton({ label: t.cancel, href: href(ctx, LIST), kind: 'tertiary' }),
      ),
    )}`,
  })
}

/** What is ready. */
function documentFields(ctx: Ctx, { typed, errors }: AnnounceView): readonly Html[] {
  const t = texts(ctx).staff
  return [
    textField(ctx, {
      name: 'dokument',
      label: t.what,
      hint: t.whatHint,
      value: typed.what,
      error: errors['dokument'],
      maxLength: LONGEST.title,
      width: 30,
      autocomplete: 'off',
    }),
    textField(ctx, {
      name: 'vorgang',
      label: t.caseNumber,
      hint: t.caseHint,
      value: typed.kase,
      error: errors['vorgang'],
      optional: true,
      maxLength: 40,
      width: 20,
      autocomplete: 'off',
    }),
  ]
}

/** For whom, and how they are told. */
function recipientFields(ctx: Ctx, { typed, errors }: AnnounceView): readonly Html[] {
  const t = texts(ctx).staff
  return [
    textField(ctx, {
      name: 'name',
      label: t.name,
      hint: t.nameHint,
      value: typed.name,
      error: errors['name'],
      maxLength: LONGEST.name,
      width: 30,
      autocomplete: 'off',
    }),
    emailField(ctx, {
      name: 'mail',
      label: t.email,
      value: typed.email,
      error: errors['mail'],
      optional: true,
      autocomplete: 'off',
    }),
    telephoneField(ctx, {
      name: 'telefon',
      label: t.telephone,
      hint: t.telephoneHint,
      value: typed.telephone,
      error: errors['telefon'],
      optional: true,
      maxLength: 24,
      autocomplete: 'off',
    }),
    radioField(ctx, {
      name: 'sprache',
      label: t.locale,
      value: typed.locale,
      horizontal: true,
      choices: (['de', 'en'] as const).map((locale) => ({ value: locale, label: t.locales[locale] })),
    }),
  ]
}
