import { staffIn } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, type Result } from '#platform/problem.ts'
import type { Able } from '../../domain/abilities.ts'
import { abilitiesIn, FIRST_VERSION, putAbility, type Ability } from '../../store/abilities.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { makeChange, type Change, type Choices, type Made } from './make-change.ts'
import { WORK } from './offices.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  /** In each of the units that asks, what they can do there. */
  readonly abilities: readonly Omit<Ability, 'account'>[]
}

/** Who may be put at a counter of these teams. */
export async function colleaguesOf(ctx: Ctx, teams: readonly Pick<NamedTeam, 'unit'>[]): Promise<Colleague[]> {
  const units = [...new Set(teams.map(({ unit }) => unit))]
  const people = await staffIn(ctx, units, WORK)
  const stated = await abilitiesIn(
    ctx,
    units,
    people.map(({ id }) => id),
  )
  return people.map(({ id, name, units: own }) => ({
    id,
    name,
    abilities: units
      .filter((unit) => own.includes(unit))
      .map(
        (unit) =>
          stated.find((one) => one.account === id && one.unit === unit) ?? {
            unit,
            can: null,
            version: FIRST_VERSION,
          },
      ),
  }))
}

/** What a team is asked for that somebody cannot do. */
export const lacking = (can: Able, { services }: Pick<NamedTeam, 'services'>): string[] =>
  can === null ? [] : services.filter((service) => !can.includes(service))

/** What somebody can do at the counters of a unit: those of others have notes of their own. */
export interface Qualifying {
  readonly account: string
  readonly unit: string
  readonly can: Able
  /** The version that somebody changes. */
  readonly seen: number
}

export const changeOfAbility = ({ account, unit, can }: Qualifying): Change => ({
  kind: 'qualification',
  subject: account,
  of: (team, hasStaff) => hasStaff && team.unit === unit,
  staff: [account],
  // Of the teams of that unit: no others are looked at.
  after: (before) => ({
    ...before,
    staffed: before.staffed.map((one) => (one.account === account ? { ...one, can } : one)),
  }),
  says: { subject: `account:${account}`, action: 'appointments.qualified', data: { unit, can } },
})

export const qualify = (ctx: Ctx, wanted: Qualifying, choices: Choices): Promise<Result<Made>> =>
  makeChange(ctx, changeOfAbility(wanted), choices, async (ctx) =>
    (await putAbility(ctx, wanted)) ? null : fail('edited-by-others'),
  )
