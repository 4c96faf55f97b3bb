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
        : html`${errorWords(ctx, week)} ${dayChart(ctx, week)}
            ${matrix(ctx, week, t.people, (one) => t.cell(n(ctx, one.people), n(ctx, one.low), n(ctx, one.high)))}
            ${matrix(ctx, week, t.counters, (one) => n(ctx, one.counters))} ${past(ctx, week)}
            ${notice(html`<p>${t.method}</p>`)}`,
  })
}

const n = (ctx: Ctx, value: number): string => formatNumber(ctx, Math.round(value))
const daysOf = ({ monday, hours, holidays }: WeekAhead): Temporal.PlainDate[] =>
  Array.from({ length: 7 }, (_, i) => monday.add({ days: i })).filter(
    (day) => holidays.has(day.toString()) || hours.some((one) => one.day.equals(day)),
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
  const people = days.map((day) =>
    week.hours.filter((one) => one.day.equals(day)).reduce((sum, one) => sum + one.people, 0),
  )
  const top = people.indexOf(Math.max(...people))
  return columnChart(ctx, {
    title: t.forecast.chart,
    summary: t.peak(formatWeekday(ctx, days[top]!.dayOfWeek), n(ctx, people[top]!)),
    categories: days.map((day) => formatWeekday(ctx, day.dayOfWeek)),
    series: [{ label: t.people, values: people }],
  })
}

/** Hours as rows, days as columns. */
function matrix(ctx: Ctx, week: WeekAhead, title: string, cell: (one: Expected) => string): Html {
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
          const holiday = week.holidays.get(day.toString())
          return {
            key: day.toString(),
            title: `${formatWeekday(ctx, day.dayOfWeek)} ${formatShortDate(ctx, day)}`,
            numeric: true,
            nowrap: holiday === undefined,
            cell: (hour: number) => {
              if (holiday !== undefined) return t.forecast.shut(holiday)
              const one = week.hours.find((expected) => expected.day.equals(day) && expected.hour === hour)
              return one ? cell(one) : '–'
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
