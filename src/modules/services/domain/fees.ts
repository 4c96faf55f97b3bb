import { toFeel } from 'feelin'
import { fail, ok, type Result } from '#platform/problem.ts'
import type { Answers } from './answers.ts'
import type { ServiceDefinition } from './definition.ts'
import type { FeePeriod } from './fee-table.ts'
import { compileFeel, roundCents } from './feel.ts'
import { feelAnswers } from './scope.ts'

export interface Fee {
  /** Name of the fee table. */
  readonly name: string
  readonly cents: number
}

const NAMES = ['answers', 'today'] as const

/**
 * The fee by the table in force on that day (of receiving the application). Without a name: the first table.
 * `no-fee`: the service has no such table, no period holds on that day, or no rate fits the answers.
 */
export function feeFor(
  def: ServiceDefinition,
  answers: Answers,
  on: Temporal.PlainDate,
  name?: string,
): Result<Fee, 'no-fee'> {
  const table = name === undefined ? def.fees[0] : def.fees.find((fee) => fee.name === name)
  const period = table?.periods.find((candidate) => inForce(candidate, on.toString()))
  if (!table || !period) return fail('no-fee', { detail: `${name ?? 'first fee'} on ${on.toString()}` })
  const values = [feelAnswers(def, answers), toFeel(on)]
  for (const { when, cents } of period.rates) {
    if (when !== undefined && compileFeel(when, NAMES).run(...values) !== true) continue
    const amount = typeof cents === 'number' ? cents : compileFeel(cents, NAMES).run(...values)
    if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) break
    return ok({ name: table.name, cents: roundCents(amount) })
  }
  return fail('no-fee', { detail: `${table.name}: no rate fits` })
}

const inForce = (period: FeePeriod, day: string): boolean =>
  period.from <= day && (period.until === undefined || day <= period.until)
