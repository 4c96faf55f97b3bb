import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { mailbox } from './confirmations.ts'

/** What one mailbox (without what follows a plus) has done in the last weeks. */
export interface MailPattern {
  readonly email: string
  readonly booked: number
  readonly cancelled: number
  readonly missed: number
  /** Different names under which it booked. */
  readonly names: number
  /** Cancelled times that another address had booked within two hours: so may appointments be handed on. */
  readonly handedOn: number
  /** Booked appointments, each at the same time as another one. */
  readonly overlapping: number
  /** Not confirmed, waiting or lapsed: as far as they are kept, which is some two hours. */
  readonly unconfirmed: number
}

/** Cancelled times come back within an hour and a half; whoever waits for one takes it at once. */
const HANDED_ON_WITHIN = '2 hours'

/** Addresses that stand out with those teams since then: many cancellations, names, missed, handed on, unconfirmed or at the same time; the worst first. */
export const mailPatterns = (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  teams: readonly string[],
  since: Temporal.Instant,
  most: number,
): Promise<MailPattern[]> =>
  many(
    ctx.db,
    sql<MailPattern>`
      with recent as (
        select id, ${mailbox(sql`email`)} as email, lower(name) as name, state, lane, starts_at, ends_at, attended_at, made_at, changed_at
        from appointments_booking
        where team = any(${[...teams]}::text[]) and email is not null and made_at >= ${since}
          and state in ('booked', 'cancelled', 'reserved')
      ), handed as (
        select a.email, count(*)::int as n from recent a
        where a.state = 'cancelled' and exists (
          select from recent b where b.state <> 'reserved' and b.lane = a.lane and b.starts_at = a.starts_at and b.email <> a.email
            and b.made_at between a.changed_at and a.changed_at + ${HANDED_ON_WITHIN}::interval)
        group by a.email
      ), overlapping as (
        select a.email, count(*)::int as n from recent a
        where a.state = 'booked' and exists (
          select from recent b where b.state = 'booked' and b.email = a.email and b.id <> a.id
            and b.starts_at < a.ends_at and b.ends_at > a.starts_at)
        group by a.email
      ), summed as (
        select r.email, (count(*) filter (where state <> 'reserved'))::int as booked,
          (count(*) filter (where state = 'reserved'))::int as unconfirmed, (count(*) filter (where state = 'cancelled'))::int as cancelled,
          (count(*) filter (where state = 'booked' and attended_at is null and ends_at < ${ctx.clock.now()}))::int as missed,
          (count(distinct name) filter (where state <> 'reserved'))::int as names
        from recent r group by r.email
      )
      select s.email, booked, cancelled, missed, names, coalesce(h.n, 0) as "handedOn",
        coalesce(o.n, 0) as overlapping, unconfirmed
      from summed s left join handed h on h.email = s.email left join overlapping o on o.email = s.email
      where cancelled >= 4 or names >= 3 or missed >= 3 or coalesce(h.n, 0) >= 2 or coalesce(o.n, 0) >= 2 or unconfirmed >= 4
      order by coalesce(h.n, 0) desc, names desc, cancelled desc, missed desc, coalesce(o.n, 0) desc, unconfirmed desc limit ${most}`,
  )
