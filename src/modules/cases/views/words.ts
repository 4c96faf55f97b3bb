import { definitionOf, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locale.ts'

/** A service's own words for what happens to its cases. Where a definition has gone, names take their place. */
export interface ServiceWords {
  readonly title: string
  /** What the state is, in plain words. */
  state(name: string): string
  /** The same for those who work on it, in two or three words. */
  stage(name: string): string
  /** What happens next. */
  next(name: string): string
  /** Why the machine did not decide. */
  reason(transition: string): string | null
  /** Name of a step, as on its button. */
  label(transition: string): string
  /** What the timeline says of a step. */
  says(transition: string): string
}

export function wordsOf(definition: ServiceDefinition | null, slug: string, locale: Locale): ServiceWords {
  const texts = definition?.texts[locale]
  return {
    title: texts?.service.title ?? slug,
    state: (name) => texts?.states[name]?.plain ?? name,
    stage: (name) => texts?.states[name]?.staff ?? texts?.states[name]?.plain ?? name,
    next: (name) => texts?.states[name]?.next ?? '',
    reason: (transition) => texts?.transitions[transition]?.reason ?? null,
    label: (transition) => texts?.transitions[transition]?.label ?? transition,
    says: (transition) => texts?.transitions[transition]?.says ?? transition,
  }
}

/** Words for rows of several services and versions, each definition read once. */
export async function wordsFor<Row extends { service: string; version: number }>(
  ctx: Ctx,
  rows: readonly Row[],
): Promise<(row: Row) => ServiceWords> {
  const known = new Map<string, ServiceWords>()
  for (const { service, version } of rows) {
    const key = `${service}/${version}`
    if (!known.has(key)) known.set(key, wordsOf(await definitionOf(ctx, service, version), service, ctx.locale))
  }
  return (row) => known.get(`${row.service}/${row.version}`)!
}
