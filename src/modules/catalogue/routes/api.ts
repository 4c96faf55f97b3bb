import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { jsonReply, problem } from '#platform/http/reply.ts'
import { api, everybody, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { servicePage, servicePages } from '../catalogue.ts'
import { officePath, officesOf } from '../domain/office.ts'
import type { ServicePage } from '../domain/service.ts'
import { officesNow, type OfficeNow } from '../office-now.ts'
import { offices } from '../store/offices.ts'

const Service = Type.Object({
  slug: Type.String(),
  title: Type.String(),
  description: Type.String(),
  topics: Type.Array(Type.String()),
  unit: Type.String(),
  channel: Type.Union([Type.Literal('online'), Type.Literal('post'), Type.Literal('office')]),
  url: Type.String(),
  formUrl: Type.Union([Type.String(), Type.Null()]),
})

const ServiceWhole = Type.Intersect([
  Service,
  Type.Object({
    who: Type.String(),
    documents: Type.Array(Type.String()),
    fee: Type.String(),
    duration: Type.String(),
    legalBasis: Type.Array(Type.String()),
    offices: Type.Array(Type.String({ description: 'Slugs, see /api/v1/catalogue/offices' })),
  }),
])

const OfficeReply = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  street: Type.String(),
  houseNumber: Type.String(),
  postcode: Type.String(),
  place: Type.String(),
  position: Type.Union([Type.Object({ lon: Type.Number(), lat: Type.Number() }), Type.Null()]),
  telephone: Type.String(),
  email: Type.String(),
  access: Type.String(),
  openingHours: Type.Array(
    Type.Object({ day: Type.Integer({ description: '1 Monday to 7 Sunday' }), from: Type.String(), to: Type.String() }),
  ),
  openNow: Type.Boolean({ description: 'By the opening hours; false on public holidays and closing days' }),
  url: Type.String(),
})

export const catalogueApi: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/catalogue/services',
    access: everybody,
    summary: 'Services of the city, by title',
    tags: ['catalogue'],
    query: Type.Object({ topic: Type.Optional(Type.String()) }),
    replies: { 200: Type.Object({ services: Type.Array(Service) }) },
    handle: async (ctx, req) => {
      const pages = await servicePages(ctx)
      const { topic } = req.query
      const chosen = topic === undefined ? pages : pages.filter((page) => page.topics.includes(topic))
      return jsonReply({ services: chosen.map((page) => serviceJson(ctx, page)) })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/catalogue/services/:slug',
    access: everybody,
    summary: 'One service with everything that its page says',
    tags: ['catalogue'],
    params: Type.Object({ slug: Type.String() }),
    replies: { 200: ServiceWhole },
    handle: async (ctx, req) => {
      const page = await servicePage(ctx, req.params.slug)
      if (!page) return problem(fail('not-found'))
      const { who, documents, fee, duration } = page.words
      const houses = officesOf(await offices(ctx), page.unit).map((office) => office.slug)
      return jsonReply({
        ...serviceJson(ctx, page),
        who,
        documents,
        fee,
        duration,
        legalBasis: page.law,
        offices: houses,
      })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/catalogue/offices',
    access: everybody,
    summary: 'Offices with address, opening hours and whether they are open now',
    tags: ['catalogue'],
    replies: { 200: Type.Object({ offices: Type.Array(OfficeReply) }) },
    handle: async (ctx) => {
      const now = await officesNow(ctx, await offices(ctx))
      return jsonReply({ offices: now.map((office) => officeJson(ctx, office)) })
    },
  }),
]

const address = (ctx: Ctx, path: string): string => `${ctx.tenant.baseUrl}${href(ctx, path)}`

const serviceJson = (ctx: Ctx, page: ServicePage) => ({
  slug: page.slug,
  title: page.words.title,
  description: page.words.what,
  topics: page.topics,
  unit: page.unit,
  channel: page.channel,
  url: address(ctx, page.path),
  formUrl: page.formPath === null ? null : address(ctx, page.formPath),
})

const officeJson = (ctx: Ctx, { office, state }: OfficeNow) => ({
  slug: office.slug,
  name: office.name[ctx.locale],
  street: office.street,
  houseNumber: office.houseNumber,
  postcode: office.postcode,
  place: office.place,
  position: office.point && { lon: office.point[0], lat: office.point[1] },
  telephone: office.telephone,
  email: office.email,
  access: office.access[ctx.locale],
  openingHours: office.hours,
  openNow: state.open,
  url: address(ctx, officePath(office.slug)),
})
