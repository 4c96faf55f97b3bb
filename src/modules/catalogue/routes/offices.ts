import { Type } from '#platform/schema.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { everybody, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { districts } from '#modules/addresses/public.ts'
import { servicePages } from '../catalogue.ts'
import { holidaysAhead } from '../domain/holidays.ts'
import { officePart } from '../public.ts'
import { officePath } from '../domain/office.ts'
import { officeNow, officesNow } from '../office-now.ts'
import { officeBySlug, offices } from '../store/offices.ts'
import { officePage, officesPage } from '../views/offices.ts'

/** How far ahead holidays are named, in days. */
const HOLIDAYS_AHEAD = 45

export const officeRoutes: readonly Route[] = [
  page({
    path: '/dienststellen',
    access: everybody,
    cache: 'public',
    handle: async (ctx) => htmlPage(officesPage(ctx, await officesNow(ctx, await offices(ctx)))),
  }),
  page({
    path: '/dienststellen/:slug',
    access: everybody,
    cache: 'public',
    params: Type.Object({ slug: Type.String() }),
    examples: async (ctx) => (await offices(ctx)).map((office) => officePath(office.slug)),
    handle: async (ctx, req) => {
      const office = await officeBySlug(ctx, req.params.slug)
      if (!office) return problem(fail('not-found'))
      const pages = await servicePages(ctx)
      const now = await officeNow(ctx, office)
      const parts = [...ctx.app.extensions(officePart).values()].toSorted((a, b) => a.order - b.order)
      return htmlPage(
        officePage(ctx, {
          ...now,
          services: pages.filter((page) => office.units.includes(page.unit)),
          districts: await districts(ctx),
          holidays: holidaysAhead(today(ctx.clock), HOLIDAYS_AHEAD, ctx.locale),
          parts: await Promise.all(parts.map((part) => part.render(ctx, now))),
        }),
      )
    },
  }),
]
