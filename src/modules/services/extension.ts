import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import type { Answers } from './domain/answers.ts'

/**
 * How another module begins a form with what it knows: provided under the name of a query parameter, so that
 * `provide(formPrefill, 'erneuern', …)` answers `/antrag/resident-parking?erneuern=<id>`.
 */
export interface FormPrefill {
  /** Null where there is nothing to fill in for whoever asks (`ctx.account`); says where the answers come from. */
  prefill(
    ctx: Ctx,
    slug: string,
    value: string,
  ): Promise<{ readonly answers: Answers; readonly source: LocalizedText } | null>
}

export const formPrefill = extensionPoint<FormPrefill>('services.prefill')

/** What an action of a workflow is called, where a module gives one of its own: provided under its name (`parking.issue-permit`). */
export const actionWords = extensionPoint<LocalizedText>('services.action-words')
