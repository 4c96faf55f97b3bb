import { staffIn } from '#modules/accounts/public.ts'
import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { deleteDuty, insertDuty, qualifications, setQualifications, type Duty } from '../../store/duties.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { WORK } from './offices.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  /** Services that they can give. */
  readonly can: readonly string[]
}

/** Who may be put at a counter of this office. */
export async function colleaguesOf(ctx: Ctx, { units }: Pick<Office, 'units'>): Promise<Colleague[]> {
  const people = await staffIn(ctx, units, WORK)
  const known = await qualifications(
    ctx,
    people.map(({ id }) => id),
  )
  return people.map((person) => ({ ...person, can: known.get(person.id) ?? [] }))
}

/** What a team is asked for that somebody cannot do. */
export const lacking = ({ can }: Pick<Colleague, 'can'>, { services }: Pick<NamedTeam, 'services'>): string[] =>
  services.filter((service) => !can.includes(service))

/** Whether a block shuts the counter at some time of a duty. */
export const isDuring = (
  block: Omit<Duty, 'id' | 'account' | 'team'>,
  duty: Omit<Duty, 'id' | 'account' | 'team'>,
): boolean =>
  block.lane === duty.lane &&
  Temporal.Instant.compare(block.startsAt, duty.endsAt) < 0 &&
  Temporal.Instant.compare(block.endsAt, duty.startsAt) > 0

/** Puts somebody at a counter; the database knows nobody at two places at once. */
export async function assign(ctx: Ctx, duty: Duty): Promise<Result<null>> {
  return transaction(ctx, async (ctx): Promise<Result<null>> => {
    if (!(await insertDuty(ctx, duty))) return fail('conflict')
    await audit(ctx, {
      subject: `appointments-duty:${duty.id}`,
      action: 'appointments.assigned',
      data: { account: duty.account, lane: duty.lane },
    })
    return ok(null)
  })
}

export async function unassign(ctx: Ctx, id: string, teams: readonly string[]): Promise<Result<Duty>> {
  return transaction(ctx, async (ctx): Promise<Result<Duty>> => {
    const gone = await deleteDuty(ctx, id, teams)
    if (!gone) return fail('not-found')
    await audit(ctx, { subject: `appointments-duty:${id}`, action: 'appointments.unassigned' })
    return ok(gone)
  })
}

/** Notes what somebody can do of what an office offers. */
export async function qualify(
  ctx: Ctx,
  account: string,
  among: readonly string[],
  can: readonly string[],
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await setQualifications(ctx, account, { among, can })
    await audit(ctx, { subject: `account:${account}`, action: 'appointments.qualified', data: { can } })
  })
}
