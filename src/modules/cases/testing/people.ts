import { addCitizen, addStaff, addUnit } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'

export const JONAS = 'jonas.keller@city.example'
export const MIRA = 'mira.stein@city.example'
export const HEAD = 'helga.amt@city.example'
/** A clerk of another unit. */
export const OTHER = 'otto.fern@city.example'
export const ANNA = 'anna.becker@home.example'
export const BEN = 'ben.wolf@home.example'

/** The people of the tests: two clerks and the head of the tax office, one clerk elsewhere, two citizens. */
export async function settle(ctx: Ctx): Promise<Record<'jonas' | 'mira' | 'head' | 'other' | 'anna' | 'ben', string>> {
  const unit = (id: string, de: string, en: string) =>
    addUnit(ctx, { id, parentId: 'rathaus', name: { de, en }, telephone: '0711 1234', email: `${id}@city.example` })
  await unit('steueramt', 'Steueramt', 'Tax office')
  await unit('kulturamt', 'Kulturamt', 'Arts office')
  const clerk = (name: string, email: string, home: string, role: string) =>
    addStaff(ctx, { name, email, unit: home, roles: [role] })
  return {
    jonas: (await clerk('Jonas Keller', JONAS, 'steueramt', 'clerk')).id,
    mira: (await clerk('Mira Stein', MIRA, 'steueramt', 'clerk')).id,
    head: (await clerk('Helga Amt', HEAD, 'steueramt', 'head')).id,
    other: (await clerk('Otto Fern', OTHER, 'kulturamt', 'clerk')).id,
    anna: (await addCitizen(ctx, { name: 'Anna Becker', email: ANNA })).id,
    ben: (await addCitizen(ctx, { name: 'Ben Wolf', email: BEN })).id,
  }
}
