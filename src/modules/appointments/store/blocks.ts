import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import type { BlockReason } from '../domain/block.ts'

export interface NamedBlock {
  readonly id: string
  readonly team: string
  readonly lane: string
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly reason: BlockReason
  readonly madeBy: string | null
  /** How many of its team are shut for the same stretch and reason, itself included: all of them can be opened at once. */
  readonly alike: number
}

export type NewBlock = Omit<NamedBlock, 'madeBy' | 'alike'>

const BLOCK = sql`id, team, lane, lower(during) as "startsAt", upper(during) as "endsAt", reason, made_by as "madeBy",
  (select count(*)::int from appointments_block other where other.team = appointments_block.team
    and other.during = appointments_block.during and other.reason = appointments_block.reason) as alike`

/** Of these teams, wherever they touch the span. */
export const blocksIn = (
  ctx: Pick<Ctx, 'db'>,
  teams: readonly string[],
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<NamedBlock[]> =>
  many(
    ctx.db,
    sql<NamedBlock>`select ${BLOCK} from appointments_block
      where team = any(${[...teams]}::text[]) and during && tstzrange(${from}, ${to}) order by lower(during), id`,
  )

export const blockById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<NamedBlock | null> =>
  maybe(ctx.db, sql<NamedBlock>`select ${BLOCK} from appointments_block where id::text = ${id}`)

/** That block, and all others of its team for the same stretch and reason. */
export const blocksLike = (
  ctx: Pick<Ctx, 'db'>,
  { team, startsAt, endsAt, reason }: NamedBlock,
): Promise<NamedBlock[]> =>
  many(
    ctx.db,
    sql<NamedBlock>`select ${BLOCK} from appointments_block
      where team = ${team} and during = tstzrange(${startsAt}, ${endsAt}) and reason = ${reason} order by id`,
  )

export async function insertBlock(ctx: Ctx, block: NewBlock): Promise<void> {
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
export async function occupyBlock(ctx: Ctx, { id, team, lane, startsAt, endsAt }: NewBlock): Promise<void> {
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

/** @returns false: somebody else has, meanwhile */
export async function deleteBlock(ctx: Ctx, id: string): Promise<boolean> {
  await exec(ctx.db, sql`delete from appointments_occupancy where block = ${id}::uuid`)
  return (await exec(ctx.db, sql`delete from appointments_block where id = ${id}::uuid`)) > 0
}
