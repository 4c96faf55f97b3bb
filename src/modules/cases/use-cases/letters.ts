import { notify } from '#modules/notifications/public.ts'
import type { ServiceDefinition, Transition } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { statusPath } from '../domain/case.ts'
import { freeLetters, GENERAL_LETTER, type LetterInput } from '../domain/letters.ts'
import type { WaitingLetter } from '../domain/waiting.ts'
import type { FieldValues } from '../domain/workflow.ts'
import { changeCase } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { definitionFor } from './definition-for.ts'
import { letterTitle, makeLetter, renderLetter, TemplateError } from './letter.ts'
import { nothingDone } from './progress.ts'
import { inputsFrom } from './scope.ts'
import { letWait } from './waiting.ts'
import { isRepeated, onCase, staleness, type Seen, type WorkProblem } from './work.ts'

const SENT = 'cases.letter-sent'

/**
 * A clerk writes a letter outside of a decision: the general one, or from a template of the service. It can be taken
 * back for ten seconds; that it can be made is tried at once.
 */
export async function writeLetter(
  ctx: Ctx,
  caseId: string,
  seen: Seen,
  letter: { readonly template: string } & LetterInput,
): Promise<Result<null, WorkProblem>> {
  return onCase(ctx, caseId, async (ctx, kase) => {
    if (await isRepeated(ctx, kase, SENT, seen.key, 'letter')) return ok(null)
    if (kase.erasedAt) return fail('not-found')
    const stale = await staleness(ctx, kase, seen.revision)
    if (stale) return stale
    if (!mayBeWritten(await definitionFor(ctx, kase), letter.template)) return fail('not-found')
    if (!(await previewFreeLetter(ctx, kase, letter))) return fail('letter-not-possible')
    await letWait(ctx, kase, { kind: 'letter', key: seen.key, ...letter })
    return ok(null)
  })
}

/** The letter is made as the case is now, kept with it and delivered. */
export async function sendLetter(ctx: Ctx, kase: Case, { template, key, ...input }: WaitingLetter): Promise<void> {
  const definition = await definitionFor(ctx, kase)
  const progress = nothingDone(ctx, definition, kase, input)
  const fileId = await makeLetter(ctx, template, progress, input)
  await changeCase(ctx, kase.id, {})
  await audit(ctx, { subject: `case:${kase.id}`, action: SENT, data: { fileId, key } })
  const { locale, accountId, email } = kase.applicant
  const t = texts({ locale }).notices.letter
  await notify(ctx, {
    key: `case/${kase.id}/letter/${fileId}`,
    to: { accountId, email },
    locale,
    subject: t.subject(letterTitle(progress, template, input), kase.number),
    paragraphs: [t.intro],
    link: { path: statusPath(kase), label: t.link },
    caseId: kase.id,
    unit: kase.unit,
    attachments: [fileId],
  })
}

const mayBeWritten = (definition: ServiceDefinition, template: string): boolean =>
  template === GENERAL_LETTER || freeLetters(definition).some(({ name }) => name === template)

/** The same letter to look at; nothing is kept. null: there is no such template, or it does not compile. */
export async function previewFreeLetter(
  ctx: Ctx,
  kase: Case,
  { template, ...input }: { readonly template: string } & LetterInput,
): Promise<Buffer | null> {
  const definition = await definitionFor(ctx, kase)
  if (!mayBeWritten(definition, template)) return null
  return unlessImpossible(renderLetter(ctx, template, nothingDone(ctx, definition, kase, input), input))
}

/** The letter that a step would make with what is filled in so far; nothing is kept. null: not possible beforehand. */
export async function previewLetter(
  ctx: Ctx,
  kase: Case,
  template: string,
  step: { transition: Transition; input: FieldValues },
): Promise<Buffer | null> {
  const definition = await definitionFor(ctx, kase)
  const progress = nothingDone(ctx, definition, kase, step.input, step.transition)
  const action = step.transition.actions.find((one) => one.do === 'letter' && one.template === template)
  const inputs = action ? inputsFrom(progress.scope, action.input) : {}
  return unlessImpossible(renderLetter(ctx, template, progress, inputs))
}

async function unlessImpossible(letter: Promise<Buffer>): Promise<Buffer | null> {
  try {
    return await letter
  } catch (error) {
    if (error instanceof TemplateError) return null
    throw error
  }
}
