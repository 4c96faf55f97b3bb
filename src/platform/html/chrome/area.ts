import type { Ctx } from '../../context.ts'
import type { NavigationEntry } from '../../module.ts'
import { may } from '../../auth/principal.ts'

export type Area = 'portal' | 'account' | 'workbench'

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0]!

const isAt = (path: string, entry: string): boolean => path === entry || (entry !== '/' && path.startsWith(`${entry}/`))

/** Entries of an area that the person may see, in their order. */
export function entriesOf(ctx: Pick<Ctx, 'app' | 'account'>, area: NavigationEntry['area']): NavigationEntry[] {
  return ctx.app.modules
    .flatMap((module) => module.navigation ?? [])
    .filter((entry) => entry.area === area && (entry.permission === undefined || may(ctx, entry.permission)))
    .filter((entry) => !entry.unless?.some((permission) => may(ctx, permission)))
    .sort((a, b) => a.order - b.order || (a.path < b.path ? -1 : 1))
}

const ADMINISTRATION_FROM = 60
/** Fewer than that need no group. */
const LEAST_IN_GROUP = 4

/** The daily work of staff in one row; what runs the city in a group, where it is much. */
export function grouped(entries: readonly NavigationEntry[]): {
  readonly daily: readonly NavigationEntry[]
  readonly administration: readonly NavigationEntry[]
} {
  const administration = entries.filter(({ order }) => order >= ADMINISTRATION_FROM)
  if (administration.length < LEAST_IN_GROUP) return { daily: entries, administration: [] }
  return { daily: entries.filter(({ order }) => order < ADMINISTRATION_FROM), administration }
}

/** The entry under which the page stands: the one with the longest path that it begins with. */
export function currentEntry(ctx: Pick<Ctx, 'path'>, entries: readonly NavigationEntry[]): NavigationEntry | null {
  const path = pathOf(ctx.path)
  const matches = entries.filter((entry) => isAt(path, entry.path)).sort((a, b) => b.path.length - a.path.length)
  return matches[0] ?? null
}

/** Where a page belongs, told from its path. */
export function areaOf(ctx: Pick<Ctx, 'app' | 'account' | 'path'>): Area {
  const path = pathOf(ctx.path)
  if (isAt(path, '/workbench')) return 'workbench'
  if (ctx.account && entriesOf(ctx, 'account').some((entry) => isAt(path, entry.path))) return 'account'
  return 'portal'
}

/** `page` for the entry's own page, `true` for pages below it. */
export const currentState = (ctx: Pick<Ctx, 'path'>, entry: NavigationEntry): 'page' | 'true' =>
  pathOf(ctx.path) === entry.path ? 'page' : 'true'
