import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cellOf } from '../../domain/cells.ts'
import {
  blockById,
  blocksLike,
  deleteBlock,
  insertBlock,
  occupyBlock,
  type NamedBlock,
  type NewBlock,
} from '../../store/blocks.ts'
import { followInMemory, makeChange, tellOpened, type Change, type Choices, type Made } from './make-change.ts'

export type WantedBlock = NewBlock

/** One lane for a while, or several of a team for the same; a block each, so that each can be opened again. */
export interface WantedBlocks extends Omit<WantedBlock, 'lane'> {
  readonly lanes: readonly string[]
}

export const changeOfBlocks = ({ id, team, lanes, startsAt, endsAt, reason }: WantedBlocks): Change => ({
  kind: 'block',
  subject: id,
  of: (one) => one.id === team,
  after: (before) => ({
    ...before,
    blocks: [
      ...before.blocks,
      ...lanes.map((lane) => ({ id, team, lane, from: cellOf(startsAt), to: cellOf(endsAt) })),
    ],
  }),
  says: {
    action: 'appointments.blocked',
    data: { lane: lanes.join(', '), from: startsAt.toString(), to: endsAt.toString(), reason },
  },
})

/** Nobody is seen in these lanes for a while. Sent twice, it is done once: the first block has the id of what was sent. */
export const addBlocks = (ctx: Ctx, { lanes, ...wanted }: WantedBlocks, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfBlocks({ lanes, ...wanted }), choices, async (ctx) => {
    if (await blockById(ctx, wanted.id)) return fail('edited-by-others')
    for (const [i, lane] of lanes.entries()) {
      const block = { ...wanted, id: i === 0 ? wanted.id : newId(), lane }
      await insertBlock(ctx, block)
      await occupyBlock(ctx, block)
    }
    return null
  })

/** @param all also the other counters of its team that are shut for the same stretch and reason */
export async function removeBlock(
  ctx: Ctx,
  id: string,
  mayTeam: (team: string) => boolean,
  all: boolean,
): Promise<Result<NamedBlock>> {
  const result = await transaction(ctx, async (ctx): Promise<Result<NamedBlock>> => {
    const block = await blockById(ctx, id)
    if (!block || !mayTeam(block.team)) return fail('not-found')
    for (const { id } of all ? await blocksLike(ctx, block) : [block]) {
      if (await deleteBlock(ctx, id))
        await audit(ctx, { subject: `appointments-block:${id}`, action: 'appointments.unblocked' })
    }
    await tellOpened(ctx, [block.team])
    return ok(block)
  })
  if (result.ok) await followInMemory(ctx, [result.value.team])
  return result
}
