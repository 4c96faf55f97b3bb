import { examine, feeFor, fieldMessages, summaryOf } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { href } from '#platform/html/href.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { consentStep, pagesOf } from '../domain/pages.ts'
import { readTyped } from '../use-cases/typed.ts'
import { draftById, saveAnswers } from '../store/drafts.ts'
import { ACTION } from '../use-cases/save-step.ts'
import { submitDraft } from '../use-cases/submit.ts'
import { summaryPage, trialDonePage } from '../views/summary.ts'
import {
  DraftParams,
  draftFiles,
  draftPath,
  ownedDraft,
  ownerOfDraft,
  trialVersion,
  type Owned,
  examplesOf,
} from './shared.ts'

/** The summary, or the way to the first page that is not good yet. */
async function render(ctx: Ctx, owned: Owned, errors: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const { draft, def } = owned
  const files = await draftFiles(ctx, owned)
  const day = today(ctx.clock)
  const examined = examine(def, draft.answers, { today: day, files })
  const consent = consentStep(def)
  const open = examined.issues.find((issue) => issue.step !== consent)
  if (open?.step) return redirect(`${draftPath(draft)}/${open.step.name}?pruefen=1`)
  const pages = pagesOf(def, examined.steps)
  const fee = def.fees.length > 0 ? feeFor(def, examined.answers, day) : null
  const html = summaryPage(ctx, {
    def,
    sections: summaryOf(def, examined.answers, ctx.locale, files),
    fee: fee?.ok ? { ...fee.value, label: def.texts[ctx.locale].fees[fee.value.name] ?? fee.value.name } : null,
    around: {
      def,
      answers: draft.answers,
      errors,
      sources: {},
      files,
      fileHref: (id) => href(ctx, `${draftPath(draft)}/datei/${id}`),
      matches: {},
      isRequired: (pointer) =>
        consent?.items.some((item) => item.name === pointer && item.type !== 'group' && item.required) ?? true,
    },
    path: draftPath(draft),
    lastStep: pages.at(-1)?.name ?? null,
    pages: pages.length + 1,
    revision: draft.revision,
    trial: trialVersion(draft),
  })
  return htmlPage(html, { status: Object.keys(errors).length > 0 ? 422 : 200 })
}

export const summaryRoutes = [
  page({
    path: '/antrag/:slug/:draft/zusammenfassung',
    access: ownerOfDraft,
    params: DraftParams,
    examples: examplesOf('open', () => '/zusammenfassung'),
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      return owned.ok ? render(ctx, owned.value) : owned.reply
    },
  }),
  action({
    path: '/antrag/:slug/:draft/zusammenfassung',
    access: ownerOfDraft,
    params: DraftParams,
    perMinute: 60,
    handle: async (ctx, req) => {
      // A draft that was sent already leads to its receipt: so a double click and a reload give the one case.
      const access = await ownedDraft(ctx, req)
      if (!access.ok) return access.reply
      const { def, draft } = access.value
      const consent = consentStep(def)
      const answers: Record<string, unknown> = { ...draft.answers }
      for (const item of consent?.items ?? []) delete answers[item.name]
      if (consent) Object.assign(answers, readTyped(consent, req.form, {}, ctx.locale))
      const agreed: Owned = { def, draft: { ...draft, answers } }
      if (req.form.get(ACTION) === 'speichern') {
        await saveAnswers(ctx, draft, answers)
        return redirect(`${draftPath(draft)}/speichern?schritt=zusammenfassung`)
      }
      if (draft.trial) return tryOut(ctx, agreed)
      const submitted = await submitDraft(ctx, def, agreed.draft)
      if (submitted.ok) return redirect(`${draftPath(draft)}/beleg`)
      // A request at the same time may have sent it meanwhile: then its files belong to the case already.
      if ((await draftById(ctx, draft.id))?.submittedAt) return redirect(`${draftPath(draft)}/beleg`)
      return render(ctx, agreed, submitted.fields)
    },
  }),
]

/** The end of a trial: everything is checked as for a real application, and nothing is kept. */
async function tryOut(ctx: Ctx, owned: Owned): Promise<Reply> {
  const files = await draftFiles(ctx, owned)
  const examined = examine(owned.def, owned.draft.answers, { today: today(ctx.clock), files })
  if (examined.issues.length > 0) return render(ctx, owned, fieldMessages(owned.def, examined, ctx.locale))
  return htmlPage(trialDonePage(ctx, owned.def))
}
