import { notify } from '#modules/notifications/public.ts'
import type { ServiceDefinition, Transition } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { statusPath } from '../domain/case.ts'
import { freeLetters, GENERAL_LETTER, type LetterInput } from '../domain/letters.ts'
import type { FieldValues } from '../domain/workflow.ts'
import { changeCase } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { definitionFor } from './definition-for.ts'
import { letterTitle, makeLetter, renderLetter, TemplateError } from './letter.ts'
import { nothingDone } from './progress.ts'
import { inputsFrom } from './scope.ts'
import { isRepeated, onCase, staleness, type Seen, type WorkProblem } from './work.ts'

/** A clerk writes a letter outside of a decision: the general one, or from a template of the service. */
export async function writeLetter(
  ctx: Ctx,
  caseId: string,
  seen: Seen,
  letter: { readonly template: string } & LetterInput,
): Promise<Result<null, WorkProblem>> {
  try {
    return await onCase(ctx, caseId, async (ctx, kase) => {
      if (await isRepeated(ctx, kase, 'cases.letter-sent', seen.key)) return ok(null)
      if (kase.erasedAt) return fail('not-found')
      const stale = await staleness(ctx, kase, seen.revision)
      if (stale) return stale
      const definition = await definitionFor(ctx, kase)
      if (!mayBeWritten(definition, letter.template)) return fail('not-found')
      const { template, ...input } = letter
      const progress = nothingDone(ctx, definition, kase, input)
      const fileId = await makeLetter(ctx, template, progress, input)
      await changeCase(ctx, caseId, {})
      await audit(ctx, { subject: `case:${caseId}`, action: 'cases.letter-sent', data: { fileId, key: seen.key } })
      const { locale, accountId, email } = kase.applicant
      const t = texts({ locale }).notices.letter
      await notify(ctx, {
        key: `case/${caseId}/letter/${fileId}`,
        to: { accountId, email },
        locale,
        subject: t.subject(letterTitle(progress, template, input), kase.number),
        paragraphs: [t.intro],
        link: { path: statusPath(kase), label: t.link },
        caseId,
        unit: kase.unit,
        attachments: [fileId],
      })
      return ok(null)
    })
  } catch (error) {
    if (error instanceof TemplateError) return fail('letter-not-possible')
    throw error
  }
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
