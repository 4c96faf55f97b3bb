import { notify } from '#modules/notifications/public.ts'
import type { Transition } from '#modules/services/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { statusPath } from '../domain/case.ts'
import type { FieldValues } from '../domain/workflow.ts'
import { lockCase } from '../store/case.ts'
import type { Case } from '../store/rows.ts'
import { texts } from '../texts/index.ts'
import { definitionFor } from './happen.ts'
import { letterTitle, makeLetter, renderLetter, TemplateError } from './letter.ts'
import { nothingDone } from './progress.ts'
import { inputsFrom } from './scope.ts'
import { workPermission } from './work.ts'

type LetterProblem = 'not-found' | 'forbidden' | 'letter-not-possible'

/** A clerk writes a letter from one of the service's templates, outside of a decision. */
export async function writeLetter(ctx: Ctx, caseId: string, template: string): Promise<Result<null, LetterProblem>> {
  try {
    return await transaction(ctx, async (ctx) => {
      const kase = await lockCase(ctx, caseId)
      if (!kase || kase.erasedAt) return fail('not-found')
      if (!may(ctx, await workPermission(ctx, kase), kase.unit)) return fail('forbidden')
      const definition = await definitionFor(ctx, kase)
      if (!definition.letters.some(({ name }) => name === template)) return fail('not-found')
      const progress = nothingDone(ctx, definition, kase, {})
      const fileId = await makeLetter(ctx, template, progress, {})
      const { locale, accountId, email } = kase.applicant
      const t = texts({ locale }).notices.letter
      await notify(ctx, {
        key: `case/${caseId}/letter/${fileId}`,
        to: { accountId, email },
        locale,
        subject: t.subject(letterTitle(progress, template, {}), kase.number),
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

/** The letter that a step would make with what is filled in so far; nothing is kept. null: not possible beforehand. */
export async function previewLetter(
  ctx: Ctx,
  kase: Case,
  template: string,
  step: { transition: Transition; input: FieldValues } | null,
): Promise<Buffer | null> {
  const definition = await definitionFor(ctx, kase)
  const progress = nothingDone(ctx, definition, kase, step?.input ?? {})
  const action = step?.transition.actions.find((one) => one.do === 'letter' && one.template === template)
  const inputs = action ? inputsFrom(progress.scope, action.input) : {}
  try {
    return await renderLetter(ctx, template, progress, inputs)
  } catch (error) {
    if (error instanceof TemplateError) return null
    throw error
  }
}
