import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import type { Unit } from '../domain/unit.ts'
import { insertUnit, unitById, updateUnit } from '../store/units.ts'

/** Adds a unit below another; only for who manages all accounts (the route asks). */
export async function createUnit(ctx: Ctx, unit: Unit): Promise<Result<null, 'id-taken' | 'not-found'>> {
  if (unit.parentId === null || !(await unitById(ctx, unit.parentId))) return fail('not-found')
  if (await unitById(ctx, unit.id)) return fail('id-taken')
  await transaction(ctx, async (ctx) => {
    await insertUnit(ctx, unit)
    await audit(ctx, { subject: `unit:${unit.id}`, action: 'accounts.unit-created', data: { parent: unit.parentId } })
  })
  return ok(null)
}

export async function changeUnit(ctx: Ctx, unit: Omit<Unit, 'parentId'>): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await updateUnit(ctx, unit)
    await audit(ctx, { subject: `unit:${unit.id}`, action: 'accounts.unit-changed', data: { name: unit.name } })
  })
}
