import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { savepoint, transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { canChange, type HolderAddress, type Permit } from '../domain/permit.ts'
import * as store from '../store/permits.ts'
import { zoneByLetter } from '../store/zones.ts'
import { tellHolder, type News } from './tell-holder.ts'
import { print } from './issue.ts'

export type ChangeProblem = 'permit-not-valid' | 'permit-taken'

export interface Replacement {
  readonly plate?: string
  readonly zone?: string
  readonly address?: HolderAddress
}

/**
 * Puts a new permit in the place of a valid one, for the time that is left: new number, new QR code, the old ones are not valid
 * from now on. The holder is told and gets the new permit.
 */
export async function replacePermit(
  ctx: Ctx,
  permit: Permit,
  change: Replacement,
  why: { readonly news: News; readonly old: 'replaced' | 'lost' },
): Promise<Result<Permit, ChangeProblem>> {
  const day = today(ctx.clock)
  if (!canChange(permit, day)) return fail('permit-not-valid')
  try {
    // In a transaction that the caller opened, a refused insert must not spoil it: hence the savepoint.
    return await transaction(ctx, (ctx) =>
      savepoint(ctx, async () => {
        if (!(await store.endPermit(ctx, permit.id, why.old, day))) return fail('permit-not-valid')
        const next = await insertSuccessor(ctx, permit, change, day)
        await audit(ctx, {
          subject: `permit:${permit.line}`,
          action: `parking.${why.news}`,
          data: { permitId: next.id, replaces: permit.id, number: next.number, zone: next.zone },
        })
        await tellHolder(ctx, next, why.news)
        return ok(next)
      }),
    )
  } catch (error) {
    if (store.isTaken(error)) return fail('permit-taken')
    throw error
  }
}

async function insertSuccessor(
  ctx: Ctx,
  permit: Permit,
  change: Replacement,
  day: Temporal.PlainDate,
): Promise<Permit> {
  const zone = change.zone ?? permit.zone
  const next: Permit = {
    ...permit,
    ...change.address,
    id: newId(),
    replaces: permit.id,
    zone,
    zoneName: (await zoneByLetter(ctx, zone))?.name ?? '',
    plate: change.plate ?? permit.plate,
    from: Temporal.PlainDate.compare(day, permit.from) > 0 ? day : permit.from,
    state: 'valid',
    issuedAt: ctx.clock.now(),
    endedOn: null,
  }
  const { number, checkHash, fileId } = await print(ctx, next)
  const printed = { ...next, number, fileId }
  await store.insertPermit(ctx, { ...printed, checkHash })
  return printed
}
