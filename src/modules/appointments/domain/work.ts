import { cellsIn } from './cells.ts'

/** What people come for, and how long it takes. Durations in minutes. */
export interface BookableService {
  /** As its page in the catalogue: `personalausweis`. */
  readonly slug: string
  /** Once for each appointment. */
  readonly baseMinutes: number
  /** For each person. */
  readonly personMinutes: number
  readonly maxPeople: number
  readonly variants: readonly Variant[]
}

export const VARIANTS = ['in-person', 'telephone', 'video'] as const
export type Variant = (typeof VARIANTS)[number]

/** People of one office who can do the same work. */
export interface Team {
  readonly id: string
  /** Slug of the catalogue's office. */
  readonly office: string
  readonly services: readonly string[]
}

/** Longer than that is no appointment any more. */
export const MAX_MINUTES = 4 * 60
/** More than that in one appointment is a mistake or a nuisance. */
export const MAX_SERVICES = 6

/** "A passport twice and a change of address": a service as often as it is wanted. */
export interface Wish {
  readonly services: readonly string[]
  readonly people: number
  readonly variant: Variant
}

export type WishProblem =
  'unknown-service' | 'too-many-services' | 'too-many-people' | 'no-such-variant' | 'too-long' | 'not-together'

/** How long a wish takes, in cells; or what is wrong with it. */
export function cellsOfWish(
  wish: Wish,
  services: ReadonlyMap<string, BookableService>,
): { readonly cells: number } | { readonly problem: WishProblem } {
  if (wish.services.length === 0) return { problem: 'unknown-service' }
  if (wish.services.length > MAX_SERVICES) return { problem: 'too-many-services' }
  const wanted: BookableService[] = []
  for (const slug of wish.services) {
    const service = services.get(slug)
    if (!service) return { problem: 'unknown-service' }
    wanted.push(service)
  }
  if (wish.people < 1 || wanted.some(({ maxPeople }) => wish.people > maxPeople)) return { problem: 'too-many-people' }
  if (wanted.some(({ variants }) => !variants.includes(wish.variant))) return { problem: 'no-such-variant' }
  // Of several services at one counter the greeting is needed once: the longest of them.
  const base = Math.max(...wanted.map(({ baseMinutes }) => baseMinutes))
  const minutes = base + wanted.reduce((sum, { personMinutes }) => sum + personMinutes * wish.people, 0)
  return minutes > MAX_MINUTES ? { problem: 'too-long' } : { cells: Math.max(1, cellsIn(minutes)) }
}

/** Teams that can do all of it. */
export const teamsFor = <T extends Team>(teams: readonly T[], wish: Pick<Wish, 'services'>): T[] =>
  teams.filter((team) => wish.services.every((service) => team.services.includes(service)))

/**
 * What nobody does in one appointment, as few appointments as will do: each time the team that can do most of what is left.
 * What no team can do stands alone. Null where one team can do all of it, or there is but one matter.
 */
export function apart(teams: readonly Pick<Team, 'services'>[], services: readonly string[]): string[][] | null {
  if (new Set(services).size < 2 || teams.some((team) => services.every((one) => team.services.includes(one))))
    return null
  const groups: string[][] = []
  for (let left = [...services]; left.length > 0;) {
    const doable = teams.map((team) => left.filter((one) => team.services.includes(one)))
    const most = doable.reduce<string[]>((best, some) => (some.length > best.length ? some : best), [])
    const group = most.length > 0 ? most : left.filter((one) => one === left[0])
    groups.push(group)
    left = left.filter((one) => !group.includes(one))
  }
  return groups
}
