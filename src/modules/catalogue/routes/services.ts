import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { everybody, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { unitById } from '#modules/accounts/public.ts'
import { servicePage, servicePages } from '../catalogue.ts'
import { officesOf } from '../domain/office.ts'
import { servicePath, topicPath, type ServicePage } from '../domain/service.ts'
import { officesNow } from '../office-now.ts'
import { offices } from '../store/offices.ts'
import { topics } from '../store/services.ts'
import { alphabetPage, topicPage } from '../views/lists.ts'
import { serviceStep } from '../public.ts'
import { servicePageView, type ServiceView } from '../views/service.ts'

/** Other pages of the same topic that a service page names. */
const RELATED = 4

export const serviceRoutes: readonly Route[] = [
  page({
    path: '/leistungen',
    access: everybody,
    cache: 'public',
    handle: async (ctx) => htmlPage(alphabetPage(ctx, await servicePages(ctx), await topics(ctx))),
  }),
  page({
    path: '/leistungen/:slug',
    access: everybody,
    cache: 'public',
    params: Type.Object({ slug: Type.String() }),
    examples: async (ctx) => oneOfEachKind(await servicePages(ctx)).map((page) => servicePath(page.slug)),
    handle: async (ctx, req) => {
      const page = await servicePage(ctx, req.params.slug)
      if (!page) return problem(fail('not-found'))
      const [all, unit, houses, pages] = await Promise.all([
        topics(ctx),
        unitById(ctx, page.unit),
        offices(ctx),
        servicePages(ctx),
      ])
      return htmlPage(
        servicePageView(ctx, {
          page,
          unit,
          offices: await officesNow(ctx, officesOf(houses, page.unit)),
          topic: all.find((topic) => topic.slug === page.topics[0]) ?? null,
          related: relatedTo(page, pages),
          steps: await stepsFor(ctx, page.slug),
        }),
      )
    },
  }),
  page({
    path: '/leistungen/thema/:topic',
    access: everybody,
    cache: 'public',
    params: Type.Object({ topic: Type.String() }),
    examples: async (ctx) => (await topics(ctx)).map((topic) => topicPath(topic.slug)),
    handle: async (ctx, req) => {
      const all = await topics(ctx)
      const topic = all.find((topic) => topic.slug === req.params.topic)
      if (!topic) return problem(fail('not-found'))
      const pages = (await servicePages(ctx)).filter((page) => page.topics.includes(topic.slug))
      return htmlPage(
        topicPage(
          ctx,
          topic,
          pages,
          all.filter((other) => other !== topic),
        ),
      )
    },
  }),
]

/** What other modules offer for this service. */
async function stepsFor(ctx: Ctx, slug: string): Promise<ServiceView['steps']> {
  const offered = [...ctx.app.extensions(serviceStep).values()]
  const paths = await Promise.all(offered.map((step) => step.pathFor(ctx, slug)))
  return offered.flatMap(({ label }, i) => (paths[i] ? [{ label: label[ctx.locale], path: paths[i] }] : []))
}

/** All pages, with one of each kind of application first: online, by mail, in person. */
function oneOfEachKind(pages: readonly ServicePage[]): readonly ServicePage[] {
  const first = [...Map.groupBy(pages, (page) => page.channel).values()].map((group) => group[0]!)
  return [...new Set([...first, ...pages])]
}

/** Pages that share a topic, those with most in common and most wanted first. */
function relatedTo(page: ServicePage, pages: readonly ServicePage[]): ServicePage[] {
  const shared = (other: ServicePage) => other.topics.filter((topic) => page.topics.includes(topic)).length
  return pages
    .filter((other) => other.slug !== page.slug && shared(other) > 0)
    .toSorted((a, b) => shared(b) - shared(a) || (a.wanted ?? 99) - (b.wanted ?? 99))
    .slice(0, RELATED)
}
