import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cellOf } from '../../domain/cells.ts'
import { abilitiesAt } from '../../store/abilities.ts'
import { clashingDuties, deleteDuties, dutiesVersion, insertDuties, type Duty } from '../../store/duties.ts'
import { followInMemory, makeChange, tellOpened, type Change, type Choices, type Made } from './make-change.ts'

/** Whether a block shuts the counter at some time of a duty. */
export const isDuring = (
  block: Omit<Duty, 'id' | 'account' | 'team'>,
  duty: Omit<Duty, 'id' | 'account' | 'team'>,
): boolean =>
  block.lane === duty.lane &&
  Temporal.Instant.compare(block.startsAt, duty.endsAt) < 0 &&
  Temporal.Instant.compare(block.endsAt, duty.startsAt) > 0

/** Who of a team sits elsewhere from now on. */
export interface DutyChange {
  readonly team: string
  readonly gone: readonly Duty[]
  readonly added: readonly Duty[]
}

export const changeOfDuties = ({ team, gone, added }: DutyChange): Change => ({
  kind: 'duty',
  subject: added.length === 1 ? added[0]!.id : newId(),
  of: (one) => one.id === team,
  staff: [...gone, ...added].map(({ account }) => account),
  after: async (before, ctx) => {
    const accounts = added.map(({ account }) => account)
    const stated = new Map((await abilitiesAt(ctx, team, accounts)).map(({ account, can }) => [account, can]))
    const left = new Set(gone.map(({ id }) => id))
    const stretches = added.map(({ id, account, lane, startsAt, endsAt }) => ({
      id,
      account,
      team,
      lane,
      from: cellOf(startsAt),
      to: cellOf(endsAt),
      can: stated.get(account) ?? null,
    }))
    return { ...before, staffed: [...before.staffed.filter(({ id }) => !left.has(id)), ...stretches] }
  },
  says: {
    action: 'appointments.assigned',
    // Who sat where when is kept for some months, the trail for years: of a roster it knows how much of it changed.
    data:
      added.length === 1 && gone.length === 0
        ? { account: added[0]!.account, lane: added[0]!.lane }
        : { team, added: added.length, removed: gone.length },
  },
})

/** Puts somebody at a counter, on one day or more; the database knows nobody at two places at once. */
export const assign = (ctx: Ctx, duties: readonly [Duty, ...Duty[]], choices: Choices): Promise<Result<Made>> => {
  const change: DutyChange = { team: duties[0].team, gone: [], added: duties }
  return makeChange(ctx, changeOfDuties(change), choices, async (ctx) => {
    if ((await clashingDuties(ctx, change)).length > 0) return fail('conflict')
    await insertDuties(ctx, duties)
    return null
  })
}

/**
 * Several at once, by a program: all of it, or nothing where somebody has changed the duties of the team since. `version`
 * stands when this is done, whatever others do right after it.
 */
export async function changeDuties(
  ctx: Ctx,
  change: DutyChange,
  seen: number,
  choices: Choices,
): Promise<Result<Made & { readonly version: number }>> {
  let version = seen
  const made = await makeChange(ctx, changeOfDuties(change), choices, async (ctx) => {
    const { team, gone, added } = change
    if ((await dutiesVersion(ctx, team)) !== seen) return fail('edited-by-others')
    if ((await clashingDuties(ctx, change)).length > 0) return fail('conflict')
    await deleteDuties(
      ctx,
      gone.map(({ id }) => id),
      [team],
    )
    // Nobody plans with these people or this team meanwhile: half of it may not stay.
    if ((await insertDuties(ctx, added)) !== added.length) throw new Error(`duties of ${team} clash`)
    version = (await dutiesVersion(ctx, team)) ?? seen
    return null
  })
  return made.ok ? ok({ ...made.value, version }) : made
}

/** Nobody is hit: where nobody is planned, the counter is open for all that the team does. */
export async function unassign(ctx: Ctx, id: string, teams: readonly string[]): Promise<Result<Duty>> {
  const result = await transaction(ctx, async (ctx): Promise<Result<Duty>> => {
    const [gone] = await deleteDuties(ctx, [id], teams)
    if (!gone) return fail('not-found')
    await tellOpened(ctx, [gone.team])
    await audit(ctx, { subject: `appointments-duty:${id}`, action: 'appointments.unassigned' })
    return ok(gone)
  })
  if (result.ok) await followInMemory(ctx, [result.value.team])
  return result
}
