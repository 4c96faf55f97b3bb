import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  buttonForm,
  buttonGroup,
  errorSummary,
  form,
  numberField,
  pageHeading,
  prose,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { missedPercent, type Attendance, type Widening } from '../../domain/widening.ts'
import { texts } from '../../texts/index.ts'
import { PLAN_STYLES } from './frame.ts'
import { percentWords, ruleWords } from './missed.ts'

export interface TypedWidening {
  readonly fromPercent: string
  readonly seats: string
}

export interface WidenView {
  readonly team: string
  readonly name: string
  readonly typed: TypedWidening
  readonly errors: Readonly<Record<string, string>>
  readonly rule: Widening | null
  readonly counted: Attendance
}

/** `/workbench/termine/ausfaelle/regel/:team`: more seats where many do not come. */
export function widenPage(ctx: Ctx, { team, name, typed, errors, rule, counted }: WidenView): Html {
  const t = texts(ctx).plan.missed
  const path = href(ctx, `/workbench/termine/ausfaelle/regel/${team}`)
  const figures = t.counted(
    formatNumber(ctx, counted.booked),
    formatNumber(ctx, counted.missed),
    percentWords(ctx, missedPercent(counted)),
  )
  return layout(ctx, {
    title: t.ruleTitle,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, '/workbench/termine/ausfaelle'), t.title)} ${errorSummary(ctx, errors)}
    ${pageHeading({ title: t.ruleTitle, preline: name })}
    ${prose(html`<p>${figures}</p><p>${t.ruleLead}</p>`, rule ? html`<p>${ruleWords(ctx, rule)}</p>` : nothing)}
    ${form(
      { action: path },
      numberField(ctx, {
        name: 'fromPercent',
        label: t.fromPercent,
        hint: t.fromPercentHint,
        value: typed.fromPercent,
        error: errors['fromPercent'],
        suffix: '%',
      }),
      numberField(ctx, {
        name: 'seats',
        label: t.seats,
        hint: t.seatsHint,
        value: typed.seats,
        error: errors['seats'],
      }),
      buttonGroup(button({ label: t.save })),
    )}
    ${rule ? buttonForm({ action: `${path}/ende`, label: t.end }) : nothing}`,
  })
}
