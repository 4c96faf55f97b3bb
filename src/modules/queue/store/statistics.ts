import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import type { HourCount } from '../domain/forecast.ts'
import type { Cell } from '../domain/statistics.ts'

export interface Span {
  /** Only of these offices. */
  readonly offices: readonly string[]
  /** Only visits with that matter; null: all. */
  readonly service: string | null
  readonly from: Temporal.PlainDate
  /** The last day. */
  readonly until: Temporal.PlainDate
}

/** Visits that are over. `date_part` takes half of the time of `extract`. */
const isAsked = ({ offices, service, from, until }: Span) => sql`office = any(${[...offices]}::text[])
  and day between ${from} and ${until} and state in ('done', 'absent', 'forwarded')
  and (${service}::text is null or services @> array[${service}::text])`
const HOUR = sql`date_part('hour', arrived_at at time zone 'Europe/Berlin')::int`

/** Of those who were served, as text: arrays take the program five times as long to read. */
const tenths = (seconds: ReturnType<typeof sql>) =>
  sql`coalesce(string_agg(round(${seconds} / 6.0)::int::text, ',') filter (where state = 'done'), '')`

type CellRow = Omit<Cell, 'waited' | 'sinceArrival' | 'handled'> & Record<'waited' | 'sinceArrival' | 'handled', string>

const timesOf = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number))

/**
 * Once over the visits; the program sums up the groupings (`groupsOf`). 60,000 visits of ten offices give 1,500 cells: 155 ms
 * in the database and 20 here, against 395 with a sort for each percentile of each grouping (15) in SQL, 250 with those over
 * stored columns and an index that holds them, 185 with histograms in SQL, all in one run. A roll-up by day saves nothing:
 * matter, hour and day tell nearly all visits apart.
 */
export async function cells(ctx: Pick<Ctx, 'db'>, span: Span): Promise<Cell[]> {
  const rows = await many(
    ctx.db,
    sql<CellRow>`select office, date_part('isodow', day)::int as weekday, ${HOUR} as hour, services, count(*)::int as visits,
        sum(people)::int as people, count(*) filter (where booking is null and forwarded_from is null)::int as "walkIns",
        count(*) filter (where state = 'absent' and not given_up)::int as absent,
        count(*) filter (where given_up)::int as "gaveUp",
        count(forwarded_from)::int as "sentIn", count(forwarded_to)::int as "sentOn",
        ${tenths(sql`greatest(date_part('epoch', called_at - greatest(arrived_at, due_at)), 0)`)} as waited,
        ${tenths(sql`date_part('epoch', called_at - arrived_at)`)} as "sinceArrival",
        ${tenths(sql`handled_seconds`)} as handled
      from queue_visit where ${isAsked(span)} group by office, weekday, hour, services`,
  )
  return rows.map((row) => ({
    ...row,
    waited: timesOf(row.waited),
    sinceArrival: timesOf(row.sinceArrival),
    handled: timesOf(row.handled),
  }))
}

/** How many came to each office in each hour of each day, for the forecast. */
export const hourCounts = (ctx: Pick<Ctx, 'db'>, span: Span): Promise<HourCount[]> =>
  many(
    ctx.db,
    sql<HourCount>`select office, day, ${HOUR} as hour,
        count(*) filter (where booking is null)::int as "walkInVisits",
        coalesce(sum(people) filter (where booking is null), 0)::int as "walkInPeople",
        count(*) filter (where booking is not null)::int as "bookedVisits",
        coalesce(sum(people) filter (where booking is not null), 0)::int as "bookedPeople",
        coalesce(sum(handled_seconds) filter (where state in ('done', 'forwarded')), 0)::float8 / 60 as "handledMinutes"
      from queue_visit where ${isAsked(span)} group by office, day, hour order by office, day, hour`,
  )
