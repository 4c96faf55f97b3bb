import { matterWords, teamsOf, type NamedTeam } from '#modules/appointments/public.ts'
import {
  officeBySlug,
  offices,
  officesFor as officesOfUnits,
  servicePages,
  type Office,
  type ServicePage,
} from '#modules/catalogue/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { Visit } from '../domain/visit.ts'

/** An office that sees people, with what is done there. */
export interface House {
  readonly office: Office
  readonly teams: readonly NamedTeam[]
  /** By title, in the language of the context. */
  readonly services: readonly ServicePage[]
}

export async function houseOf(ctx: Ctx, slug: string): Promise<House | null> {
  const teams = await teamsOf(ctx, slug)
  const office = teams.length === 0 ? null : await officeBySlug(ctx, slug)
  if (!office) return null
  const own = new Set(teams.flatMap(({ services }) => services))
  return { office, teams, services: (await servicePages(ctx)).filter((page) => own.has(page.slug)) }
}

/** Names of offices, by slug. */
export type Origins = ReadonlyMap<string, LocalizedText>

/** Offices that have sent somebody who is there now. */
export async function originsOf(ctx: Ctx, { visits }: { readonly visits: readonly Visit[] }): Promise<Origins> {
  if (visits.every(({ forwardedFrom }) => forwardedFrom === null)) return new Map()
  return new Map((await offices(ctx)).map(({ slug, name }) => [slug, name]))
}

/** Whether somebody may do that in this house: in one of the units that see people there. */
export const mayIn = (ctx: Pick<Ctx, 'account'>, permission: string, office: Pick<Office, 'units'>): boolean =>
  office.units.some((unit) => may(ctx, permission, unit))

/** Whether somebody calls for a team: for one of their own unit, for a house may be shared. */
export const mayCallFor = async (ctx: Ctx, team: string): Promise<boolean> => (await ownTeams(ctx)).has(team)

/** Teams for which the account calls. */
export async function ownTeams(ctx: Ctx): Promise<ReadonlySet<string>> {
  const own = (await teamsOf(ctx)).filter(({ unit }) => may(ctx, 'queue.call', unit))
  return new Set(own.map(({ id }) => id))
}

/** Offices that see people and in which somebody may do that. */
export async function officesFor(ctx: Ctx, permission: string): Promise<Office[]> {
  const slugs = new Set((await teamsOf(ctx)).map(({ office }) => office))
  return (await officesOfUnits(ctx, permission)).filter(({ slug }) => slugs.has(slug))
}

/** "Reisepass (2-mal), Ummeldung": what is done there; the slug where the page is gone. */
export const serviceWords = (
  ctx: Pick<Ctx, 'locale'>,
  { services }: Pick<House, 'services'>,
  slugs: readonly string[],
): string => matterWords(ctx, slugs, (slug) => services.find((page) => page.slug === slug)?.words.title ?? slug)
