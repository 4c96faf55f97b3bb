import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cellOf } from '../../domain/cells.ts'
import { blockById, deleteBlock, insertBlock, occupyBlock, type NamedBlock } from '../../store/blocks.ts'
import { followInMemory, makeChange, tellOpened, type Change, type Choices, type Made } from './make-change.ts'

export type WantedBlock = Omit<NamedBlock, 'madeBy'>

export const changeOfBlock = ({ id, team, lane, startsAt, endsAt, reason }: WantedBlock): Change => ({
  kind: 'block',
  subject: id,
  of: (one) => one.id === team,
  after: (before) => ({
    ...before,
    blocks: [...before.blocks, { id, team, lane, from: cellOf(startsAt), to: cellOf(endsAt) }],
  }),
  says: { action: 'appointments.blocked', data: { lane, from: startsAt.toString(), to: endsAt.toString(), reason } },
})

/** Nobody is seen in that lane for a while. Sent twice, it is one block. */
export const addBlock = (ctx: Ctx, block: WantedBlock, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfBlock(block), choices, async (ctx) => {
    if (await blockById(ctx, block.id)) return fail('edited-by-others')
    await insertBlock(ctx, block)
    await occupyBlock(ctx, block)
    return null
  })

export async function removeBlock(
  ctx: Ctx,
  id: string,
  mayTeam: (team: string) => boolean,
): Promise<Result<NamedBlock>> {
  const result = await transaction(ctx, async (ctx): Promise<Result<NamedBlock>> => {
    const block = await blockById(ctx, id)
    if (!block || !mayTeam(block.team)) return fail('not-found')
    await deleteBlock(ctx, id)
    await tellOpened(ctx, [block.team])
    await audit(ctx, { subject: `appointments-block:${id}`, action: 'appointments.unblocked' })
    return ok(block)
  })
  if (result.ok) await followInMemory(ctx, [result.value.team])
  return result
}
