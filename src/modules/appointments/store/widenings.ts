import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import type { Widening } from '../domain/widening.ts'

export const widenings = (ctx: Pick<Ctx, 'db'>): Promise<Widening[]> =>
  many(
    ctx.db,
    sql<Widening>`select team, from_percent as "fromPercent", seats, is_open as "isOpen"
      from appointments_widening order by team`,
  )

export async function putWidening(ctx: Pick<Ctx, 'db'>, widening: Widening): Promise<void> {
  const { team, fromPercent, seats, isOpen } = widening
  await exec(
    ctx.db,
    sql`insert into appointments_widening (team, from_percent, seats, is_open)
      values (${team}, ${fromPercent}, ${seats}, ${isOpen})
      on conflict (team) do update set from_percent = excluded.from_percent, seats = excluded.seats,
        is_open = excluded.is_open`,
  )
}

export async function setOpen(
  ctx: Pick<Ctx, 'db'>,
  { team, isOpen }: Pick<Widening, 'team' | 'isOpen'>,
): Promise<void> {
  await exec(ctx.db, sql`update appointments_widening set is_open = ${isOpen} where team = ${team}`)
}

export const deleteWidening = (ctx: Pick<Ctx, 'db'>, team: string): Promise<number> =>
  exec(ctx.db, sql`delete from appointments_widening where team = ${team}`)
