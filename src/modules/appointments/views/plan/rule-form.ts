import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  button,
  buttonGroup,
  checkboxesField,
  checkboxField,
  dayField,
  descriptionList,
  errorSummary,
  fieldset,
  form,
  hiddenField,
  numberField,
  pageHeading,
  radioField,
  section,
  selectField,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { AUDIENCES, type OpeningRule } from '../../domain/rule.ts'
import type { RuleVersion } from '../../store/rules.ts'
import { texts } from '../../texts/index.ts'
import type { RuleErrors, TypedRule } from '../../typed-rule.ts'
import { PLAN_STYLES } from './frame.ts'
import { ruleTitle, ruleWords, type RuleWords } from './words.ts'

export interface RuleFormView {
  readonly teamName: string
  /** Where the team's rules stand. */
  readonly back: string
  readonly action: string
  readonly typed: TypedRule
  readonly hidden: readonly (readonly [string, string])[]
  readonly errors: RuleErrors
  readonly isNew: boolean
  /** Then the form asks from which day on the change applies. */
  readonly hasBegun: boolean
  /** Versions that are to hold later, the next one first. */
  readonly later: readonly Pick<RuleVersion, 'rule' | 'from'>[]
  /** Where the last day alone is sent; null for a rule that has not begun. */
  readonly end: { readonly action: string; readonly lastDay: string } | null
  /** The rule as somebody else has left it, while this form was open; null: nobody did. */
  readonly editedByOthers: { readonly now: OpeningRule | null } | null
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const STEPS = [5, 10, 15, 20, 30, 45, 60]

export function ruleFormPage(ctx: Ctx, view: RuleFormView): Html {
  const t = texts(ctx).plan
  const title = view.isNew ? t.rule.newTitle : t.rule.changeTitle
  return layout(ctx, {
    title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(view.errors).length > 0,
    main: html`${backLink(ctx, href(ctx, view.back), view.teamName)} ${errorSummary(ctx, view.errors)}
    ${editedByOthers(ctx, view)} ${pageHeading({ title, preline: view.teamName })}
    ${form(
      { action: href(ctx, view.action) },
      view.hidden.map(([name, value]) => hiddenField(name, value)),
      view.hasBegun ? fromFields(ctx, view) : nothing,
      daysFields(ctx, view),
      timeFields(ctx, view),
      seatFields(ctx, view),
      validityFields(ctx, view),
      releaseFields(ctx, view),
      buttonGroup(button({ label: t.rule.preview, name: 'next', value: 'preview' })),
    )}
    ${endForm(ctx, view)}`,
  })
}

function editedByOthers(ctx: Ctx, { editedByOthers: edited }: RuleFormView): Html {
  if (!edited) return nothing
  const t = texts(ctx).plan
  const now = edited.now
  return html`${alert(ctx, { kind: 'warning', title: t.edited.title, body: now ? t.edited.body : t.edited.gone, live: true })}
  ${now ? html`<p><strong>${ruleTitle(ctx, now)}</strong></p>${ruleFacts(ctx, ruleWords(ctx, now))}` : nothing}`
}

/** All that a rule says, each part under its name. */
export function ruleFacts(ctx: Ctx, words: RuleWords): Html {
  const t = texts(ctx).plan.differences
  return descriptionList(
    ctx,
    (Object.keys(words) as (keyof RuleWords)[]).map((part) => ({ label: t[part], value: words[part] })),
  )
}

/** First: all that follows is meant from that day on. */
function fromFields(ctx: Ctx, { typed, errors, later }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  const planned = later.map(({ rule, from }) => t.planned(formatDate(ctx, from!), ruleTitle(ctx, rule)))
  return fieldset(
    ctx,
    { legend: t.when },
    html`${dayField(ctx, { name: 'from', label: t.from, hint: t.fromHint, value: typed.from, error: errors['from'] })}
    ${
      planned.length === 0
        ? nothing
        : checkboxField(ctx, {
            name: 'keepsLater',
            label: t.keepsLater,
            hint: planned.join('; '),
            checked: typed.keepsLater,
            optional: true,
          })
    }`,
  )
}

function daysFields(ctx: Ctx, { typed, errors }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  const weekdays = WEEKDAYS.map((day) => ({ value: String(day), label: formatWeekday(ctx, day) }))
  return fieldset(
    ctx,
    { legend: t.days },
    html`${radioField(ctx, {
      name: 'kind',
      label: t.repeat,
      value: typed.kind,
      choices: [
        { value: 'weekly', label: t.weekly },
        { value: 'monthly', label: t.monthly },
      ],
    })}
    <div class="ap-weekly">
      <div class="ap-weekdays">
        ${checkboxesField(ctx, {
          name: 'weekdays',
          label: t.weekdays,
          hint: html`<span class="ap-if">${t.weekdaysHint}</span>`,
          values: typed.weekdays,
          choices: weekdays,
          error: errors['weekdays'],
        })}
      </div>
      ${numberField(ctx, { name: 'everyWeeks', label: t.everyWeeks, hint: t.everyWeeksHint, value: typed.everyWeeks, width: 4, error: errors['everyWeeks'] })}
    </div>
    <div class="ap-pair ap-monthly">
      ${selectField(ctx, {
        name: 'nth',
        label: t.nth,
        hint: html`<span class="ap-if">${t.monthlyHint}</span>`,
        empty: null,
        value: typed.nth,
        choices: (['1', '2', '3', '4', '5', '-1'] as const).map((value) => ({ value, label: t.nths[value] })),
      })}
      ${selectField(ctx, { name: 'weekday', label: t.weekday, empty: null, value: typed.weekday, choices: weekdays })}
    </div>
    ${checkboxField(ctx, { name: 'onHolidays', label: t.onHolidays, checked: typed.onHolidays, optional: true })}`,
  )
}

function timeFields(ctx: Ctx, { typed, errors }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  return fieldset(
    ctx,
    { legend: t.time },
    html`${textField(ctx, { name: 'hours', label: t.hours, hint: t.hoursHint, value: typed.hours, width: 30, maxLength: 200, error: errors['hours'] })}
    ${checkboxField(ctx, { name: 'overMidnight', label: t.overMidnight, checked: typed.overMidnight, optional: true })}
    ${textField(ctx, { name: 'breaks', label: t.breaks, hint: t.breaksHint, value: typed.breaks, width: 30, maxLength: 200, optional: true, error: errors['breaks'] })}
    ${selectField(ctx, {
      name: 'step',
      label: t.step,
      hint: t.stepHint,
      empty: null,
      value: typed.step,
      choices: [...new Set([...STEPS, Number(typed.step) || 10])]
        .toSorted((a, b) => a - b)
        .map((step) => ({ value: String(step), label: t.minutes(formatNumber(ctx, step)) })),
      error: errors['step'],
    })}`,
  )
}

function seatFields(ctx: Ctx, { typed, errors }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  return fieldset(
    ctx,
    { legend: t.seats },
    AUDIENCES.map((name) =>
      numberField(ctx, { name, label: t[name], value: typed[name], width: 4, error: errors[name] }),
    ),
  )
}

function validityFields(ctx: Ctx, { typed, errors, hasBegun }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  return fieldset(
    ctx,
    { legend: t.validity },
    html`${dayField(ctx, { name: 'firstDay', label: t.firstDay, ...(hasBegun ? { hint: t.firstDayBegun } : {}), value: typed.firstDay, error: errors['firstDay'] })}
    ${dayField(ctx, { name: 'lastDay', label: t.lastDay, hint: t.lastDayHint, value: typed.lastDay, optional: true, error: errors['lastDay'] })}`,
  )
}

function releaseFields(ctx: Ctx, { typed, errors }: RuleFormView): Html {
  const t = texts(ctx).plan.rule
  return fieldset(
    ctx,
    { legend: t.release },
    html`${numberField(ctx, { name: 'weeksAhead', label: t.weeksAhead, hint: t.weeksAheadHint, value: typed.weeksAhead, width: 4, error: errors['weeksAhead'] })}
    ${textField(ctx, { name: 'at', label: t.at, hint: t.atHint, value: typed.at, width: 6, maxLength: 20, error: errors['at'] })}`,
  )
}

/** The quick way to a last day; what that hits is shown before anything happens. */
function endForm(ctx: Ctx, { end, hidden }: RuleFormView): Html {
  if (!end) return nothing
  const t = texts(ctx).plan
  return section(
    { title: t.rule.end, id: 'ende' },
    form(
      { action: href(ctx, end.action) },
      hidden.map(([name, value]) => hiddenField(name, value)),
      dayField(ctx, {
        name: 'lastDay',
        id: 'f-ende',
        label: t.rule.lastDay,
        hint: t.rule.endLead,
        value: end.lastDay,
      }),
      buttonGroup(button({ label: t.rule.preview, kind: 'secondary', about: t.rule.end })),
    ),
  )
}
