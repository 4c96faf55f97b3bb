import type { Ctx } from '#platform/context.ts'
import { exec, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { VisitState } from '../domain/visit.ts'

/** One team on one day of the past. */
export interface PastDay {
  readonly office: string
  readonly team: string
  readonly letter: string
  readonly day: string
  /** "08:00", in Europe/Berlin. */
  readonly from: string
  readonly hours: number
  readonly people: number
  readonly services: readonly string[]
  /** Of each service, at the counter. */
  readonly minutes: readonly number[]
  readonly counters: readonly string[]
}

/**
 * Visits of the past, made in the database: a hash of where and when takes the place of dice, so that they are the same on
 * every machine. Most people come in the first half of the hours and wait longest then; six of ten had an appointment, which
 * is no row of `appointments`; one of fifteen was called in vain.
 */
export async function insertPastVisits(ctx: Pick<Ctx, 'db'>, days: readonly PastDay[]): Promise<void> {
  await exec(
    ctx.db,
    sql`with plan as (
        select * from jsonb_to_recordset(${json(days)}) as p (office text, team text, letter text, day date, "from" time,
          hours float8, people int, services jsonb, minutes jsonb, counters jsonb)
      ), one as (
        select p.*, md5(p.team || p.day || p."from" || i)::uuid as id, i,
          ('x' || substr(md5(p.team || p.day || p."from" || i), 1, 8))::bit(32)::bigint / 4294967296.0 as a,
          ('x' || substr(md5(p.team || p.day || p."from" || i), 9, 8))::bit(32)::bigint / 4294967296.0 as b,
          ('x' || substr(md5(p.team || p.day || p."from" || i), 17, 8))::bit(32)::bigint / 4294967296.0 as c
        from plan p, generate_series(1, p.people) i
      ), timed as (
        select *, (day + "from") at time zone 'Europe/Berlin'
            + make_interval(secs => hours * 3600 * 0.93 * power((i - a) / people, 1.25)) as arrived,
          (b * 1000)::int % jsonb_array_length(services) as pick,
          2 + 26 * c * c * (1.15 - (i - a) / people) as waits
        from one
      ), numbered as (
        select *, row_number() over (partition by office, day order by arrived, id)::int as number,
          arrived + make_interval(secs => waits * 60) as called,
          (60 * (minutes ->> pick)::float8 * (0.55 + 0.9 * a))::int as handled, c < 0.065 as gone
        from timed
      )
      insert into queue_visit (id, office, team, day, number, ticket, services, people, booking, state, arrived_at, due_at,
        booked_at, called_at, announced_at, calls, serving_at, handled_seconds, finished_at, counter, locale)
      select id, office, team, day, number, letter || ' ' || lpad(number::text, 3, '0'), array[services ->> pick],
        case when b > 0.88 then 2 else 1 end, case when a < 0.6 then id end, case when gone then 'absent' else 'done' end,
        arrived, arrived + case when a < 0.6 then make_interval(secs => 60 * least(waits, 6 * b)) else interval '0' end,
        case when a < 0.6 then arrived + make_interval(secs => 60 * least(waits, 6 * b)) end, called, called, case when gone then 3 else 1 end, case when not gone then called + interval '45 s' end,
        case when gone then 0 else handled end,
        called + make_interval(secs => case when gone then 360 else 45 + handled end),
        (counters ->> ((c * 1000)::int % jsonb_array_length(counters)))::uuid, 'de'
      from numbered`,
  )
}

/** A visit of today; times as ISO text. */
export interface SeededVisit {
  readonly id: string
  readonly office: string
  readonly team: string
  readonly number: number
  readonly ticket: string
  readonly services: readonly string[]
  readonly people: number
  readonly booking: string | null
  readonly state: VisitState
  readonly arrivedAt: string
  readonly dueAt: string
  readonly calledAt: string | null
  readonly servingAt: string | null
  readonly counter: string | null
  readonly clerk: string | null
}

/** Codes of seeded tickets are their ids without hyphens. */
export async function insertSeededVisits(
  ctx: Pick<Ctx, 'db'>,
  office: string,
  day: Temporal.PlainDate,
  visits: readonly SeededVisit[],
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into queue_visit (id, office, team, day, number, ticket, services, people, booking, state, arrived_at, due_at,
        booked_at, called_at, announced_at, calls, serving_at, counter, clerk, code_hash, locale)
      select id, office, team, ${day}, number, ticket, array(select jsonb_array_elements_text(services)), people, booking, state,
        "arrivedAt", "dueAt", case when booking is not null then "dueAt" end, "calledAt", "calledAt", case when "calledAt" is null then 0 else 1 end, "servingAt", counter,
        clerk, sha256(convert_to(replace(id::text, '-', ''), 'UTF8')), 'de'
      from jsonb_to_recordset(${json(visits)}) as v (id uuid, office text, team text, number int, ticket text, services jsonb,
        people int, booking uuid, state text, "arrivedAt" timestamptz, "dueAt" timestamptz, "calledAt" timestamptz,
        "servingAt" timestamptz, counter uuid, clerk uuid)`,
  )
  await exec(
    ctx.db,
    sql`insert into queue_office (office, day, last_number, version) values (${office}, ${day}, ${visits.length}, 1)`,
  )
}
