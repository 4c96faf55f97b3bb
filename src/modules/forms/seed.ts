import { accountByEmail } from '#modules/accounts/public.ts'
import { openCase } from '#modules/cases/public.ts'
import { examine, published, type Answers, type ServiceDefinition } from '#modules/services/public.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { today } from '#platform/time/clock.ts'
import { insertDraft, markSubmitted, saveAnswers, type Draft } from './store/drafts.ts'
import { draftOwner } from './store/files.ts'
import { draftKey } from './use-cases/submit.ts'

const SLUG = 'dog-registration'

/** What the first citizen of the demo city has begun, and what she has sent: so that every page of a form can be seen. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const [citizen] = musterstadt().citizens
    const account = citizen && (await accountByEmail(ctx, citizen.email))
    const service = await published(ctx, SLUG)
    if (!account || !service) return
    const answers = answersOf(ctx, service.definition, citizen)
    const base = {
      slug: SLUG,
      version: service.version,
      trial: false,
      accountId: account.id,
      locale: 'de',
      sources: {},
      secretHash: null,
    } as const
    await beginExempt(ctx, await insertDraft(ctx, { ...base, answers }))
    progress(1, 2)
    const sent = await insertDraft(ctx, { ...base, answers })
    await openCase(
      ctx,
      {
        service: SLUG,
        version: service.version,
        answers,
        files: [],
        applicant: {
          accountId: account.id,
          name: account.name,
          email: account.email,
          telephone: citizen.telephone,
          locale: 'de',
        },
        idempotencyKey: draftKey(sent.id),
        channel: 'web',
      },
      { with: ({ caseId, caseNumber }) => [markSubmitted(sent.id, caseId, caseNumber, ctx.clock.now())] },
    )
    progress(2, 2)
  },
}

/** The one that was begun asks for an exemption, with a certificate uploaded. */
async function beginExempt(ctx: Ctx, draft: Draft): Promise<void> {
  const title = 'Prüfungszeugnis Rettungshund (Beispiel)'
  const content = await renderPdf({ source: `= ${title}`, data: {}, title, locale: 'de' })
  const file = await ctx.app.files.save(ctx, { name: 'Prüfungszeugnis.pdf', content, owner: draftOwner(draft.id) })
  await saveAnswers(ctx, draft, { ...draft.answers, exemption: 'rescue', exemptionProof: [file.id] })
}

type Citizen = ReturnType<typeof musterstadt>['citizens'][number]

function answersOf(ctx: Ctx, def: ServiceDefinition, citizen: Citizen): Answers {
  const { givenName, familyName, birthDate, street, houseNumber, postcode, place, email } = citizen
  const day = today(ctx.clock)
  const answers = {
    person: { givenName, familyName, birthDate },
    address: { street, houseNumber, postcode, place },
    contact: { email },
    dogsBefore: 0,
    dogs: [
      {
        callName: 'Mokka',
        breed: 'Labrador',
        kind: 'ordinary',
        chip: '276098106123456',
        acquiredOn: day.subtract({ days: 12 }).toString(),
      },
    ],
    exemption: 'none',
    payBy: 'invoice',
    truthful: true,
  }
  return examine(def, answers, { today: day }).answers
}
