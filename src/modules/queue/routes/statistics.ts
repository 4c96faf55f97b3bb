import { bookableServices } from '#modules/appointments/public.ts'
import { servicePages } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { periodErrors } from '#platform/html/components/index.ts'
import { queryChoice, queryPeriod } from '#platform/http/query.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Req, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { GROUPINGS } from '../domain/statistics.ts'
import { texts } from '../texts/index.ts'
import { visitFigures, weekAhead } from '../use-cases/figures.ts'
import { officesFor } from '../use-cases/offices.ts'
import { forecastPage } from '../views/forecast.ts'
import {
  columnsOf,
  fileName,
  FIGURES,
  FORECAST,
  keyWords,
  statisticsPage,
  STATISTICS,
  type Asked,
} from '../views/statistics.ts'

const mayRead = staff(STATISTICS)
const DAYS = 28
const MOST_YEARS = 2

/** The filter of the address; what is wrong in it counts as not said. */
async function asked(ctx: Ctx, req: Req): Promise<Asked> {
  const t = texts(ctx).figures
  const offices = await officesFor(ctx, STATISTICS)
  const bookable = await bookableServices(ctx)
  const services = (await servicePages(ctx)).map(({ slug, words }) => ({
    slug,
    title: words.title,
    isBookable: bookable.has(slug),
  }))
  const slugs = offices.map(({ slug }) => slug)
  const office = queryChoice(req, 'dienststelle', slugs)
  const service = queryChoice(
    req,
    'anliegen',
    services.map(({ slug }) => slug),
  )
  const { from, until } = queryPeriod(req, today(ctx.clock))
  const last = until.date ?? today(ctx.clock)
  const first = from.date ?? last.subtract({ days: DAYS - 1 })
  const isReversed = Temporal.PlainDate.compare(first, last) > 0
  const isLong = Temporal.PlainDate.compare(first.add({ years: MOST_YEARS }), last) < 0
  const errors = {
    ...(isReversed ? { von: t.badOrder } : isLong ? { von: t.tooLong } : {}),
    ...periodErrors(ctx, { from, until }),
  }
  return {
    offices,
    services,
    office,
    service,
    typed: { from: from.typed, until: until.typed },
    span: {
      offices: office === null ? slugs : [office],
      service,
      from: isReversed || isLong ? last.subtract({ days: DAYS - 1 }) : first,
      until: last,
    },
    errors,
  }
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)

export const statisticsRoutes: readonly Route[] = [
  page({
    path: FIGURES,
    access: mayRead,
    handle: async (ctx, req) => {
      const filter = await asked(ctx, req)
      const status = Object.keys(filter.errors).length > 0 ? 422 : 200
      return htmlPage(statisticsPage(ctx, filter, await visitFigures(ctx, filter.span)), { status })
    },
  }),
  page({
    path: `${FIGURES}.csv`,
    access: mayRead,
    handle: async (ctx, req) => {
      const t = texts(ctx).figures
      const filter = await asked(ctx, req)
      const by = queryChoice(req, 'nach', GROUPINGS)
      const { groups, attendance } = await visitFigures(ctx, filter.span)
      const rows = groups.filter((group) => group.by !== 'all' && (by === null || group.by === by))
      const columns = columnsOf(ctx, attendance, { withAttendance: true, withForwarded: true, unit: true })
      return csvReply(
        fileName(t.title, filter, [filter.span.from, filter.span.until]),
        [t.tabs.label, t.key.hour, ...columns.map(({ title }) => title)],
        rows.map((group) => [
          group.by === 'all' ? '' : t.by[group.by],
          keyWords(ctx, filter, group),
          ...columns.map(({ value }) => rounded(value(group))),
        ]),
      )
    },
  }),
  page({
    path: FORECAST,
    access: mayRead,
    handle: async (ctx, req) => {
      const filter = await asked(ctx, req)
      return htmlPage(forecastPage(ctx, filter, await weekAhead(ctx, filter.span.offices, filter.service)))
    },
  }),
  page({
    path: `${FORECAST}.csv`,
    access: mayRead,
    handle: async (ctx, req) => {
      const t = texts(ctx).figures
      const filter = await asked(ctx, req)
      const { monday, hours, closed } = await weekAhead(ctx, filter.span.offices, filter.service)
      const words = t.forecast
      const name = (slug: string) => filter.offices.find((office) => office.slug === slug)?.name[ctx.locale] ?? slug
      return csvReply(
        fileName(t.tabs.forecast, filter, [monday, monday.add({ days: 6 })]),
        [
          words.day,
          words.hour,
          words.walkInsColumn,
          words.low,
          words.high,
          words.bookedColumn,
          words.usuallyBooked,
          words.expected,
          words.counters,
          words.reason,
        ],
        [
          ...hours.map((h) => [
            h.day,
            h.hour,
            ...[h.walkIns, h.low, h.high, h.booked, h.usuallyBooked, h.people].map(rounded),
            h.counters,
            '',
          ]),
          ...closed.map(({ day, office, reason }) => [
            day,
            ...Array.from({ length: 6 }, () => ''),
            0,
            0,
            words.shutThere(reason!, name(office)),
          ]),
          [words.method],
        ],
      )
    },
  }),
]
