import type { Ctx } from '#platform/context.ts'
import { alert, notice, section } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDate, formatNumber } from '#platform/i18n/format.ts'
import { CITY_TIME_ZONE, cityDate } from '#platform/time/clock.ts'
import { instantOf } from '../../domain/cells.ts'
import type { Opening, OpeningRule } from '../../domain/rule.ts'
import { texts } from '../../texts/index.ts'
import { besideView, type Beside } from './beside.ts'
import { openingsWords } from './openings.ts'
import { daysList } from './preview.ts'
import { ruleFacts } from './rule-form.ts'
import { ruleTitle, ruleWords } from './words.ts'

const DAYS_SHOWN = 8

export interface RulePreview {
  readonly rule: OpeningRule
  /** What holds on its first day so far; null: the rule is new. */
  readonly before: OpeningRule | null
  readonly week: Beside['week']
  /** Versions planned for later days that fall away with it. */
  readonly dropped: readonly OpeningRule[]
  /** The days that it opens. */
  readonly days: readonly { readonly day: Temporal.PlainDate; readonly openings: readonly Opening[] }[]
  /** Minutes of the shortest service of the team, where not even that fits; else null. */
  readonly tooShortFor: number | null
}

/** The rule in words, what changes with it, and the days that it opens. */
export function rulePreview(ctx: Ctx, { rule, before, week, dropped, days, tooShortFor }: RulePreview): Html {
  const t = texts(ctx).plan.preview
  const more = days.length - DAYS_SHOWN
  const shown = days.slice(0, DAYS_SHOWN).map(({ day, openings }) => ({
    day,
    words: [openingsWords(ctx, openings), ...(isClockChanged(day, openings) ? [t.clockChange] : [])].join('. '),
  }))
  const gone = dropped.map((one) => t.dropped(formatDate(ctx, one.inForce!.from!), ruleTitle(ctx, one)))
  return html`${tooShortFor === null ? nothing : alert(ctx, { kind: 'warning', title: t.tooShort, body: t.tooShortBody(formatNumber(ctx, tooShortFor)) })}
  ${besideView(ctx, { before, after: rule, week })}
  ${section(
    { title: t.now },
    ruleFacts(ctx, ruleWords(ctx, rule)),
    gone.map((words) => notice(html`<p>${words}</p>`)),
  )}
  ${section(
    { title: t.opens },
    days.length === 0 ? html`<p>${t.opensNothing}</p>` : daysList(ctx, shown),
    more > 0 ? html`<p>${t.moreDays(formatNumber(ctx, more))}</p>` : nothing,
  )}`
}

/** On a day of 23 or 25 hours, or in a night that ends on one. */
const isClockChanged = (day: Temporal.PlainDate, openings: readonly Opening[]) =>
  [day, ...openings.map(({ to }) => cityDate(instantOf(to - 1)))].some(
    (one) => one.toZonedDateTime(CITY_TIME_ZONE).hoursInDay !== 24,
  )
