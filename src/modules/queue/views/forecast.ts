import type { Ctx } from '#platform/context.ts'
import { columnChart, emptyState, filterBar, notice, section, table } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDate, formatNumber, formatShortDate, formatWeekday } from '#platform/i18n/format.ts'
import type { Expected } from '../domain/forecast.ts'
import { texts } from '../texts/index.ts'
import type { WeekAhead } from '../use-cases/figures.ts'
import { figuresFrame, FORECAST, placeFields, type Asked } from './statistics.ts'

export function forecastPage(ctx: Ctx, asked: Asked, week: WeekAhead): Html {
  const t = texts(ctx).figures.forecast
  const { monday, hours } = week
  return figuresFrame(ctx, asked, {
    path: FORECAST,
    title: t.title,
    lead: t.lead(formatDate(ctx, monday), formatDate(ctx, monday.add({ days: 6 }))),
    filter: filterBar(ctx, { action: href(ctx, FORECAST), resetHref: href(ctx, FORECAST) }, placeFields(ctx, asked)),
    main:
      hours.length === 0
        ? emptyState({ title: t.tooLittle, body: t.tooLittleBody })
        : html`${errorWords(ctx, week)} ${closedDays(ctx, asked, week)} ${dayChart(ctx, week)}
            ${matrix(ctx, asked, week, t.counters, (one) => n(ctx, one.counters))}
            ${matrix(ctx, asked, week, t.walkIns, (one) => t.cell(n(ctx, one.walkIns), n(ctx, one.low), n(ctx, one.high)))}
            ${matrix(ctx, asked, week, t.booked, (one) => t.bookedCell(n(ctx, one.booked), n(ctx, one.usuallyBooked)))}
            ${past(ctx, week)} ${notice(html`<p>${t.method}</p>`)}`,
  })
}

/** Why an office is closed, by day; where the whole choice is, the offices need no names. */
function closedDays(ctx: Ctx, asked: Asked, week: WeekAhead): Html {
  const t = texts(ctx).figures.forecast
  const days = Map.groupBy(week.closed, ({ day, reason }) => `${day.toString()} ${reason}`)
  if (days.size === 0) return nothing
  const lines = [...days.values()]
    .toSorted((a, b) => Temporal.PlainDate.compare(a[0]!.day, b[0]!.day))
    .map((closed) => {
      const { day, reason } = closed[0]!
      const names = closed.map(({ office }) => asked.offices.find(({ slug }) => slug === office)?.name[ctx.locale])
      const what = closed.length === asked.span.offices.length ? reason! : t.shutThere(reason!, names.join(', '))
      return html`<li>${formatWeekday(ctx, day.dayOfWeek)}, ${formatShortDate(ctx, day)}: ${what}</li>`
    })
  return section({ title: t.closedDays }, html`<ul class="kern-list kern-list--bullet rh-list">${lines}</ul>`)
}

/** The reason where none of the chosen offices is open. */
function wholeReason(asked: Asked, week: WeekAhead, day: Temporal.PlainDate): string | null {
  const closed = week.closed.filter((one) => one.day.equals(day))
  return closed.length === asked.span.offices.length ? (closed[0]?.reason ?? null) : null
}

const n = (ctx: Ctx, value: number): string => formatNumber(ctx, Math.round(value))
const daysOf = ({ monday, hours, closed }: WeekAhead): Temporal.PlainDate[] =>
  Array.from({ length: 7 }, (_, i) => monday.add({ days: i })).filter((day) =>
    [...closed, ...hours].some((one) => one.day.equals(day)),
  )
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function errorWords(ctx: Ctx, { past }: WeekAhead): Html {
  if (past.length === 0) return nothing
  const own = mean(past.map(({ error }) => error))
  const naive = mean(past.map(({ naiveError }) => naiveError))
  return html`<p class="rh-lead">${texts(ctx).figures.forecast.error(n(ctx, own), n(ctx, naive))}</p>`
}

function dayChart(ctx: Ctx, week: WeekAhead): Html {
  const t = texts(ctx).figures
  const days = daysOf(week)
  const ofDay = (day: Temporal.PlainDate, value: (one: Expected) => number) =>
    week.hours.filter((one) => one.day.equals(day)).reduce((sum, one) => sum + value(one), 0)
  const people = days.map((day) => ofDay(day, (one) => one.people))
  const top = people.indexOf(Math.max(...people))
  return columnChart(ctx, {
    title: t.forecast.chart,
    summary: t.peak(formatWeekday(ctx, days[top]!.dayOfWeek), n(ctx, people[top]!)),
    categories: days.map((day) => formatWeekday(ctx, day.dayOfWeek)),
    stacked: true,
    series: [
      { label: t.withBooking, values: days.map((day) => ofDay(day, (one) => one.people - one.walkIns)) },
      { label: t.walkIns, values: days.map((day) => ofDay(day, (one) => one.walkIns)) },
    ],
  })
}

/** Hours as rows, days as columns. */
function matrix(ctx: Ctx, asked: Asked, week: WeekAhead, title: string, cell: (one: Expected) => string): Html {
  const t = texts(ctx).figures
  const hours = [...new Set(week.hours.map(({ hour }) => hour))].toSorted((a, b) => a - b)
  return section(
    { title },
    table(ctx, {
      caption: title,
      captionHidden: true,
      dense: true,
      stack: false,
      rows: hours,
      columns: [
        { key: 'hour', title: t.forecast.hour, nowrap: true, cell: (hour) => t.hour(hour) },
        ...daysOf(week).map((day) => {
          const reason = wholeReason(asked, week, day)
          const name = `${formatWeekday(ctx, day.dayOfWeek)} ${formatShortDate(ctx, day)}`
          return {
            key: day.toString(),
            title: reason === null ? name : t.forecast.shut(name, reason),
            numeric: true,
            nowrap: true,
            cell: (hour: number) => {
              const one = week.hours.find((expected) => expected.day.equals(day) && expected.hour === hour)
              if (one) return cell(one)
              return reason === null ? '–' : '0'
            },
          }
        }),
      ],
    }),
  )
}

function past(ctx: Ctx, { past }: WeekAhead): Html {
  const t = texts(ctx).figures.forecast
  if (past.length === 0) return nothing
  return section(
    { title: t.past },
    table(ctx, {
      caption: t.past,
      captionHidden: true,
      dense: true,
      rows: past,
      columns: [
        { key: 'week', title: t.week, nowrap: true, cell: ({ week }) => formatShortDate(ctx, week) },
        { key: 'came', title: t.came, numeric: true, cell: ({ came }) => n(ctx, came) },
        { key: 'expected', title: t.expected, numeric: true, cell: ({ expected }) => n(ctx, expected) },
        { key: 'off', title: t.off, numeric: true, cell: ({ error }) => `${n(ctx, error)} %` },
        { key: 'naive', title: t.naive, numeric: true, cell: ({ naiveError }) => `${n(ctx, naiveError)} %` },
      ],
    }),
  )
}
