import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import type { Closure } from '../../domain/rule.ts'
import { closureById, deleteClosure } from '../../store/closures.ts'
import { insertClosure, readPlan, type NamedTeam } from '../../store/plan.ts'
import { followInMemory, makeChange, tellOpened, type Change, type Choices, type Made } from './make-change.ts'

export interface WantedClosure extends Closure {
  readonly id: string
  readonly reason: string
}

const ofOffice =
  (office: string | null) =>
  (team: NamedTeam): boolean =>
    office === null || team.office === office

export const changeOfClosure = ({ id, office, firstDay, lastDay }: WantedClosure): Change => ({
  kind: 'closure',
  subject: id,
  of: ofOffice(office),
  after: (before) => ({ ...before, closures: [...before.closures, { office, firstDay, lastDay }] }),
  says: { action: 'appointments.closed', data: { office, firstDay: firstDay.toString(), lastDay: lastDay.toString() } },
})

/** Sent twice, it is one closure. */
export const addClosure = (ctx: Ctx, closure: WantedClosure, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfClosure(closure), choices, async (ctx) => {
    if (await closureById(ctx, closure.id)) return fail('edited-by-others')
    await insertClosure(ctx, closure.id, closure, closure.reason)
    return null
  })

/** Opens again what it shut. @param may whether the account may do so for that office; null: for all */
export async function removeClosure(
  ctx: Ctx,
  id: string,
  may: (office: string | null) => boolean,
): Promise<Result<null>> {
  const teams = (await readPlan(ctx)).teams
  let opened: string[] = []
  const result = await transaction(ctx, async (ctx): Promise<Result<null>> => {
    const closure = await closureById(ctx, id)
    if (!closure || !may(closure.office)) return fail('not-found')
    await deleteClosure(ctx, id)
    opened = teams.filter(ofOffice(closure.office)).map((team) => team.id)
    await tellOpened(ctx, opened)
    await audit(ctx, { subject: `appointments-closure:${id}`, action: 'appointments.opened-again' })
    return ok(null)
  })
  if (result.ok) await followInMemory(ctx, opened)
  return result
}
