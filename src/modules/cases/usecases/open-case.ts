import type { Answers } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Applicant, Channel } from '../domain/case.ts'

export interface NewCase {
  /** Slug of the service. */
  readonly service: string
  readonly version: number
  /** Checked and pruned by `services.validateAnswers`. */
  readonly answers: Answers
  /** Ids of the uploaded files that the answers name. */
  readonly files: readonly string[]
  readonly applicant: Applicant
  /** Same key and service: the same case, however often and however close together it is submitted. */
  readonly idempotencyKey: string
  readonly channel: Channel
}

export interface OpenedCase {
  readonly caseId: string
  readonly caseNumber: string
  /** Opens the state of the case without an account, together with its number. */
  readonly accessCode: string
  /** Whether the case was there already. */
  readonly repeated: boolean
}

export declare function openCase(ctx: Ctx, input: NewCase): Promise<OpenedCase>
