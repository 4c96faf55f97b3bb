import { Type } from '#platform/schema.ts'
import { limited, type Limit } from '#modules/accounts/public.ts'
import { definitionOf, normaliseMail } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, holderOf, page } from '#platform/http/route.ts'
import { saidOfApplicant } from '../domain/applicant.ts'
import { addSecret, draftsOfAccount, type Draft } from '../store/drafts.ts'
import { linkWorksUntil, newResumeToken, resumable, sendResumeLink } from '../use-cases/resume.ts'
import { ensureBrowserSecret } from '../use-cases/access.ts'
import { texts } from '../texts/index.ts'
import { resumeGonePage, resumePage, savePage, type SavePage } from '../views/save.ts'
import { DraftParams, draftPath, ownedDraft, ownerOfDraft, type Owned, examplesOf } from './shared.ts'

/** The address is anybody's: nobody's inbox is to be filled with links that somebody else asks for. */
const LINKS_TO_ONE: Limit = { name: 'resume-mail', most: 3, minutes: 15 }

const holderOfLink = holderOf('the token of the link that was sent by mail')
const Token = Type.Object({ token: Type.String({ maxLength: 100 }) })

const pageOf = ({ def, draft }: Owned, step: string, more: Partial<SavePage> = {}): SavePage => ({
  def,
  draft,
  path: draftPath(draft),
  step: /^[a-z0-9-]{1,60}$/.test(step) ? step : 'zusammenfassung',
  email: saidOfApplicant(def.applicant.email, draft.answers) ?? '',
  errors: {},
  sentTo: null,
  ...more,
})

const gone = (ctx: Ctx) => htmlPage(resumeGonePage(ctx), { status: 410 })

/** Where a link leads to an account's draft, its owner signs in; otherwise the browser gets the secret. */
async function openLink(ctx: Ctx, draft: Draft, req: Parameters<typeof ensureBrowserSecret>[0]) {
  if (draft.accountId !== null) return redirect(draftPath(draft))
  const { hash, cookies } = ensureBrowserSecret(req)
  await addSecret(ctx, draft.id, hash)
  return redirect(draftPath(draft), cookies)
}

export const saveRoutes = [
  page({
    path: '/antrag/:slug/:draft/speichern',
    access: ownerOfDraft,
    params: DraftParams,
    query: Type.Object({ schritt: Type.Optional(Type.String({ maxLength: 100 })) }),
    examples: examplesOf('open', () => '/speichern'),
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      return owned.ok ? htmlPage(savePage(ctx, pageOf(owned.value, req.query.schritt ?? ''))) : owned.reply
    },
  }),
  action({
    path: '/antrag/:slug/:draft/speichern',
    access: ownerOfDraft,
    params: DraftParams,
    perMinute: 6,
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      if (!owned.ok) return owned.reply
      const typed = req.form.get('email').slice(0, 300)
      const email = normaliseMail(typed)
      const step = req.form.get('schritt')
      const again = (error: string, status: number) =>
        htmlPage(savePage(ctx, pageOf(owned.value, step, { email: typed, errors: { email: error } })), { status })
      if (email === null) return again(texts(ctx).save.emailInvalid, 422)
      if (await limited(ctx, [LINKS_TO_ONE, email])) return again(texts(ctx).save.tooManyLinks, 429)
      await sendResumeLink(ctx, owned.value.def, owned.value.draft, email)
      return htmlPage(savePage(ctx, pageOf(owned.value, step, { sentTo: { email, until: linkWorksUntil(ctx) } })))
    },
  }),
  page({
    path: '/antrag-weiter/:token',
    access: holderOfLink,
    params: Token,
    examples: async (ctx) => {
      const drafts = ctx.account ? await draftsOfAccount(ctx, ctx.account.id) : []
      const draft = drafts.find((one) => one.submittedAt === null)
      return draft ? [`/antrag-weiter/${await newResumeToken(ctx, draft)}`] : []
    },
    handle: async (ctx, req) => {
      const draft = await resumable(ctx, req.params.token)
      const def = draft && (await definitionOf(ctx, draft.slug, draft.version))
      return def ? htmlPage(resumePage(ctx, def, req.params.token)) : gone(ctx)
    },
  }),
  action({
    path: '/antrag-weiter/:token',
    access: holderOfLink,
    params: Token,
    perMinute: 20,
    handle: async (ctx, req) => {
      const draft = await resumable(ctx, req.params.token)
      return draft ? openLink(ctx, draft, req) : gone(ctx)
    },
  }),
]
