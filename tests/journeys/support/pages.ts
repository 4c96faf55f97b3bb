import type { Ctx } from '#platform/context.ts'
import type { Route } from '#platform/http/route.ts'
import type { ModuleManifest } from '#platform/module.ts'

/** Who looks at pages. The administrator holds every permission; the others are people with a role. */
export const PEOPLE = {
  nobody: undefined,
  citizen: 'anna.becker@musterstadt.example',
  clerk: 'jonas.keller@musterstadt.example',
  officer: 'petra.vogel@musterstadt.example',
  administrator: 'admin@musterstadt.example',
} as const

export type Who = keyof typeof PEOPLE

/** Most addresses of one route that are looked at; the first ones that its `examples` name. */
const MOST_EXAMPLES = 4

/** Every page of the route table; files to save (`….csv`) are none. */
export const pagesOf = (modules: readonly ModuleManifest[]): readonly Route[] =>
  modules
    .flatMap((module) => module.routes ?? [])
    .filter((route) => route.kind === 'page' && !/\.[a-z]+$/.test(route.path))

/** Whoever may see the page, as far as the route itself says: what a store refuses shows as another page. */
export function visitorsOf(route: Route): readonly Who[] {
  switch (route.access.who) {
    case 'public':
    case 'secret':
      return ['nobody', 'citizen', 'clerk']
    case 'citizen':
      return ['citizen', 'clerk']
    case 'staff':
      return ['clerk', 'officer', 'administrator']
  }
}

/** Addresses at which the person can see the page. */
export async function addressesOf(route: Route, ctx: Ctx): Promise<readonly string[]> {
  if (route.examples) return [...(await route.examples(ctx))].slice(0, MOST_EXAMPLES)
  return route.path.includes(':') ? [] : [route.path]
}
