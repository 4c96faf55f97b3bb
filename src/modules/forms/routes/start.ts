import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, everybody, page, type Req } from '#platform/http/route.ts'
import { pagePathOfForm } from '#modules/catalogue/public.ts'
import { allPublished } from '#modules/services/public.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { visibleSteps } from '#modules/services/public.ts'
import { pagesOf } from '../domain/pages.ts'
import { deleteDraft, openDrafts } from '../store/drafts.ts'
import { browserHash } from '../use-cases/access.ts'
import { startable, startDraft, type Startable } from '../use-cases/start.ts'
import { removeDraftFiles } from '../use-cases/forget.ts'
import { startPage } from '../views/start.ts'
import { DraftParams, draftPath, ownedDraft, ownerOfDraft } from './shared.ts'

const Slug = Type.Object({ slug: Type.String({ maxLength: 100 }) })

/** What may be named in the address of a start page: the trial, and what modules begin a form with. */
function queryOf(req: Req<any, Record<string, unknown>>): string {
  const kept = Object.entries(req.query).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && /^[a-z-]{1,30}$/.test(entry[0]) && entry[1].length <= 200,
  )
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept.slice(0, 5)).toString()}`
}

async function render(ctx: Ctx, req: Req<{ slug: string }, Record<string, unknown>>, service: Startable) {
  const holder = { accountId: ctx.account?.id ?? null, secretHash: browserHash(req) }
  const open = service.trial ? [] : await openDrafts(ctx, holder, service.definition.slug)
  const pages = pagesOf(service.definition, visibleSteps(service.definition, {}, today(ctx.clock))).length + 1
  return startPage(ctx, {
    def: service.definition,
    trial: service.trial ? service.version : null,
    pages,
    open,
    servicePath: service.trial
      ? `/workbench/leistungen/${service.definition.slug}`
      : await pagePathOfForm(ctx, service.definition.slug),
    query: queryOf(req),
  })
}

export const startRoutes = [
  page({
    path: '/antrag/:slug',
    access: everybody,
    params: Slug,
    examples: async (ctx) => (await allPublished(ctx)).map((service) => `/antrag/${service.slug}`),
    handle: async (ctx, req) => {
      const service = await startable(ctx, req.params.slug, req.query['probe'] === '1')
      return service ? htmlPage(await render(ctx, req, service)) : problem(fail('not-found'))
    },
  }),
  action({
    path: '/antrag/:slug',
    access: everybody,
    params: Slug,
    perMinute: 60,
    handle: async (ctx, req) => {
      const service = await startable(ctx, req.params.slug, req.form.get('probe') === '1')
      if (!service) return problem(fail('not-found'))
      if (service.definition.login === 'required' && !ctx.account) return redirect(`/antrag/${req.params.slug}`)
      const { draft, cookies } = await startDraft(ctx, req, service)
      const first = service.definition.form.steps[0]?.name ?? 'zusammenfassung'
      return redirect(`${draftPath(draft)}/${first}`, cookies)
    },
  }),
  action({
    path: '/antrag/:slug/:draft/loeschen',
    access: ownerOfDraft,
    params: DraftParams,
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      if (!owned.ok) return owned.reply
      await removeDraftFiles(ctx, [owned.value.draft.id])
      await deleteDraft(ctx, owned.value.draft.id)
      return redirect(`/antrag/${req.params.slug}`)
    },
  }),
]
