import type { Ctx } from '#platform/context.ts'
import { entriesOf } from '#platform/html/chrome/area.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { everybody, page, type Route } from '#platform/http/route.ts'
import type { NavigationEntry } from '#platform/module.ts'
import { servicePages } from '../catalogue.ts'
import { mostWanted } from '../domain/service.ts'
import { homeSection } from '../public.ts'
import { topics } from '../store/services.ts'
import { homePage } from '../views/home.ts'

export const homeRoutes: readonly Route[] = [
  page({
    path: '/',
    access: everybody,
    cache: 'public',
    handle: async (ctx) => {
      const sections = [...ctx.app.extensions(homeSection).values()].toSorted((a, b) => a.order - b.order)
      const parts = await Promise.all(sections.map((section) => section.render(ctx)))
      return htmlPage(
        homePage(ctx, {
          wanted: mostWanted(await servicePages(ctx)),
          topics: await topics(ctx),
          entries: entriesOfOthers(ctx),
          sections: parts.filter((part) => part !== null),
        }),
      )
    },
  }),
]

/** What follows the search for most people, wherever the modules that own these pages put them in their navigation. */
const AFTER_APPLYING = ['/meine-antraege', '/stand']

/** My applications and their state, then what other modules put into the portal's navigation; a page that is not there is not offered. */
function entriesOfOthers(ctx: Ctx): NavigationEntry[] {
  const all = ctx.app.modules
    .filter((module) => module.name !== 'catalogue')
    .flatMap((module) => module.navigation ?? [])
  const first = AFTER_APPLYING.flatMap((path) => all.find((entry) => entry.path === path) ?? [])
  const others = entriesOf(ctx, 'portal').filter((entry) => all.includes(entry))
  return [...new Map([...first, ...others].map((entry) => [entry.path, entry])).values()]
}
