import type { AttendanceCount } from '#modules/appointments/public.ts'
import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  dayField,
  columnChart,
  csvButton,
  emptyState,
  errorSummary,
  filterBar,
  notice,
  pageHeading,
  section,
  selectField,
  table,
  tabs,
} from '#platform/html/components/index.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { queryString } from '#platform/http/query.ts'
import { formatDate, formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { PERIODS, periodOf } from '../domain/periods.ts'
import {
  everyHour,
  GROUPINGS,
  percentOf,
  type Figures,
  type Group,
  type Grouping,
  type UsualHours,
} from '../domain/statistics.ts'
import type { Span } from '../store/statistics.ts'
import { texts } from '../texts/index.ts'
import type { VisitFigures } from '../use-cases/figures.ts'

export const FIGURES = '/workbench/besuchszahlen'
export const FORECAST = '/workbench/besuchszahlen/vorschau'
export const STATISTICS = 'queue.statistics'

/** What the address asks for. */
export interface Asked {
  readonly offices: readonly Office[]
  readonly services: readonly { readonly slug: string; readonly title: string; readonly isBookable: boolean }[]
  readonly office: string | null
  readonly service: string | null
  readonly typed: { readonly from: string; readonly until: string }
  readonly span: Span
  readonly errors: Readonly<Record<string, string>>
}

export const queryOf = ({ office, service, typed }: Asked, more: Record<string, string> = {}): string =>
  queryString({ dienststelle: office, anliegen: service, von: typed.from, bis: typed.until, ...more })

/** The office and the matter that are asked for, in words: paper has no filter. */
export const placeWords = (ctx: Ctx, { offices, services, office, service }: Asked): string[] => [
  ...(office === null ? [] : [offices.find(({ slug }) => slug === office)?.name[ctx.locale] ?? office]),
  ...(service === null ? [] : [services.find(({ slug }) => slug === service)?.title ?? service]),
]

/** Says of a file what is in it. */
export const fileName = (title: string, { office, service }: Asked, period: readonly Temporal.PlainDate[]): string =>
  `${[title, office, service, period.join('_')].filter((part) => part !== null && part !== '').join('_')}.csv`

/** Both pages under one heading. */
export function figuresFrame(
  ctx: Ctx,
  asked: Asked,
  o: { path: string; title: string; lead: string; filter: Html; main: Html },
): Html {
  const t = texts(ctx).figures
  const entries = [
    { label: t.tabs.visits, path: FIGURES },
    { label: t.tabs.forecast, path: FORECAST },
  ]
  return layout(ctx, {
    title: o.title,
    hasErrors: Object.keys(asked.errors).length > 0,
    main: html`${errorSummary(ctx, asked.errors)} ${pageHeading({ title: o.title, lead: [o.lead, ...placeWords(ctx, asked)].join(' · '), actions: csvButton(ctx, href(ctx, `${o.path}.csv${queryOf(asked)}`)) })}
    ${tabs(
      t.tabs.label,
      entries.map(({ label, path }) => ({
        label,
        href: href(ctx, `${path}${queryOf(asked)}`),
        current: path === o.path,
      })),
    )}
    ${o.filter} ${o.main}`,
  })
}

/** Office and matter, which both pages have. */
export const placeFields = (ctx: Ctx, { offices, services, office, service }: Asked): Html => {
  const t = texts(ctx).figures
  return html`${selectField(ctx, {
    name: 'dienststelle',
    label: t.office,
    empty: t.allOffices,
    optional: true,
    value: office,
    choices: offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
  })}
  ${selectField(ctx, {
    name: 'anliegen',
    label: t.service,
    empty: t.allServices,
    optional: true,
    value: service,
    // Few of all services are done at a counter.
    choices: services
      .filter((one) => one.isBookable || one.slug === service)
      .map(({ slug, title }) => ({ value: slug, label: title })),
  })}`
}

export function statisticsPage(ctx: Ctx, asked: Asked, figures: VisitFigures): Html {
  const t = texts(ctx).figures
  const { span, errors, typed } = asked
  const day = (name: string, label: string, value: string) =>
    dayField(ctx, { name, label, value, error: errors[name], optional: true })
  const all = figures.groups.find(({ by }) => by === 'all')
  return figuresFrame(ctx, asked, {
    path: FIGURES,
    title: t.title,
    lead: t.forecast.lead(formatDate(ctx, span.from), formatDate(ctx, span.until)),
    filter: filterBar(
      ctx,
      { action: href(ctx, FIGURES), resetHref: href(ctx, FIGURES) },
      placeFields(ctx, asked),
      day('von', t.from, typed.from),
      day('bis', t.until, typed.until),
    ),
    main: html`${periodLinks(ctx, asked)}
    ${
      all
        ? html`<p class="rh-lead">${summary(ctx, all, figures.attendance)}</p>
          ${GROUPINGS.map((by) => part(ctx, asked, figures, by))} ${notice(html`<p>${t.method}</p>`)}`
        : emptyState({ title: t.empty, body: queryOf(asked) === '' ? t.noneAtAll : t.emptyBody })
    }`,
  })
}

/** Last week in one press, as on Monday; office and matter stay as they are. */
function periodLinks(ctx: Ctx, asked: Asked): Html {
  const t = texts(ctx).figures
  const links = PERIODS.map((period) => {
    const [from, until] = periodOf(period, today(ctx.clock))
    const isShown = asked.span.from.equals(from) && asked.span.until.equals(until)
    const to = queryOf({ ...asked, typed: { from: dayText(from), until: dayText(until) } })
    return html`<a${attributes({ class: 'kern-link', href: href(ctx, `${FIGURES}${to}`), 'aria-current': isShown && 'true' })}>${t.periods[period]}</a>`
  })
  return html`<nav class="rh-buttons" aria-label="${t.periods.label}">${links}</nav>`
}

const whole = (ctx: Ctx, value: number | null): string => (value === null ? '–' : formatNumber(ctx, Math.round(value)))

function summary(ctx: Ctx, all: Group, attendance: readonly AttendanceCount[]): string {
  const t = texts(ctx).figures
  const n = (value: number | null) => whole(ctx, value)
  const { booked, missed } = attended(attendance)
  return [
    t.summary(n(all.visits), n(all.people), n(percentOf(all.walkIns, all.visits))),
    ...(all.waitMedian === null ? [] : [t.waited(n(all.waitMedian), n(all.wait90))]),
    ...(all.handlingMedian === null ? [] : [t.handled(n(all.handlingMedian), n(all.handling90))]),
    ...(booked === 0 ? [] : [t.missed(n(missed), n(booked), n(percentOf(missed, booked)))]),
  ].join(' ')
}

const attended = (attendance: readonly AttendanceCount[]) => ({
  booked: attendance.reduce((sum, { booked }) => sum + booked, 0),
  missed: attendance.reduce((sum, { missed }) => sum + missed, 0),
})

/** One grouping: charts where there are few categories, and the table of all of them. */
function part(ctx: Ctx, asked: Asked, figures: VisitFigures, by: Grouping): Html {
  const t = texts(ctx).figures
  const { groups, attendance } = figures
  const all = groups.filter((group) => group.by === by)
  const hours = by === 'hour' ? figures.hours : null
  const rows = hours ? all.filter(({ key }) => Number(key) >= hours.first && Number(key) <= hours.last) : all
  const columns = columnsOf(ctx, attendance, {
    withAttendance: by === 'office' || by === 'service',
    withForwarded: by === 'office',
  })
  return section(
    { title: t.by[by], actions: csvButton(ctx, href(ctx, `${FIGURES}.csv${queryOf(asked, { nach: by })}`)) },
    by === 'hour' || by === 'weekday' ? charts(ctx, asked, by === 'hour' ? everyHour(rows) : rows, by) : nothing,
    hours?.others ? html`<p>${otherHours(ctx, hours, figures)}</p>` : nothing,
    table(ctx, {
      caption: t.by[by],
      captionHidden: true,
      dense: true,
      stack: false,
      rows: hours?.others ? [...rows, hours.others] : rows,
      columns: [
        {
          key: 'key',
          title: t.key[by],
          nowrap: by === 'hour' || by === 'weekday',
          cell: (group) => keyWords(ctx, asked, group),
        },
        ...columns.map(({ key, title, value }) => ({
          key,
          title,
          numeric: true,
          cell: (group: Group) => whole(ctx, value(group)),
        })),
      ],
    }),
  )
}

/** What the charts leave out, and where it stands. */
function otherHours(ctx: Ctx, { first, last, others }: UsualHours, { groups }: VisitFigures): string {
  const all = groups.find(({ by }) => by === 'all')
  const [from, to] = [formatNumber(ctx, first), formatNumber(ctx, last + 1)]
  return texts(ctx).figures.otherHoursBody(from, to, whole(ctx, others?.visits ?? 0), whole(ctx, all?.visits ?? 0))
}

export function keyWords(ctx: Ctx, { offices, services }: Asked, { by, key }: Group): string {
  const t = texts(ctx).figures
  switch (by) {
    case 'hour':
      return key === '' ? t.otherHours : t.hour(Number(key))
    case 'weekday':
      return formatWeekday(ctx, Number(key))
    case 'office':
      return offices.find(({ slug }) => slug === key)?.name[ctx.locale] ?? key
    default:
      return services.find(({ slug }) => slug === key)?.title ?? key
  }
}

interface FigureColumn {
  readonly key: string
  readonly title: string
  readonly value: (group: Group) => number | null
}

/** Minutes say so in the titles of a file; who did not come to an appointment is known by office and matter alone. */
export function columnsOf(
  ctx: Ctx,
  attendance: readonly AttendanceCount[],
  o: { withAttendance: boolean; withForwarded: boolean; unit?: boolean },
): FigureColumn[] {
  const t = texts(ctx).figures
  const minutes = (key: keyof Figures, title: string): FigureColumn => ({
    key,
    title: o.unit ? `${title} (${t.minutes})` : title,
    value: (group) => group[key],
  })
  const of = (group: Group) =>
    attended(attendance.filter((one) => (group.by === 'office' ? one.office : one.service) === group.key))
  const isKnown = ({ by }: Group) => by === 'office' || by === 'service'
  return [
    { key: 'visits', title: t.visits, value: (group) => group.visits },
    { key: 'people', title: t.people, value: (group) => group.people },
    { key: 'walkIns', title: t.walkIns, value: (group) => group.walkIns },
    { key: 'absent', title: t.absent, value: (group) => group.absent },
    { key: 'gaveUp', title: t.gaveUp, value: (group) => group.gaveUp },
    ...(o.withForwarded
      ? [
          { key: 'sentIn', title: t.sentIn, value: (group: Group) => group.sentIn },
          { key: 'sentOn', title: t.sentOn, value: (group: Group) => group.sentOn },
        ]
      : []),
    minutes('waitMedian', t.waitMedian),
    minutes('wait90', t.wait90),
    minutes('fromArrivalMedian', t.fromArrival),
    minutes('handlingMedian', t.handlingMedian),
    minutes('handling90', t.handling90),
    ...(o.withAttendance
      ? [
          { key: 'booked', title: t.booked, value: (group: Group) => (isKnown(group) ? of(group).booked : null) },
          { key: 'noShows', title: t.noShows, value: (group: Group) => (isKnown(group) ? of(group).missed : null) },
        ]
      : []),
  ]
}

function charts(ctx: Ctx, asked: Asked, rows: readonly Group[], by: 'hour' | 'weekday'): Html {
  const t = texts(ctx).figures
  const categories = rows.map((row) => (by === 'hour' ? row.key : keyWords(ctx, asked, row)))
  const most = (value: (group: Group) => number | null, unit: string): string => {
    const top = rows.toSorted((a, b) => (value(b) ?? 0) - (value(a) ?? 0))[0]
    return top ? t.peak(keyWords(ctx, asked, top), `${whole(ctx, value(top))} ${unit}`) : ''
  }
  const visits = columnChart(ctx, {
    title: by === 'hour' ? t.chartVisits : t.chartDays,
    summary: most((group) => group.visits, t.visits),
    categories,
    stacked: true,
    series: [
      { label: t.withBooking, values: rows.map((row) => row.visits - row.walkIns - row.sentIn) },
      { label: t.walkIns, values: rows.map((row) => row.walkIns) },
    ],
  })
  if (by === 'weekday') return visits
  return html`${visits}${columnChart(ctx, {
    title: t.chartWait,
    summary: most((group) => group.waitMedian, t.minutes),
    categories,
    unit: t.minutes,
    series: [
      { label: t.waitMedian, values: rows.map((row) => row.waitMedian) },
      { label: t.wait90, values: rows.map((row) => row.wait90) },
    ],
  })}`
}
