import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'

/** What is booked in one hour of an office. */
export interface BookedHour {
  readonly office: string
  readonly day: Temporal.PlainDate
  /** From 0, in Europe/Berlin. */
  readonly hour: number
  /** Of those that begin in it. */
  readonly visits: number
  readonly people: number
  /** Minutes of it that somebody is seen, of all counters together; an appointment from 9:45 to 10:15 has 15 of two hours. */
  readonly minutes: number
}

/** Booked appointments that begin on these days, by telephone and video too: they keep a counter busy as well. */
export const bookedHours = (
  ctx: Pick<Ctx, 'db'>,
  span: {
    readonly offices: readonly string[]
    /** Only those with that matter; null: all. */
    readonly service: string | null
    readonly from: Temporal.PlainDate
    /** The last day. */
    readonly until: Temporal.PlainDate
  },
): Promise<BookedHour[]> =>
  many(
    ctx.db,
    sql<BookedHour>`select b.office, (h at time zone 'Europe/Berlin')::date as day,
        date_part('hour', h at time zone 'Europe/Berlin')::int as hour,
        count(*) filter (where b.starts_at >= h)::int as visits,
        coalesce(sum(b.people) filter (where b.starts_at >= h), 0)::int as people,
        sum(date_part('epoch', least(b.ends_at, h + interval '1 hour') - greatest(b.starts_at, h)) / 60)::float8 as minutes
      from appointments_booking b
        cross join lateral generate_series(date_trunc('hour', b.starts_at), b.ends_at - interval '1 second', '1 hour') as h
      where b.state = 'booked' and b.office = any(${[...span.offices]}::text[])
        and b.starts_at >= ${span.from}::date::timestamp at time zone 'Europe/Berlin'
        and b.starts_at < (${span.until}::date + 1)::timestamp at time zone 'Europe/Berlin'
        and (${span.service}::text is null or b.services @> array[${span.service}::text])
      group by b.office, h order by b.office, h`,
  )
