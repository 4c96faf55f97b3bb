import type { Ctx } from '#platform/context.ts'
import { exec, maybe, sql } from '#platform/db/db.ts'
import type { BlockReason } from '../domain/block.ts'

export interface NamedBlock {
  readonly id: string
  readonly team: string
  readonly lane: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly reason: BlockReason
  readonly madeBy: string | null
}

export async function insertBlock(ctx: Ctx, block: Omit<NamedBlock, 'madeBy'>): Promise<void> {
  const { id, team, lane, startsAt, endsAt, reason } = block
  await exec(
    ctx.db,
    sql`insert into appointments_block (id, team, lane, during, reason, made_by, made_at)
      values (${id}::uuid, ${team}, ${lane}, tstzrange(${startsAt}, ${endsAt}), ${reason},
        ${ctx.account?.id ?? null}::uuid, ${ctx.clock.now()})`,
  )
}

/**
 * Takes all of the block's stretch that nobody has, as occupancies that the same constraint guards: what is not its own
 * afterwards is an appointment. Where somebody was quicker a piece is refused; what is left of it is taken in another turn.
 */
export async function occupyBlock(
  ctx: Ctx,
  { id, team, lane, startsAt, endsAt }: Omit<NamedBlock, 'madeBy'>,
): Promise<void> {
  const now = ctx.clock.now()
  await exec(
    ctx.db,
    sql`delete from appointments_occupancy where lane = ${lane} and during && tstzrange(${startsAt}, ${endsAt})
      and until <= ${now}`,
  )
  for (;;) {
    const row = await maybe(
      ctx.db,
      sql<{ wanted: number; taken: number }>`with gap as materialized (
          select unnest(tstzmultirange(tstzrange(${startsAt}, ${endsAt})) - coalesce(
            (select range_agg(during) from appointments_occupancy
              where lane = ${lane} and during && tstzrange(${startsAt}, ${endsAt})), '{}')) as during
        ), taken as (
          insert into appointments_occupancy (booking, team, lane, during, block)
          select gen_random_uuid(), ${team}, ${lane}, during, ${id}::uuid from gap
          on conflict do nothing returning 1
        )
        select (select count(*)::int from gap) as wanted, (select count(*)::int from taken) as taken`,
    )
    if (row!.wanted === row!.taken) return
  }
}
