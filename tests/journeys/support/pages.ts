import type { DeviceKind } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Route } from '#platform/http/route.ts'
import type { ModuleManifest } from '#platform/module.ts'

/** Who looks at pages. The administrator holds every permission; the others are people with a role. */
export const PEOPLE = {
  nobody: undefined,
  citizen: 'anna.becker@musterstadt.example',
  /** Has a parking permit that runs; looks at what Anna Becker, who gave hers back, cannot see. */
  holder: 'sebastian.schaefer@musterstadt.example',
  clerk: 'jonas.keller@musterstadt.example',
  officer: 'petra.vogel@musterstadt.example',
  administrator: 'admin@musterstadt.example',
} as const

/** A person, or a machine of that kind which stands in `DEVICES_IN`. */
export type Who = keyof typeof PEOPLE | DeviceKind

export const DEVICES_IN = 'buergerbuero-mitte'

export const mailOf = (who: Who): string | undefined => (who in PEOPLE ? PEOPLE[who as keyof typeof PEOPLE] : undefined)

/** Most addresses of one route that are looked at; the first ones that its `examples` name. */
const MOST_EXAMPLES = 4

/** Every page of the route table; files to save (`….csv`) are none. */
export const pagesOf = (modules: readonly ModuleManifest[]): readonly Route[] =>
  modules
    .flatMap((module) => module.routes ?? [])
    .filter((route) => route.kind === 'page' && !/\.[a-z]+$/.test(route.path))

export const isForStaff = (route: Route): boolean => route.access.who === 'staff'
export const isPublic = (route: Route): boolean => route.access.who === 'public'

/** Routes that answer with a file, or lead to a page of another route, and have none of their own. */
const NO_PAGE = [
  '/antrag/:slug/:draft',
  '/antrag/:slug/:draft/datei/:file',
  '/aufruf',
  '/kiosk',
  '/konto/nachrichten/:id/anlagen/:file',
  '/meine-antraege/:number/dokumente/:id',
  '/meine-antraege/:number/zahlungen/:id',
  '/stand/:number/dokumente/:id',
  '/stand/:number/zahlungen/:id',
  '/termine/kalender/:code',
  '/workbench/vorgaenge/:number/dokumente/:id',
  '/workbench/zahlungen/erstattungen/auftraege/:id',
  '/zahlung/:id/rueckkehr',
]

export const leadsElsewhere = (route: Route): boolean => NO_PAGE.includes(route.path)

/** Whoever may see the page, as far as the route itself says: what a store refuses shows as another page. */
export function visitorsOf(route: Route): readonly Who[] {
  switch (route.access.who) {
    case 'public':
    case 'secret':
      return ['nobody', 'citizen', 'clerk']
    case 'citizen':
      return ['citizen', 'clerk', 'holder']
    case 'device':
      return route.access.kinds as DeviceKind[]
    case 'staff':
      return ['clerk', 'officer', 'administrator']
  }
}

/** Addresses at which the person can see the page. */
export async function addressesOf(route: Route, ctx: Ctx): Promise<readonly string[]> {
  if (route.examples) return [...(await route.examples(ctx))].slice(0, MOST_EXAMPLES)
  return route.path.includes(':') ? [] : [route.path]
}
