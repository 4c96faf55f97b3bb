import { Type } from '#platform/schema.ts'
import { definitionOf, examine, fieldMessages, type AddressAnswer } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { NOTHING_KEPT } from '#platform/files/files.ts'
import { href } from '#platform/html/href.ts'
import { htmlPage, redirect, type Cookie, type Reply } from '#platform/http/reply.ts'
import { action, page, type Req, type UploadRule } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { consentStep, fieldsOf, pagesOf, placeOf, valueAt, withNeededEntries, type Place } from '../domain/pages.ts'
import { readTyped } from '../use-cases/typed.ts'
import { draftById, draftsOfAccount, saveAnswers, type Draft } from '../store/drafts.ts'
import type { Source } from '../domain/source.ts'
import { park, unpark } from '../store/tokens.ts'
import { accessTo, browserHash, ensureBrowserSecret } from '../use-cases/access.ts'
import { addressMatches } from '../use-cases/addresses.ts'
import { checkStep, readAction, SHOWN, typedStep, type StepAction } from '../use-cases/save-step.ts'
import { stepPage, type StepNotice } from '../views/step.ts'
import {
  DraftParams,
  draftFiles,
  draftPath,
  ownedDraft,
  ownerOfDraft,
  StepParams,
  trialVersion,
  type Owned,
  examplesOf,
} from './shared.ts'

type Params = { slug: string; draft: string; step: string }

interface View {
  readonly place: Place
  readonly errors?: Readonly<Record<string, string>>
  readonly notice?: StepNotice
  readonly matches?: Readonly<Record<string, readonly AddressAnswer[]>>
  readonly fromSummary: boolean
  readonly cookies?: readonly Cookie[]
}

/** The page of a step with these answers, as they are kept or as they were just typed. */
async function render(ctx: Ctx, owned: Owned, given: Readonly<Record<string, unknown>>, view: View): Promise<Reply> {
  const { draft, def } = owned
  const { step } = view.place
  const answers = withNeededEntries(step, given)
  const files = await draftFiles(ctx, owned, answers)
  const examined = examine(def, answers, { today: today(ctx.clock), files })
  const missed = new Set(examined.issues.filter((issue) => issue.code === 'required').map((issue) => issue.pointer))
  const isRequired = (pointer: string) => {
    const field = fieldsOf(step, answers).find((one) => one.pointer === pointer)?.field
    // Whether a condition asks for it is known only while it is empty; an answer that is there is not called optional.
    return field?.requiredIf === undefined
      ? (field?.required ?? true)
      : missed.has(pointer) || valueAt(answers, pointer) !== undefined
  }
  const html = stepPage(ctx, {
    place: view.place,
    around: {
      def,
      answers,
      errors: view.errors ?? {},
      sources: stillTrue(draft, answers),
      files,
      fileHref: (id) => href(ctx, `${draftPath(draft)}/datei/${id}`),
      matches: view.matches ?? {},
      isRequired,
    },
    visible: examined.visible,
    action: href(ctx, `${draftPath(draft)}/${view.place.step.name}`),
    revision: draft.revision,
    notice: view.notice ?? null,
    trial: trialVersion(draft),
    fromSummary: view.fromSummary,
  })
  const failed = Object.keys(view.errors ?? {}).length > 0
  return htmlPage(html, { status: failed ? 422 : 200, cookies: view.cookies })
}

/** "From your data account" is said of an answer only as long as it is what was filled in. */
function stillTrue(draft: Draft, answers: Readonly<Record<string, unknown>>): Record<string, Source> {
  return Object.fromEntries(
    Object.entries(draft.sources).filter(
      ([pointer]) => JSON.stringify(valueAt(answers, pointer)) === JSON.stringify(valueAt(draft.answers, pointer)),
    ),
  )
}

function placeIn(
  ctx: Ctx,
  { draft, def }: Owned,
  name: string,
  answers: Readonly<Record<string, unknown>> = draft.answers,
) {
  const { steps } = examine(def, answers, { today: today(ctx.clock) })
  return placeOf(pagesOf(def, steps), name)
}

/** Where an application goes on: the first page that is not good yet, or the summary. */
export function nextOpenPage(ctx: Ctx, { draft, def }: Owned): string {
  const { issues, steps } = examine(def, draft.answers, { today: today(ctx.clock) })
  const consent = consentStep(def)
  const open = steps.find((step) => step !== consent && issues.some((issue) => issue.step === step))
  return open ? `${draftPath(draft)}/${open.name}` : `${draftPath(draft)}/zusammenfassung`
}

async function show(ctx: Ctx, req: Req<Params, Record<string, unknown>>): Promise<Reply> {
  const access = await ownedDraft(ctx, req)
  if (!access.ok) return access.reply
  let owned = access.value
  const fromSummary = req.query['von'] === 'zusammenfassung'
  const secretHash = browserHash(req)
  const parked =
    secretHash && owned.draft.accountId
      ? await unpark(ctx, { draftId: owned.draft.id, step: req.params.step, secretHash })
      : null
  if (parked) owned = await withAnswers(ctx, owned, { ...owned.draft.answers, ...parked })
  const place = placeIn(ctx, owned, req.params.step)
  if (!place) return redirect(nextOpenPage(ctx, owned))
  const errors = req.query['pruefen'] === '1' ? missing(ctx, owned, place) : {}
  return render(ctx, owned, owned.draft.answers, { place, errors, fromSummary, notice: parked ? 'parked' : null })
}

async function withAnswers(ctx: Ctx, owned: Owned, answers: Record<string, unknown>): Promise<Owned> {
  await saveAnswers(ctx, owned.draft, answers)
  const draft = await draftById(ctx, owned.draft.id)
  return { ...owned, draft: draft ?? owned.draft }
}

function missing(ctx: Ctx, { draft, def }: Owned, place: Place): Record<string, string> {
  const { issues } = examine(def, draft.answers, { today: today(ctx.clock) })
  return { ...fieldMessages(def, { issues: issues.filter((issue) => issue.step === place.step) }, ctx.locale) }
}

/** What was typed is kept whatever is wrong with it; only somebody else's newer answers are not written over. */
async function save(ctx: Ctx, req: Req<Params>): Promise<Reply> {
  const parked = await parkIfSignedOut(ctx, req)
  if (parked) return parked
  const access = await ownedDraft(ctx, req)
  if (!access.ok) return access.reply
  const owned = access.value
  const { draft, def } = owned
  const place = placeIn(ctx, owned, req.params.step)
  if (!place) return redirect(nextOpenPage(ctx, owned))
  const act = readAction(req.form)
  const fromSummary = req.form.get('von') === 'zusammenfassung'
  const typed = await typedStep(ctx, place.step, draft, req, act)
  const shown = req.form.has(SHOWN) ? new Set(req.form.get(SHOWN).split(' ').filter(Boolean)) : null
  const checked = await checkStep(ctx, def, place.step, draft, typed, shown)
  const { answers } = checked
  const isStale = req.form.has('stand') && req.form.get('stand') !== String(draft.revision)
  const isSame = JSON.stringify(answers) === JSON.stringify(draft.answers)
  if (isStale && !isSame) return render(ctx, owned, answers, { place, notice: 'conflict', fromSummary })
  if (!isSame && !(await saveAnswers(ctx, draft, answers))) {
    return render(ctx, owned, answers, { place, notice: 'conflict', fromSummary })
  }
  const saved: Owned = { def, draft: { ...draft, answers, revision: draft.revision + (isSame ? 0 : 1) } }
  return after(ctx, saved, place, act, checked, fromSummary, typed.fileErrors)
}

/** Where the pressed button leads once the answers are kept: on, back, or to the same page with what it has to say. */
async function after(
  ctx: Ctx,
  saved: Owned,
  place: Place,
  act: StepAction,
  checked: { errors: Readonly<Record<string, string>>; appeared: boolean },
  fromSummary: boolean,
  fileErrors: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { draft } = saved
  const path = draftPath(draft)
  const again = (view: Partial<View>) =>
    render(ctx, saved, draft.answers, { place: placeIn(ctx, saved, place.step.name) ?? place, fromSummary, ...view })
  switch (act.does) {
    case 'back':
      return redirect(place.before ? `${path}/${place.before.name}` : `/antrag/${draft.slug}`)
    case 'save':
      return Object.keys(fileErrors).length > 0
        ? again({ errors: fileErrors })
        : redirect(`${path}/speichern?schritt=${place.step.name}`)
    case 'add':
    case 'remove':
    case 'remove-file':
    case 'refresh':
      return again({ errors: fileErrors })
    case 'find-address': {
      const found = await addressMatches(ctx, valueAt(draft.answers, act.pointer))
      return again({ matches: { [act.pointer]: found } })
    }
    case 'next': {
      if (Object.keys(checked.errors).length > 0) {
        return again({ errors: checked.errors, matches: await matchesForUnknown(ctx, saved, place, checked.errors) })
      }
      if (checked.appeared) return again({ notice: 'appeared' })
      const now = placeIn(ctx, saved, place.step.name)
      if (fromSummary) return redirect(`${path}/zusammenfassung`)
      return redirect(now?.after ? `${path}/${now.after.name}` : `${path}/zusammenfassung`)
    }
  }
}

/** Houses that may have been meant, where an address is not in the list. */
async function matchesForUnknown(
  ctx: Ctx,
  { draft }: Owned,
  place: Place,
  errors: Readonly<Record<string, string>>,
): Promise<Record<string, readonly AddressAnswer[]>> {
  const matches: Record<string, readonly AddressAnswer[]> = {}
  for (const { field, pointer } of fieldsOf(place.step, draft.answers)) {
    if (field.type !== 'address' || !errors[pointer]) continue
    const found = await addressMatches(ctx, valueAt(draft.answers, pointer))
    if (found.length > 0) matches[pointer] = found
  }
  return matches
}

/** A session has ended in the middle of a form: what was typed waits until its owner has signed in again. */
async function parkIfSignedOut(ctx: Ctx, req: Req<Params>): Promise<Reply | null> {
  if (ctx.account) return null
  const access = await accessTo(ctx, req, req.params.draft)
  if (access.is !== 'sign-in' || access.draft.submittedAt !== null) return null
  const def = await definitionOf(ctx, access.draft.slug, access.draft.version)
  const step = def?.form.steps.find((one) => one.name === req.params.step)
  if (!step) return null
  const { hash, cookies } = ensureBrowserSecret(req)
  const typed = readTyped(step, req.form, {}, ctx.locale)
  await park(ctx, { draftId: access.draft.id, step: step.name, secretHash: hash, answers: typed })
  const back = href(ctx, `${draftPath(access.draft)}/${step.name}`)
  return redirect(`/anmelden?next=${encodeURIComponent(back)}`, cookies)
}

/** Kinds and sizes that the field of that name takes from the owner of the draft. */
async function uploadRule(ctx: Ctx, req: Req<Params>, name: string): Promise<UploadRule | null> {
  const owned = await ownedDraft(ctx, req)
  if (!owned.ok) return NOTHING_KEPT
  const step = owned.value.def.form.steps.find((one) => one.name === req.params.step)
  if (!step) return null
  const path = name.replace(/\/\d+\//, '/')
  const field = step.items
    .flatMap((item) =>
      item.type === 'group'
        ? item.fields.map((one) => ({ one, at: `${item.name}/${one.name}` }))
        : [{ one: item, at: item.name }],
    )
    .find(({ at }) => at === path)?.one
  return field?.type === 'file' ? { maxBytes: field.maxBytes, kinds: field.kinds, maxFiles: field.max } : null
}

/** Every page of a form that somebody has begun. */
async function stepExamples(ctx: Ctx): Promise<readonly string[]> {
  const drafts = ctx.account ? await draftsOfAccount(ctx, ctx.account.id) : []
  const draft = drafts.find((one) => one.submittedAt === null)
  const def = draft && (await definitionOf(ctx, draft.slug, draft.version))
  return draft && def ? pagesOf(def, def.form.steps).map((step) => `${draftPath(draft)}/${step.name}`) : []
}

export const stepRoutes = [
  page({
    path: '/antrag/:slug/:draft',
    access: ownerOfDraft,
    params: DraftParams,
    examples: examplesOf('open', () => ''),
    handle: async (ctx, req) => {
      const owned = await ownedDraft(ctx, req)
      return owned.ok ? redirect(nextOpenPage(ctx, owned.value)) : owned.reply
    },
  }),
  page({
    path: '/antrag/:slug/:draft/:step',
    access: ownerOfDraft,
    params: StepParams,
    query: Type.Object({ von: Type.Optional(Type.String()), pruefen: Type.Optional(Type.String()) }),
    examples: stepExamples,
    handle: show,
  }),
  action({
    path: '/antrag/:slug/:draft/:step',
    access: ownerOfDraft,
    params: StepParams,
    uploads: uploadRule,
    perMinute: 120,
    handle: save,
  }),
]
