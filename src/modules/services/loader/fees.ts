import { parseDay } from '#platform/time/day.ts'
import type { FeePeriod, FeeRate, FeeTable } from '../domain/fee-table.ts'
import { DATE_SHAPE, type Shape } from '../domain/feel-shapes.ts'
import { readFeel } from './expressions.ts'
import { hasShape } from './shape.ts'
import { FeesShape } from './shapes.ts'
import type { YamlSource } from './source.ts'

type RawPeriod = Omit<FeePeriod, 'rates'> & { readonly rates: readonly { when?: unknown; cents: number | string }[] }

/** `fees.yaml`: tables with their times of validity. Null where it is refused. */
export function buildFees(source: YamlSource, answers: Shape): readonly FeeTable[] | null {
  if (!hasShape(source, [], source.data, FeesShape)) return null
  const before = source.problems.length
  const scope = { answers, today: DATE_SHAPE }
  const tables = Object.entries(source.data as Record<string, readonly RawPeriod[]>).map(([name, periods]) => {
    checkTimes(source, name, periods)
    return {
      name,
      periods: periods.map((period, at) => ({ ...period, rates: rates(source, [name, at], period, scope) })),
    }
  })
  return source.problems.length > before ? null : tables
}

function rates(
  source: YamlSource,
  path: (string | number)[],
  period: RawPeriod,
  scope: Readonly<Record<string, Shape>>,
): FeeRate[] {
  const last = period.rates.at(-1)
  if (last?.when !== undefined)
    source.refuse([...path, 'rates'], 'the last rate must have no "when", so that every application has a fee')
  return period.rates.map((rate, at): FeeRate => {
    const here = [...path, 'rates', at]
    const when = readFeel(source, [...here, 'when'], rate.when, scope, ['answers', 'today'], 'boolean')
    const cents =
      typeof rate.cents === 'number'
        ? rate.cents
        : (readFeel(source, [...here, 'cents'], rate.cents, scope, ['answers', 'today'], 'number')?.source ?? 0)
    return { ...(when ? { when: when.source } : {}), cents }
  })
}

function checkTimes(source: YamlSource, name: string, periods: readonly RawPeriod[]): void {
  periods.forEach((period, at) => {
    for (const key of ['from', 'until'] as const) {
      const day = period[key]
      if (day !== undefined && !parseDay(day)) source.refuse([name, at, key], `there is no day ${day}`)
    }
    if (period.until !== undefined && period.until < period.from)
      source.refuse([name, at, 'until'], `ends before it begins`)
    const before = periods[at - 1]
    if (before && (before.until === undefined || before.until >= period.from)) {
      source.refuse(
        [name, at, 'from'],
        `overlaps the period before it; that one needs an "until" earlier than ${period.from}`,
      )
    }
  })
}
