import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { COUNTED_WEEKS, isWidened, type Widening } from '../../domain/widening.ts'
import { attendanceCounts, type AttendanceCount } from '../../store/attendance.ts'
import { deleteWidening, putWidening, setOpen, widenings } from '../../store/widenings.ts'
import { followInMemory, tellOpened } from './make-change.ts'

/** Appointments of the last eight weeks, by team and service, and those to which nobody came. */
export function recentAttendance(ctx: Ctx, offices?: readonly string[]): Promise<AttendanceCount[]> {
  const to = ctx.clock.now()
  const from = to.subtract({ hours: COUNTED_WEEKS * 7 * 24 })
  return attendanceCounts(ctx, { from, to, ...(offices ? { offices } : {}) })
}

export const ofTeam = (counts: readonly AttendanceCount[], team: string) => {
  const own = counts.filter((count) => count.team === team)
  return {
    booked: own.reduce((sum, { booked }) => sum + booked, 0),
    missed: own.reduce((sum, { missed }) => sum + missed, 0),
  }
}

/** Sets the team's rule, which holds at once. */
export async function setWidening(ctx: Ctx, rule: Pick<Widening, 'team' | 'fromPercent' | 'seats'>): Promise<void> {
  const counted = ofTeam(await recentAttendance(ctx), rule.team)
  await transaction(ctx, async (ctx) => {
    await putWidening(ctx, { ...rule, isOpen: isWidened(rule, counted) })
    await tellOpened(ctx, [rule.team])
    await audit(ctx, { subject: `appointments-team:${rule.team}`, action: 'appointments.widened', data: rule })
  })
  await followInMemory(ctx, [rule.team])
}

/** No further appointments in those seats; those that are booked stay. */
export async function endWidening(ctx: Ctx, team: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    if ((await deleteWidening(ctx, team)) === 0) return
    await tellOpened(ctx, [team])
    await audit(ctx, { subject: `appointments-team:${team}`, action: 'appointments.widening-ended' })
  })
  await followInMemory(ctx, [team])
}

/** Each night: what the rules say of the weeks that have passed. */
export async function countNoShows(ctx: Ctx): Promise<void> {
  const rules = await widenings(ctx)
  if (rules.length === 0) return
  const counts = await recentAttendance(ctx)
  for (const rule of rules) {
    const isOpen = isWidened(rule, ofTeam(counts, rule.team))
    if (isOpen === rule.isOpen) continue
    await transaction(ctx, async (ctx) => {
      await setOpen(ctx, { team: rule.team, isOpen })
      await tellOpened(ctx, [rule.team])
    })
    await followInMemory(ctx, [rule.team])
  }
}
