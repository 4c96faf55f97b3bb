import type { Ctx } from '#platform/context.ts'
import { formatClock } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { instantOf } from '../../domain/cells.ts'
import type { Opening } from '../../domain/rule.ts'
import { texts } from '../../texts/index.ts'
import { seatsWords } from './words.ts'

/** "08:00 bis 12:00 Uhr (3 Plätze für alle)", as the clock on the wall says on that day. */
export function openingsWords(ctx: Ctx, openings: readonly Opening[]): string {
  const t = texts(ctx).plan
  return openings
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, anchor, rule }) => {
      const [start, end] = [from, to].map((cell) => formatClock(ctx, instantOf(cell)))
      const isOver = !cityDate(instantOf(to - 1)).equals(cityDate(instantOf(anchor)))
      const span = t.words.span(start!, end!)
      return `${isOver ? `${span} ${t.words.nextDay}` : span} (${seatsWords(ctx, rule.seats)})`
    })
    .join('; ')
}
