import { offices, type Office } from '#modules/catalogue/public.ts'
import { permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'

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

export const officeSlugsFor = async (ctx: Ctx, permission: string): Promise<string[]> =>
  (await officesFor(ctx, permission)).map(({ slug }) => slug)

/** Whether somebody may plan for the whole city: days on which all offices are shut. */
export const plansAll = async (ctx: Ctx): Promise<boolean> =>
  (await officeSlugsFor(ctx, PLAN)).length === (await offices(ctx)).length
