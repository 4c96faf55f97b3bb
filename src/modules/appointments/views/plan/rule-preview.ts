import type { Ctx } from '#platform/context.ts'
import { notice, section } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import type { Opening, OpeningRule } from '../../domain/rule.ts'
import { texts } from '../../texts/index.ts'
import { openingsWords } from './openings.ts'
import { daysList } from './preview.ts'
import { ruleFacts } from './rule-form.ts'
import { ruleTitle, ruleWords } from './words.ts'

const DAYS_SHOWN = 8

/** The rule in words, and the days that it opens. @param hasGap whether a rule that holds ends before this one begins */
export function rulePreview(
  ctx: Ctx,
  rule: OpeningRule,
  days: readonly { readonly day: Temporal.PlainDate; readonly openings: readonly Opening[] }[],
  hasGap: boolean,
): Html {
  const t = texts(ctx).plan.preview
  const more = days.length - DAYS_SHOWN
  const shown = days.slice(0, DAYS_SHOWN).map(({ day, openings }) => ({
    day,
    words: [openingsWords(ctx, openings), ...(isClockChanged(day) ? [t.clockChange] : [])].join('. '),
  }))
  return html`${section({ title: t.now }, html`<p><strong>${ruleTitle(ctx, rule)}</strong></p>`, ruleFacts(ctx, ruleWords(ctx, rule)), hasGap ? notice(html`<p>${t.gap}</p>`) : nothing)}
  ${section(
    { title: t.opens },
    days.length === 0 ? html`<p>${t.opensNothing}</p>` : daysList(ctx, shown),
    more > 0 ? html`<p>${t.moreDays(formatNumber(ctx, more))}</p>` : nothing,
  )}`
}

/** A day of 23 or 25 hours. */
const isClockChanged = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).hoursInDay !== 24
