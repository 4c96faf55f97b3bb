import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'
import { hashOfCheckCode } from '../check-code.ts'
import { lastDay, standingOf } from '../domain/permit.ts'
import { permitByCheckHash } from '../store/permits.ts'

export type CheckedPermit =
  | { readonly valid: true; readonly zone: string; readonly lastDay: Temporal.PlainDate }
  /** `from`: it becomes valid on that day. */
  | { readonly valid: false; readonly zone: string; readonly from: Temporal.PlainDate | null }

/** Whether the permit with this code is valid today. An unknown code and an ended permit look the same. */
export async function checkPermit(ctx: Ctx, code: string): Promise<CheckedPermit> {
  const permit = /^[A-Za-z0-9_-]{22}$/.test(code) ? await permitByCheckHash(ctx, hashOfCheckCode(code)) : null
  const standing = permit && standingOf(permit, today(ctx.clock))
  if (permit && standing === 'valid') return { valid: true, zone: permit.zone, lastDay: lastDay(permit) }
  if (permit && standing === 'upcoming') return { valid: false, zone: permit.zone, from: permit.from }
  return { valid: false, zone: '', from: null }
}
