import type { Ctx } from '../../platform/context.ts'
import type { Locale } from '../../platform/i18n/locale.ts'
import type { Failure, Result } from '../../platform/problem.ts'
import type { Answers, FileFacts, JsonValue, PublishedService, ServiceDefinition, Step } from './domain/definition.ts'

export * from './domain/definition.ts'

export interface ValidateOptions {
  readonly locale: Locale
  readonly today: Temporal.PlainDate
  readonly files?: ReadonlyMap<string, FileFacts>
}
export declare function published(ctx: Ctx, slug: string): Promise<PublishedService | null>
export declare function definitionOf(ctx: Ctx, slug: string, version: number): Promise<ServiceDefinition | null>
export declare function allPublished(ctx: Ctx): Promise<readonly PublishedService[]>
export declare function validateAnswers(
  def: ServiceDefinition,
  answers: unknown,
  options: ValidateOptions,
): { ok: true; value: Answers } | Failure<'invalid-input'>
export declare function visibleSteps(def: ServiceDefinition, answers: Answers, today: Temporal.PlainDate): readonly Step[]
export declare function pruneAnswers(def: ServiceDefinition, answers: Answers, today: Temporal.PlainDate): Answers
export declare function jsonSchemaOf(def: ServiceDefinition, locale: Locale): Record<string, unknown>
/** Cents, by the table in force on that day. `no-fee`: no period or rate fits. */
export declare function feeFor(
  def: ServiceDefinition,
  answers: Answers,
  on: Temporal.PlainDate,
  fee?: string,
): Result<{ name: string; cents: number; source: string }, 'no-fee'>
/** Throws FeelError where the expression does not parse; null where a value is missing. Temporal.PlainDate values are dates in FEEL and come back as such. */
export declare function evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown
/** Turns answers into the `answers` of a FEEL scope: date strings become dates, what is missing becomes null. */
export declare function feelAnswers(def: ServiceDefinition, answers: Answers): Readonly<Record<string, unknown>>
export declare function summaryOf(
  def: ServiceDefinition,
  answers: Answers,
  locale: Locale,
  files?: ReadonlyMap<string, FileFacts>,
): readonly SummarySection[]
export interface SummarySection {
  readonly step: string
  readonly title: string
  readonly entries: readonly { readonly path: string; readonly label: string; readonly value: string; readonly files?: readonly string[] }[]
}
export declare function loadServiceFolder(folder: string, known?: { actions: readonly string[]; checks: readonly string[] }): ServiceDefinition
export type { JsonValue }
