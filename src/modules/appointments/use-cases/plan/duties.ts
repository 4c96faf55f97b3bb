import { staffIn } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { cellOf } from '../../domain/cells.ts'
import { deleteDuty, insertDuty, qualifications, setQualifications, type Duty } from '../../store/duties.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { followInMemory, makeChange, tellOpened, type Change, type Choices, type Made } from './make-change.ts'
import { WORK } from './offices.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  /** Services that they can give. None: nothing is stated, and that counts as all of them. */
  readonly can: readonly string[]
}

/** Who may be put at a counter of these teams. */
export async function colleaguesOf(ctx: Ctx, teams: readonly Pick<NamedTeam, 'unit'>[]): Promise<Colleague[]> {
  const units = new Set(teams.map(({ unit }) => unit))
  const people = await staffIn(ctx, [...units], WORK)
  const known = await qualifications(
    ctx,
    people.map(({ id }) => id),
  )
  return people.map((person) => ({ ...person, can: known.get(person.id) ?? [] }))
}

/** What a team is asked for that somebody cannot do. */
export const lacking = ({ can }: Pick<Colleague, 'can'>, { services }: Pick<NamedTeam, 'services'>): string[] =>
  can.length === 0 ? [] : services.filter((service) => !can.includes(service))

/** Whether a block shuts the counter at some time of a duty. */
export const isDuring = (
  block: Omit<Duty, 'id' | 'account' | 'team'>,
  duty: Omit<Duty, 'id' | 'account' | 'team'>,
): boolean =>
  block.lane === duty.lane &&
  Temporal.Instant.compare(block.startsAt, duty.endsAt) < 0 &&
  Temporal.Instant.compare(block.endsAt, duty.startsAt) > 0

export const changeOfDuty = ({ id, account, team, lane, startsAt, endsAt }: Duty): Change => ({
  kind: 'duty',
  subject: id,
  of: (one) => one.id === team,
  staff: account,
  after: async (before, ctx) => {
    const can = (await qualifications(ctx, [account])).get(account) ?? []
    const stretch = { id, account, team, lane, from: cellOf(startsAt), to: cellOf(endsAt), can }
    return { ...before, staffed: [...before.staffed, stretch] }
  },
  says: { action: 'appointments.assigned', data: { account, lane } },
})

/** Puts somebody at a counter; the database knows nobody at two places at once. */
export const assign = (ctx: Ctx, duty: Duty, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfDuty(duty), choices, async (ctx) => ((await insertDuty(ctx, duty)) ? null : fail('conflict')))

/** Nobody is hit: where nobody is planned, the counter is open for all that the team does. */
export async function unassign(ctx: Ctx, id: string, teams: readonly string[]): Promise<Result<Duty>> {
  const result = await transaction(ctx, async (ctx): Promise<Result<Duty>> => {
    const gone = await deleteDuty(ctx, id, teams)
    if (!gone) return fail('not-found')
    await tellOpened(ctx, [gone.team])
    await audit(ctx, { subject: `appointments-duty:${id}`, action: 'appointments.unassigned' })
    return ok(gone)
  })
  if (result.ok) await followInMemory(ctx, [result.value.team])
  return result
}

/** What somebody can do of what some teams offer; what they can do elsewhere stays. */
export interface Qualifying {
  readonly account: string
  readonly among: readonly string[]
  readonly can: readonly string[]
}

export const changeOfQualifications = ({ account, among, can }: Qualifying): Change => ({
  kind: 'qualification',
  subject: account,
  of: () => false,
  staff: account,
  after: (before) => ({
    ...before,
    staffed: before.staffed.map((one) =>
      one.account === account
        ? { ...one, can: [...one.can.filter((service) => !among.includes(service)), ...can] }
        : one,
    ),
  }),
  says: { subject: `account:${account}`, action: 'appointments.qualified', data: { can } },
})

export const qualify = (ctx: Ctx, wanted: Qualifying, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfQualifications(wanted), choices, async (ctx) => {
    await setQualifications(ctx, wanted.account, wanted)
    return null
  })
