import type { Office } from '#modules/catalogue/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  csvButton,
  dayField,
  emptyState,
  filterBar,
  link,
  linkButton,
  notice,
  pageHeading,
  section,
  selectField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { queryString } from '#platform/http/query.ts'
import { formatDay, formatNumber, formatShortDay } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import type { ClosedDay } from '../../domain/closed-day.ts'
import type { Offer } from '../../offer.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import type { LaneDay } from '../../use-cases/plan/staff-calendar.ts'
import { calendarGrid, NOW, showsNow } from './calendar-grid.ts'
import { counterName } from './counter.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'

export const CALENDAR = '/workbench/termine/kalender'

export interface CalendarAsked {
  readonly office: string
  readonly day: Temporal.PlainDate
  readonly view: 'tag' | 'woche'
  /** One lane; null: all. */
  readonly lane: string | null
  /** Somebody's account: their duties alone; null: everybody. */
  readonly person: string | null
}

export interface CalendarView {
  readonly asked: CalendarAsked
  readonly offices: readonly Office[]
  /** Of all lanes of the office. */
  readonly days: readonly LaneDay[]
  /** Those of them on which the office is shut for a reason. */
  readonly closed: readonly ClosedDay[]
  readonly offer: Offer
  /** Who can be at a counter here. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly typedDay: string
  readonly dayError: string | null
  readonly done: 'gesperrt' | 'frei' | null
}

export const calendarAddress = (asked: CalendarAsked, change: Partial<CalendarAsked> = {}): string => {
  return `${CALENDAR}${calendarQuery({ ...asked, ...change })}`
}

const calendarQuery = ({ office, day, view, lane, person }: CalendarAsked): string =>
  queryString({ dienststelle: office, tag: day.toString(), ansicht: view, schalter: lane, person })

/** Of whom counters are shown. */
export const teamsIn = (days: readonly LaneDay[]): NamedTeam[] => [
  ...new Map(days.map(({ team }) => [team.id, team])).values(),
]

/** All lanes, or the one that was asked for. */
export const shownDays = ({ asked, days }: Pick<CalendarView, 'asked' | 'days'>): readonly LaneDay[] =>
  asked.lane === null ? days : days.filter(({ lane }) => lane === asked.lane)

/** `/workbench/termine/kalender`: an office on one day, or a counter through a week. */
export function calendarPage(ctx: Ctx, view: CalendarView): Html {
  const t = texts(ctx).plan.calendar
  const { asked, done } = view
  const shown = shownDays(view)
  const count = shown.reduce((sum, { bookings }) => sum + bookings.length, 0)
  const isWeek = asked.view === 'woche'
  const isOverview = isWeek && asked.lane === null && asked.person === null
  return layout(ctx, {
    title: t.title,
    styles: [...PLAN_STYLES, 'appointments-calendar.css', 'appointments-calendar-scale.css'],
    hasErrors: view.dayError !== null,
    main: html`${done ? alert(ctx, { kind: 'success', title: t.done[done], live: true }) : nothing}
    ${pageHeading({
      title: t.title,
      actions: html`${may(ctx, PLAN) ? linkButton({ label: t.block, href: href(ctx, blockAddress(asked)) }) : nothing}
      ${csvButton(ctx, href(ctx, `${CALENDAR}.csv${calendarQuery(asked)}`))}`,
    })}
    ${planTabs(ctx, 'calendar')} ${filters(ctx, view)}
    ${section(
      {
        title: isWeek ? weekTitle(ctx, asked.day) : formatDay(ctx, asked.day),
        actions: daysNavigation(ctx, asked, !isOverview && showsNow(ctx, shown)),
      },
      html`<p>${t.summary(count, formatNumber(ctx, count))}</p>`,
      view.closed.length > 0 && (isWeek || shown.length > 0)
        ? notice(
            html`${view.closed.map((one) => html`<p>${isWeek ? `${formatDay(ctx, one.day)}: ` : ''}${closedWords(ctx, one)}</p>`)}`,
          )
        : nothing,
      shown.length === 0
        ? !isWeek && view.closed[0]
          ? emptyState({ title: closedWords(ctx, view.closed[0]), body: t.closedBody, headingLevel: 3 })
          : emptyState({ title: t.emptyTitle, body: t.emptyBody, headingLevel: 3 })
        : isOverview
          ? weekOverview(ctx, view)
          : calendarGrid(ctx, { offer: view.offer, isWeek, teams: teamsIn(view.days) }, shown),
    )}`,
  })
}

/** "Schließtag: Umzug", or the name of the holiday. */
function closedWords(ctx: Ctx, { day, reason }: ClosedDay): string {
  const t = texts(ctx).plan.calendar
  return reason === holidayOn(day, ctx.locale) ? t.holiday(reason!) : t.closingDay(reason!)
}

const blockAddress = ({ office, day, lane }: CalendarAsked): string =>
  `/workbench/termine/sperren/neu${queryString({ dienststelle: office, tag: dayText(day), schalter: lane })}`

function filters(ctx: Ctx, { asked, offices, days, people, typedDay, dayError }: CalendarView): Html {
  const t = texts(ctx).plan.calendar
  const lanes = [...new Map(days.map(({ lane, team }) => [lane, team])).keys()]
  return filterBar(
    ctx,
    { action: href(ctx, CALENDAR) },
    selectField(ctx, {
      name: 'dienststelle',
      label: t.office,
      empty: null,
      optional: true,
      value: asked.office,
      choices: offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
    }),
    dayField(ctx, {
      name: 'tag',
      label: t.day,
      hint: '',
      value: typedDay,
      optional: true,
      error: dayError ?? undefined,
    }),
    selectField(ctx, {
      name: 'ansicht',
      label: t.view,
      empty: null,
      optional: true,
      value: asked.view,
      choices: (['tag', 'woche'] as const).map((value) => ({ value, label: t.views[value] })),
    }),
    selectField(ctx, {
      name: 'schalter',
      label: t.counter,
      empty: t.allCounters,
      optional: true,
      value: asked.lane,
      choices: lanes.map((lane) => ({ value: lane, label: counterName(ctx, lane, teamsIn(days)) })),
    }),
    selectField(ctx, {
      name: 'person',
      label: t.person,
      empty: t.everybody,
      optional: true,
      value: asked.person,
      choices: people.map(({ id, name }) => ({ value: id, label: name })),
    }),
  )
}

/** A day or a week back, to today or, where it is shown, to the time that it is, and on. */
function daysNavigation(ctx: Ctx, asked: CalendarAsked, hasNow: boolean): Html {
  const t = texts(ctx).plan.calendar
  const words = t.steps[asked.view]
  const step = asked.view === 'woche' ? 7 : 1
  const now = today(ctx.clock)
  const isNow = Temporal.PlainDate.compare(asked.day, now) <= 0 && now.since(asked.day).days < step
  const to = (day: Temporal.PlainDate) => href(ctx, calendarAddress(asked, { day }))
  return html`<nav class="ap-steps" aria-label="${t.day}">
    ${link(to(asked.day.subtract({ days: step })), words.previous)}
    ${isNow ? nothing : link(to(now), words.today)}
    ${hasNow ? html`<a class="kern-link ap-steps__now" href="#${NOW}">${t.now}</a>` : nothing}
    ${link(to(asked.day.add({ days: step })), words.next)}
  </nav>`
}

const weekTitle = (ctx: Ctx, day: Temporal.PlainDate): string =>
  texts(ctx).plan.words.fromTo(formatDay(ctx, day), formatDay(ctx, day.add({ days: 6 })))

/** Each counter a row, each day a cell with what is there, and the way to it. */
function weekOverview(ctx: Ctx, { asked, days }: CalendarView): Html {
  const t = texts(ctx).plan.calendar
  const dates = Array.from({ length: 7 }, (_, i) => asked.day.add({ days: i }))
  const lanes = [...new Set(days.map(({ lane }) => lane))]
  return html`<section class="kern-table-responsive" aria-label="${t.weekCaption}" tabindex="0">
    <table class="kern-table kern-table--small rh-table--dense">
      <caption class="kern-title kern-sr-only">${t.weekCaption}</caption>
      <thead class="kern-table__head">
        <tr class="kern-table__row">
          <th class="kern-table__header" scope="col">${t.counter}</th>
          ${dates.map(
            (day) =>
              html`<th class="kern-table__header" scope="col">
                ${link(href(ctx, calendarAddress(asked, { day, view: 'tag' })), formatShortDay(ctx, day))}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody class="kern-table__body">
        ${lanes.map(
          (lane) =>
            html`<tr class="kern-table__row">
              <th class="kern-table__header rh-row-header" scope="row">
                ${link(href(ctx, calendarAddress(asked, { lane })), counterName(ctx, lane, teamsIn(days)))}
              </th>
              ${dates.map((day) => html`<td class="kern-table__cell">${cellWords(ctx, days, lane, day)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

function cellWords(ctx: Ctx, days: readonly LaneDay[], lane: string, day: Temporal.PlainDate): string {
  const t = texts(ctx).plan
  const one = days.find((other) => other.lane === lane && other.day.equals(day))
  if (!one) return '–'
  const words = t.calendar.summary(one.bookings.length, formatNumber(ctx, one.bookings.length))
  const reasons = one.blocks.map(({ reason }) => t.calendar.blocked(t.block.reasons[reason]))
  return [words, ...reasons].join('; ')
}

export function noOfficePage(ctx: Ctx): Html {
  const t = texts(ctx).plan.calendar
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({ title: t.title, actions: csvButton(ctx, href(ctx, `${CALENDAR}.csv`)) })}${planTabs(ctx, 'calendar')}
    ${emptyState({ title: t.noOfficeTitle, body: t.noOfficeBody })}`,
  })
}
