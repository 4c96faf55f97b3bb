import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { htmlPage, jsonReply } from '#platform/http/reply.ts'
import { api, everybody, page, type Route } from '#platform/http/route.ts'
import { searchDocuments, type SearchHit } from '#platform/search/search.ts'
import { teaser } from '../domain/service.ts'
import { SERVICE_SOURCE } from '../search-index.ts'
import { kindOf, searchPage } from '../views/search.ts'

const MOST_RESULTS = 50
/** As many as fit above a phone's keyboard. */
const SUGGESTIONS = 6
/** What of a query is looked at and repeated on the page, in characters. */
const LONGEST = 100

const Query = Type.Object({
  q: Type.Optional(Type.String({ description: 'What the person is looking for' })),
  lang: Type.Optional(
    Type.Union([Type.Literal('de'), Type.Literal('en')], { description: 'Language; otherwise by Accept-Language' }),
  ),
})

const queryOf = (q: string | undefined): string => (q ?? '').trim().slice(0, LONGEST)
const inLanguage = (ctx: Ctx, lang: 'de' | 'en' | undefined): Ctx => ({ ...ctx, locale: lang ?? ctx.locale })

export const searchRoutes: readonly Route[] = [
  page({
    path: '/suche',
    access: everybody,
    cache: 'public',
    query: Type.Object({ q: Type.Optional(Type.String()) }),
    examples: () => ['/suche', '/suche?q=Perso', '/suche?q=Personalausweiss', '/suche?q=xyzzy'],
    handle: async (ctx, req) => {
      const query = queryOf(req.query.q)
      return htmlPage(searchPage(ctx, query, await searchDocuments(ctx, query, MOST_RESULTS)))
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/search',
    access: everybody,
    summary: 'Search services and offices',
    tags: ['catalogue'],
    query: Query,
    replies: {
      200: Type.Object({
        query: Type.String(),
        results: Type.Array(
          Type.Object({
            kind: Type.String({ description: 'catalogue.service, catalogue.office or catalogue.page' }),
            id: Type.String(),
            title: Type.String(),
            summary: Type.String(),
            url: Type.String(),
            exact: Type.Boolean({ description: 'false: only similar to what was typed' }),
          }),
        ),
      }),
    },
    handle: async (ctx, req) => {
      const at = inLanguage(ctx, req.query.lang)
      const query = queryOf(req.query.q)
      const hits = await searchDocuments(at, query, MOST_RESULTS)
      return jsonReply({
        query,
        results: hits.map(({ source, id, title, summary, path, exact }) => ({
          kind: source,
          id,
          title,
          summary,
          url: `${ctx.tenant.baseUrl}${href(at, path)}`,
          exact,
        })),
      })
    },
  }),
  api({
    method: 'GET',
    path: '/api/v1/search/suggestions',
    access: everybody,
    summary: 'The best results for what is being typed',
    tags: ['catalogue'],
    query: Query,
    replies: {
      200: Type.Array(Type.Object({ label: Type.String(), href: Type.String(), hint: Type.String() })),
    },
    handle: async (ctx, req) => {
      const at = inLanguage(ctx, req.query.lang)
      const hits = await searchDocuments(at, queryOf(req.query.q), SUGGESTIONS)
      return jsonReply(
        hits.map((hit) => ({
          label: hit.title,
          href: href(at, hit.path),
          hint: hintOf(at, hit),
        })),
      )
    },
  }),
]

function hintOf(ctx: Ctx, hit: SearchHit): string {
  if (hit.source === SERVICE_SOURCE) return teaser(hit.summary)
  return hit.summary === '' ? kindOf(ctx, hit) : `${kindOf(ctx, hit)}: ${hit.summary}`
}
