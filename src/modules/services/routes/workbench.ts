import { Type } from '#platform/schema.ts'
import { unitById, units } from '#modules/accounts/public.ts'
import { audit } from '#platform/audit/audit.ts'
import { permittedUnits } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { transaction } from '#platform/db/transaction.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, page, staff } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { allPublished, forgetPublished, onTrial, published } from '../registry.ts'
import { allVersions, markPublished, versionsOf } from '../store/versions.ts'
import { texts } from '../texts/index.ts'
import { servicePage, servicesPage, titleOf, type ServiceLine } from '../views/workbench.ts'

const mayTry = staff('services.try')
const Slug = Type.Object({ slug: Type.String({ maxLength: 100 }) })

/** Services of units in which whoever asks may try them; the same for the list and for each page. */
const isMine = (ctx: Ctx, unit: string): boolean => permittedUnits(ctx, 'services.try').includes(unit)

async function lineOf(ctx: Ctx, slug: string): Promise<ServiceLine | null> {
  const line = { slug, live: await published(ctx, slug), trial: await onTrial(ctx, slug) }
  const shown = line.trial ?? line.live
  return shown && isMine(ctx, shown.definition.unit) ? line : null
}

async function linesOf(ctx: Ctx): Promise<ServiceLine[]> {
  const slugs = [...new Set((await allVersions(ctx)).map((row) => row.slug))]
  const lines = await Promise.all(slugs.map((slug) => lineOf(ctx, slug)))
  return lines.filter((line) => line !== null)
}

export const workbenchRoutes = [
  page({
    path: '/workbench/leistungen',
    access: mayTry,
    handle: async (ctx) => htmlPage(servicesPage(ctx, await linesOf(ctx), await units(ctx))),
  }),
  page({
    path: '/workbench/leistungen.csv',
    access: mayTry,
    handle: async (ctx) => {
      const t = texts(ctx).workbench
      const names = new Map((await units(ctx)).map(({ id, name }) => [id, name[ctx.locale]]))
      return csvReply(
        `${t.title}.csv`,
        [t.name, t.live, t.trial, t.unit, t.prefix],
        (await linesOf(ctx)).map((line) => {
          const shown = (line.trial ?? line.live)?.definition
          return [
            titleOf(ctx, line),
            line.live?.version,
            line.trial?.version,
            names.get(shown?.unit ?? '') ?? shown?.unit,
            shown?.prefix,
          ]
        }),
      )
    },
  }),
  page({
    path: '/workbench/leistungen/:slug',
    access: mayTry,
    params: Slug,
    query: Type.Object({ fertig: Type.Optional(Type.Integer()) }),
    examples: async (ctx) => (await allPublished(ctx)).map((service) => `/workbench/leistungen/${service.slug}`),
    handle: async (ctx, req) => {
      const line = await lineOf(ctx, req.params.slug)
      const shown = line && (line.trial ?? line.live)
      if (!shown) return problem(fail('not-found'))
      const versions = await versionsOf(ctx, req.params.slug)
      const unit = await unitById(ctx, shown.definition.unit)
      return htmlPage(servicePage(ctx, { shown, live: line.live, versions, unit, done: req.query.fertig ?? null }))
    },
  }),
  action({
    path: '/workbench/leistungen/:slug/versionen/:version/veroeffentlichung',
    access: mayTry,
    params: Type.Object({ ...Slug.properties, version: Type.Integer() }),
    handle: async (ctx, req) => {
      const { slug, version } = req.params
      const line = await lineOf(ctx, slug)
      if (line?.trial?.version !== version) return problem(fail(line ? 'conflict' : 'not-found'))
      await transaction(ctx, async (inner) => {
        if (!(await markPublished(inner, slug, version))) return
        await audit(inner, { subject: `service:${slug}`, action: 'services.published', data: { slug, version } })
      })
      forgetPublished(ctx)
      return redirect(`/workbench/leistungen/${slug}?fertig=${version}`)
    },
  }),
]
