import type { Ctx } from '#platform/context.ts'
import type { Req } from '#platform/http/route.ts'
import type { Cookie } from '#platform/http/reply.ts'
import { hashSecret, newSecret } from '../domain/secret.ts'
import { draftById, takeOver, type Draft } from '../store/drafts.ts'
import { fillIn } from './prefill.ts'

/** One secret a browser; goes when the browser is closed, so that a shared machine keeps nothing. */
export const FORM_COOKIE = 'rathaus_antrag'

type Asking = Pick<Req, 'cookies'>

/** Hash of the browser's secret, or null where it has none. */
export function browserHash(req: Asking): string | null {
  const secret = req.cookies[FORM_COOKIE]
  return secret && /^[\w-]{32}$/.test(secret) ? hashSecret(secret) : null
}

/** The browser's secret as hash, made where there is none; the cookie goes with the reply. */
export function ensureBrowserSecret(req: Asking): { hash: string; cookies: readonly Cookie[] } {
  const known = browserHash(req)
  if (known) return { hash: known, cookies: [] }
  const secret = newSecret()
  return { hash: hashSecret(secret), cookies: [{ name: FORM_COOKIE, value: secret }] }
}

/**
 * - `owner`: whoever asks may go on. `sign-in`: it belongs to an account, and nobody is signed in.
 * - `none`: there is none, or it is somebody else's, which looks the same.
 */
export type Access =
  | { readonly is: 'owner'; readonly draft: Draft }
  | { readonly is: 'sign-in'; readonly draft: Draft }
  | { readonly is: 'none' }

/** Finds out whose draft it is; a citizen who signs in takes over what they began without an account. */
export async function accessTo(ctx: Ctx, req: Asking, id: string): Promise<Access> {
  const draft = await draftById(ctx, id)
  if (!draft) return { is: 'none' }
  if (draft.accountId !== null) {
    if (!ctx.account) return { is: 'sign-in', draft }
    return ctx.account.id === draft.accountId ? { is: 'owner', draft } : { is: 'none' }
  }
  const hash = browserHash(req)
  if (hash === null || !draft.secretHashes.includes(hash)) return { is: 'none' }
  if (ctx.account?.kind !== 'citizen' || draft.submittedAt !== null) return { is: 'owner', draft }
  await takeOver(ctx, draft.id, ctx.account.id)
  await fillIn(ctx, { ...draft, accountId: ctx.account.id })
  const mine = await draftById(ctx, id)
  return mine ? { is: 'owner', draft: mine } : { is: 'none' }
}
