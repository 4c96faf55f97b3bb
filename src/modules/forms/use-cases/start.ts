import { definitionOf, onTrial, published, type ServiceDefinition } from '#modules/services/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import type { Cookie } from '#platform/http/reply.ts'
import type { Req } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { carryOver } from '../domain/carry-over.ts'
import type { Answers } from '#modules/services/public.ts'
import { insertDraft, moveToVersion, type Draft } from '../store/drafts.ts'
import { ensureBrowserSecret } from './access.ts'
import { firstAnswers } from './prefill.ts'

export interface Startable {
  readonly definition: ServiceDefinition
  readonly version: number
  readonly trial: boolean
}

/**
 * What a person gets who begins now; with `trial` what staff of its unit may try: the newest version on trial, or the
 * published one.
 */
export async function startable(ctx: Ctx, slug: string, trial: boolean): Promise<Startable | null> {
  const service = (trial ? await onTrial(ctx, slug) : null) ?? (await published(ctx, slug))
  if (!service || (trial && !may(ctx, 'services.try', service.definition.unit))) return null
  return { definition: service.definition, version: service.version, trial }
}

/** Begins an application: an account owns it, or else the browser's secret opens it. */
export async function startDraft(
  ctx: Ctx,
  req: Pick<Req, 'cookies' | 'query'>,
  { definition, version, trial }: Startable,
): Promise<{ draft: Draft; cookies: readonly Cookie[] }> {
  const { answers, sources } = await firstAnswers(ctx, definition, req.query)
  const base = { slug: definition.slug, version, trial, locale: ctx.locale, answers, sources }
  if (ctx.account && (trial || ctx.account.kind === 'citizen')) {
    return { draft: await insertDraft(ctx, { ...base, accountId: ctx.account.id, secretHash: null }), cookies: [] }
  }
  const { hash, cookies } = ensureBrowserSecret(req)
  return { draft: await insertDraft(ctx, { ...base, accountId: null, secretHash: hash }), cookies }
}

/**
 * The definition that a draft goes on with: its own, or the one published since if nothing would be lost by it.
 * Null where there is neither, which happens only to drafts of versions that were tried and thrown away.
 */
export async function definitionFor(ctx: Ctx, draft: Draft): Promise<{ def: ServiceDefinition; draft: Draft } | null> {
  const own = await definitionOf(ctx, draft.slug, draft.version)
  if (!own) return null
  const newest = draft.trial ? null : await published(ctx, draft.slug)
  if (!newest || newest.version <= draft.version) return { def: own, draft }
  const carried = carryOver(own, newest.definition, draft.answers as Answers, today(ctx.clock))
  if (!carried.ok) return { def: own, draft }
  await moveToVersion(ctx, draft, newest.version)
  return { def: newest.definition, draft: { ...draft, version: newest.version } }
}
