import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import type { Widening } from '../domain/widening.ts'

export const widenings = (ctx: Pick<Ctx, 'db'>): Promise<Widening[]> =>
  many(
    ctx.db,
    sql<Widening>`select team, from_percent as "fromPercent", seats, missed_percent as "missedPercent", is_open as "isOpen"
      from appointments_widening order by team`,
  )

export async function putWidening(ctx: Pick<Ctx, 'db' | 'clock' | 'account'>, widening: Widening): Promise<void> {
  const { team, fromPercent, seats, missedPercent, isOpen } = widening
  await exec(
    ctx.db,
    sql`insert into appointments_widening (team, from_percent, seats, missed_percent, is_open, made_at, made_by)
      values (${team}, ${fromPercent}, ${seats}, ${missedPercent}::numeric, ${isOpen}, ${ctx.clock.now()}, ${ctx.account?.id ?? null}::uuid)
      on conflict (team) do update set from_percent = excluded.from_percent, seats = excluded.seats,
        missed_percent = excluded.missed_percent, is_open = excluded.is_open, made_at = excluded.made_at,
        made_by = excluded.made_by`,
  )
}

/** As it is counted now. */
export async function setCounted(
  ctx: Pick<Ctx, 'db'>,
  { team, missedPercent, isOpen }: Pick<Widening, 'team' | 'missedPercent' | 'isOpen'>,
): Promise<void> {
  await exec(
    ctx.db,
    sql`update appointments_widening set missed_percent = ${missedPercent}::numeric, is_open = ${isOpen} where team = ${team}`,
  )
}

export const deleteWidening = (ctx: Pick<Ctx, 'db'>, team: string): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_widening where team = ${team}`)
