import type { Ctx } from '#platform/context.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { texts } from '../texts/index.ts'

/** "Reisepass (2-mal), Ummeldung" */
export function matterWords(
  ctx: Pick<Ctx, 'locale'>,
  services: readonly string[],
  titleOf: (service: string) => string,
): string {
  const counts = Map.groupBy(services, (slug) => slug)
  return [...counts]
    .map(([slug, { length }]) =>
      length === 1 ? titleOf(slug) : texts(ctx).booking.times(titleOf(slug), formatNumber(ctx, length)),
    )
    .join(', ')
}
