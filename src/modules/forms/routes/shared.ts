import { Type } from '#platform/schema.ts'
import type { FileFacts, ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { holderOf } from '#platform/http/route.ts'
import { problem, redirect, type Reply } from '#platform/http/reply.ts'
import type { Req } from '#platform/http/route.ts'
import { href } from '#platform/html/href.ts'
import { fail } from '#platform/problem.ts'
import { accessTo } from '../use-cases/access.ts'
import { definitionFor } from '../use-cases/start.ts'
import { draftsOfAccount, type Draft } from '../store/drafts.ts'
import { draftOwner, fileFacts } from '../store/files.ts'
import { allFileIds } from '../use-cases/save-step.ts'

export const DraftParams = Type.Object({
  slug: Type.String({ maxLength: 100 }),
  draft: Type.String({ maxLength: 100 }),
})
export const StepParams = Type.Object({ ...DraftParams.properties, step: Type.String({ maxLength: 100 }) })

/** A draft belongs to an account, or to the browser that holds its secret. */
export const ownerOfDraft = holderOf(
  'the account that owns the draft, or the secret in the cookie of the browser that began it',
)

export interface Owned {
  readonly draft: Draft
  readonly def: ServiceDefinition
}

/** The draft in the address if whoever asks may see it, otherwise the reply: not found, sign in, or on to the receipt. */
export async function ownedDraft(
  ctx: Ctx,
  req: Req<{ slug: string; draft: string }, any, any>,
): Promise<{ readonly ok: true; readonly value: Owned } | { readonly ok: false; readonly reply: Reply }> {
  const access = await accessTo(ctx, req, req.params.draft)
  if (access.is === 'none' || access.draft.slug !== req.params.slug)
    return { ok: false, reply: problem(fail('not-found')) }
  if (access.is === 'sign-in') {
    return { ok: false, reply: redirect(`/anmelden?next=${encodeURIComponent(href(ctx, ctx.path))}`) }
  }
  if (access.draft.submittedAt !== null) return { ok: false, reply: redirect(`${draftPath(access.draft)}/beleg`) }
  const found = await definitionFor(ctx, access.draft)
  return found ? { ok: true, value: found } : { ok: false, reply: problem(fail('gone')) }
}

export const draftPath = (draft: Draft): string => `/antrag/${draft.slug}/${draft.id}`

/** Pages of drafts that the account which looks has begun (or sent), for the tests that visit every page. */
export const examplesOf =
  (which: 'open' | 'sent', page: (draft: Draft) => string) =>
  async (ctx: Ctx): Promise<readonly string[]> => {
    if (!ctx.account) return []
    const drafts = await draftsOfAccount(ctx, ctx.account.id)
    return drafts
      .filter((draft) => (draft.submittedAt === null) === (which === 'open'))
      .slice(0, 1)
      .map((draft) => `${draftPath(draft)}${page(draft)}`)
  }

export const trialVersion = (draft: Draft): number | null => (draft.trial ? draft.version : null)

/** Facts of all files that a draft's answers name. */
export const draftFiles = (
  ctx: Ctx,
  { draft, def }: Owned,
  answers: Readonly<Record<string, unknown>> = draft.answers,
): Promise<ReadonlyMap<string, FileFacts>> => fileFacts(ctx, allFileIds(def, answers), draftOwner(draft.id))
