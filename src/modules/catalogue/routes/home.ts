import type { Ctx } from '#platform/context.ts'
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

/** What other modules put into the portal's navigation is offered on the home page as well; nothing is named here. */
function entriesOfOthers(ctx: Ctx): NavigationEntry[] {
  return ctx.app.modules
    .filter((module) => module.name !== 'catalogue')
    .flatMap((module) => module.navigation ?? [])
    .filter((entry) => entry.area === 'portal' && entry.permission === undefined)
    .toSorted((a, b) => a.order - b.order)
}
