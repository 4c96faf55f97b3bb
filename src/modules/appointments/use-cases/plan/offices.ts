import { offices, type Office } from '#modules/catalogue/public.ts'
import { may, permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { teamsFor } from '../../store/plan.ts'

/** Rules, closing days, blocks and who sits where. */
export const PLAN = 'appointments.plan'
/** Who has an appointment; moving and cancelling it. */
export const WORK = 'appointments.work'
export const BOOK = 'appointments.book'

/** Houses in which a unit sees people for which the account has the permission, in the order of the city's list. */
export async function officesFor(ctx: Ctx, permission: string): Promise<Office[]> {
  const units = new Set(permittedUnits(ctx, permission))
  return (await offices(ctx)).filter((office) => office.units.some((unit) => units.has(unit)))
}

/** Ids of the teams whose appointments are theirs. */
export const teamIdsFor = async (ctx: Ctx, permission: string): Promise<string[]> =>
  (await teamsFor(ctx, permission)).map(({ id }) => id)

/** Offices in which they have a team. */
export const officeSlugsFor = async (ctx: Ctx, permission: string): Promise<string[]> => [
  ...new Set((await teamsFor(ctx, permission)).map(({ office }) => office)),
]

/** Whether somebody may plan for the whole city: days on which all offices are shut. */
export const plansAll = async (ctx: Ctx): Promise<boolean> =>
  (await offices(ctx)).every(({ units }) => units.every((unit) => may(ctx, PLAN, unit)))
