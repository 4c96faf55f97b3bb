import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  dayField,
  alert,
  button,
  buttonForm,
  buttonGroup,
  csvButton,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  section,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDay } from '#platform/i18n/format.ts'
import type { Closure } from '../../domain/rule.ts'
import type { NamedClosure } from '../../store/closures.ts'
import { texts } from '../../texts/index.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'

export interface TypedClosure {
  readonly id: string
  /** `alle`: every one of them. */
  readonly office: string
  readonly firstDay: string
  readonly lastDay: string
  readonly reason: string
}

export interface ClosuresView {
  readonly closures: readonly NamedClosure[]
  readonly offices: readonly Office[]
  /** Those of them that the account may shut. */
  readonly kept: readonly Office[]
  readonly mayAll: boolean
  readonly typed: TypedClosure
  readonly errors: Readonly<Record<string, string>>
  readonly done: 'eingetragen' | 'entfernt' | null
}

/** `/workbench/termine/schliesstage` */
export function closuresPage(ctx: Ctx, view: ClosuresView): Html {
  const t = texts(ctx).plan
  const { errors, done, mayAll, kept } = view
  return layout(ctx, {
    title: t.closures.title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${errorSummary(ctx, errors)}
    ${done ? alert(ctx, { kind: 'success', title: t.team.done[done], live: true }) : nothing}
    ${pageHeading({
      title: t.closures.title,
      lead: t.closures.lead,
      actions: csvButton(ctx, href(ctx, '/workbench/termine/schliesstage.csv')),
    })} ${planTabs(ctx, 'closures')}
    ${table(ctx, {
      caption: t.closures.caption,
      captionHidden: true,
      dense: true,
      rows: view.closures,
      columns: [
        { key: 'days', title: t.closures.days, cell: (closure) => closureDays(ctx, closure) },
        { key: 'office', title: t.closures.office, cell: ({ office }) => closureOffice(ctx, view.offices, office) },
        { key: 'reason', title: t.closures.reason, cell: ({ reason }) => reason },
        {
          key: 'remove',
          title: t.closures.remove,
          titleHidden: true,
          cell: (closure) =>
            !(closure.office === null ? mayAll : kept.some(({ slug }) => slug === closure.office))
              ? nothing
              : buttonForm({
                  action: href(ctx, `/workbench/termine/schliesstage/${closure.id}`),
                  label: t.closures.remove,
                  kind: 'tertiary',
                  about: closureDays(ctx, closure),
                }),
        },
      ],
      empty: emptyState({ title: t.closures.emptyTitle, body: t.closures.emptyBody }),
    })}
    ${
      mayAll || kept.length > 0
        ? section({ title: t.closures.add, id: 'neu' }, closureForm(ctx, view))
        : html`<p>${t.closures.asGuest}</p>`
    }`,
  })
}

function closureForm(ctx: Ctx, { kept, mayAll, typed, errors }: ClosuresView): Html {
  const t = texts(ctx).plan
  return form(
    { action: href(ctx, '/workbench/termine/schliesstage') },
    hiddenField('id', typed.id),
    selectField(ctx, {
      name: 'office',
      label: t.closures.office,
      value: typed.office,
      choices: [
        ...(mayAll ? [{ value: 'alle', label: t.closures.all }] : []),
        ...kept.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
      ],
      error: errors['office'],
    }),
    dayField(ctx, {
      name: 'firstDay',
      label: t.closures.firstDay,
      value: typed.firstDay,
      error: errors['firstDay'],
    }),
    dayField(ctx, {
      name: 'lastDay',
      label: t.closures.lastDay,
      hint: t.closures.lastDayHint,
      value: typed.lastDay,
      optional: true,
      error: errors['lastDay'],
    }),
    textField(ctx, {
      name: 'reason',
      label: t.closures.reason,
      hint: t.closures.reasonHint,
      value: typed.reason,
      width: 30,
      maxLength: 100,
      error: errors['reason'],
    }),
    buttonGroup(button({ label: t.rule.preview, name: 'next', value: 'preview' })),
  )
}

export const closureDays = (ctx: Ctx, { firstDay, lastDay }: Closure): string =>
  firstDay.equals(lastDay)
    ? formatDay(ctx, firstDay)
    : texts(ctx).plan.words.fromTo(formatDate(ctx, firstDay), formatDate(ctx, lastDay))

export const closureOffice = (ctx: Ctx, offices: readonly Office[], office: string | null): string =>
  office === null
    ? texts(ctx).plan.closures.all
    : (offices.find(({ slug }) => slug === office)?.name[ctx.locale] ?? office)
