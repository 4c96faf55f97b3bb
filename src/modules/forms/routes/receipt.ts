import { setTimeout as wait } from 'node:timers/promises'
import { accessCodeFor, caseById, type Case } from '#modules/cases/public.ts'
import { paymentsFor, payLink } from '#modules/payments/public.ts'
import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fileReply, htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { page, type Req } from '#platform/http/route.ts'
import { href } from '#platform/html/href.ts'
import { pdfOnRequest } from '#platform/pdf/on-request.ts'
import { fail } from '#platform/problem.ts'
import { accessTo } from '../use-cases/access.ts'
import { receiptPdf } from '../use-cases/receipt.ts'
import { draftKey } from '../use-cases/submit.ts'
import { receiptPage } from '../views/receipt.ts'
import { DraftParams, draftPath, ownerOfDraft, examplesOf } from './shared.ts'

interface Sent {
  readonly def: ServiceDefinition
  readonly kase: Case
  readonly code: string
  readonly path: string
}

/** The case of a draft that was sent, for whoever sent it. */
async function sentCase(ctx: Ctx, req: Req<{ slug: string; draft: string }, any>): Promise<Sent | Reply> {
  const access = await accessTo(ctx, req, req.params.draft)
  if (access.is === 'sign-in') return redirect(`/anmelden?next=${encodeURIComponent(href(ctx, ctx.path))}`)
  if (access.is === 'none' || access.draft.slug !== req.params.slug) return problem(fail('not-found'))
  const { draft } = access
  if (draft.caseId === null) return redirect(draftPath(draft))
  const kase = await settled(ctx, draft.caseId)
  const def = kase && (await definitionOf(ctx, kase.service, kase.version))
  if (!kase || !def) return problem(fail('gone'))
  return { def, kase, code: accessCodeFor(kase.id, draftKey(draft.id)), path: draftPath(draft) }
}

/** Times that are waited for the first checks, 150 ms each. */
const TRIES = 8

/**
 * The case once its first checks are done, which takes a moment: so that most people see at once whether to pay.
 * After 1.2 seconds the page comes as things stand.
 */
async function settled(ctx: Ctx, caseId: string): Promise<Case | null> {
  for (let tries = 0; ; tries++) {
    const kase = await caseById(ctx, caseId)
    const def = kase && (await definitionOf(ctx, kase.service, kase.version))
    const state = def?.workflow.states.find((one) => one.name === kase?.state)
    const isFresh = kase !== null && ctx.clock.now().since(kase.openedAt).total('seconds') < 10
    if (state?.kind !== 'automatic' || !isFresh || tries === TRIES) return kase
    await wait(150)
  }
}

export const receiptRoutes = [
  page({
    path: '/antrag/:slug/:draft/beleg',
    access: ownerOfDraft,
    params: DraftParams,
    examples: examplesOf('sent', () => '/beleg'),
    handle: async (ctx, req) => {
      const sent = await sentCase(ctx, req)
      if ('type' in sent) return sent
      const due = (await paymentsFor(ctx, `case:${sent.kase.id}`)).find(
        ({ state }) => state === 'open' || state === 'partly-paid',
      )
      const payPath = due ? await payLink(ctx, due.id) : null
      return htmlPage(receiptPage(ctx, { ...sent, payment: due ?? null, payPath }))
    },
  }),
  page({
    path: '/antrag/:slug/:draft/beleg.pdf',
    access: ownerOfDraft,
    params: DraftParams,
    // A file and no page.
    examples: examplesOf('sent', () => '/beleg.pdf'),
    handle: async (ctx, req) => {
      const sent = await sentCase(ctx, req)
      if ('type' in sent) return sent
      const body = await pdfOnRequest(() => receiptPdf(ctx, sent.def, sent.kase, sent.code))
      return fileReply({ body, kind: 'application/pdf', name: `${sent.kase.number}.pdf`, inline: true })
    },
  }),
]
