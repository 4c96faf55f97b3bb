import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  csvButton,
  errorSummary,
  form,
  link,
  linkButton,
  pageHeading,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import type { Unit } from '../../domain/unit.ts'
import type { UnitWithStaff } from '../../store/units.ts'
import { texts } from '../../texts/index.ts'
import type { Errors } from '../sign-in.ts'
import { noticeOf, unitChoices } from './accounts.ts'

export function unitsPage(
  ctx: Ctx,
  o: { units: readonly UnitWithStaff[]; mayChange: boolean; notice: string | null },
): Html {
  const t = texts(ctx).staff
  const name = (unit: UnitWithStaff) => {
    const words = unit.name[ctx.locale]
    const indent = '– '.repeat(unit.depth - 1)
    return html`${indent}${o.mayChange ? link(href(ctx, `/workbench/aemter/${unit.id}`), words) : words}`
  }
  return layout(ctx, {
    title: t.units,
    main: html`
      ${noticeOf(ctx, o.notice)}
      ${pageHeading({
        title: t.units,
        lead: t.unitsLead,
        actions: buttonGroup(
          o.mayChange
            ? linkButton({ label: t.addUnit, href: href(ctx, '/workbench/aemter/neu'), kind: 'primary', icon: 'add' })
            : nothing,
          csvButton(ctx, href(ctx, '/workbench/aemter.csv')),
        ),
      })}
      ${table(ctx, {
        caption: t.units,
        captionHidden: true,
        dense: true,
        rows: o.units,
        columns: [
          { key: 'name', title: t.name, cell: name },
          { key: 'id', title: t.unitId, cell: (unit) => unit.id },
          { key: 'telephone', title: t.telephone, nowrap: true, cell: (unit) => unit.telephone ?? '–' },
          { key: 'email', title: t.email, cell: (unit) => unit.email ?? '–' },
          {
            key: 'staff',
            title: t.staffCount,
            numeric: true,
            cell: (unit) =>
              link(href(ctx, `/workbench/konten?amt=${unit.id}`), String(unit.staff), { about: unit.name[ctx.locale] }),
          },
        ],
      })}`,
  })
}

export interface UnitForm {
  /** null for a new unit. */
  readonly id: string | null
  readonly typed: Readonly<Record<'id' | 'parent' | 'de' | 'en' | 'telephone' | 'email', string>>
  readonly units: readonly Unit[]
  readonly errors: Errors
}

export function unitPage(ctx: Ctx, o: UnitForm): Html {
  const t = texts(ctx)
  const s = t.staff
  const title = o.id === null ? s.addUnit : s.editUnit(o.typed[ctx.locale])
  const field = (
    name: keyof UnitForm['typed'],
    label: string,
    more: { hint?: string; type?: 'tel' | 'email'; optional?: boolean } = {},
  ) =>
    textField(ctx, {
      name,
      label,
      value: o.typed[name],
      error: o.errors[name],
      width: 30,
      autocomplete: 'off',
      ...more,
    })
  return layout(ctx, {
    title,
    hasErrors: Object.keys(o.errors).length > 0,
    breadcrumbs: [{ label: s.units, href: href(ctx, '/workbench/aemter') }, { label: title }],
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title })}
      ${form(
        { action: href(ctx, `/workbench/aemter/${o.id ?? 'neu'}`) },
        o.id === null
          ? html`${field('id', s.unitId, { hint: s.unitIdHint })}
            ${selectField(ctx, { name: 'parent', label: s.parent, value: o.typed.parent, error: o.errors.parent, choices: unitChoices(ctx, o.units) })}`
          : nothing,
        field('de', s.nameDe),
        field('en', s.nameEn),
        field('telephone', s.telephone, { type: 'tel', optional: true }),
        field('email', s.email, { type: 'email', optional: true }),
        buttonGroup(
          button({ label: t.save }),
          linkButton({ label: t.cancel, href: href(ctx, '/workbench/aemter'), kind: 'tertiary' }),
        ),
      )}`,
  })
}
