import type { InForce, OpeningRule } from './rule.ts'

/** A version of a rule as it is planned: what holds, and from which day on. */
export interface PlannedVersion {
  readonly rule: OpeningRule
  /** Null: from the rule's beginning. */
  readonly from: Temporal.PlainDate | null
  /** Whether versions that begin later stay: it then ends where the next one begins. */
  readonly keepsLater: boolean
}

/** Versions of rules side by side: each holds until the day before the next one of its rule. */
export function sideBySide(versions: readonly Pick<PlannedVersion, 'rule' | 'from'>[]): OpeningRule[] {
  const byRule = Map.groupBy(versions, ({ rule }) => rule.id)
  return [...byRule.values()].flatMap((own) => {
    const sorted = own.toSorted((a, b) => compareDays(a.from, b.from))
    return sorted.map(({ rule, from }, i) => {
      const next = sorted[i + 1]?.from ?? null
      const inForce: InForce = { from, until: next && next.subtract({ days: 1 }) }
      return { ...rule, inForce }
    })
  })
}

/** The rules with a further version of one: those of it that begin no earlier fall away, unless later ones are kept. */
export function withVersion(rules: readonly OpeningRule[], wanted: PlannedVersion): OpeningRule[] {
  const { rule } = wanted
  const gone = new Set(replacedBy(rules, wanted))
  const stays = rules.filter((one) => one.id === rule.id && !gone.has(one))
  const own = [...stays.map((one) => ({ rule: one, from: fromOf(one) })), { rule, from: wanted.from }]
  return [...rules.filter(({ id }) => id !== rule.id), ...sideBySide(own)]
}

/** Versions of the same rule that fall away with that one. */
export const replacedBy = (rules: readonly OpeningRule[], { rule, from, keepsLater }: PlannedVersion): OpeningRule[] =>
  rules.filter((one) => {
    const order = compareDays(fromOf(one), from)
    return one.id === rule.id && (keepsLater ? order === 0 : order >= 0)
  })

/** The rules without a version of one, in whose place the one before it goes on; without its first version there is no rule. */
export function withoutVersion(
  rules: readonly OpeningRule[],
  { rule, from }: Pick<PlannedVersion, 'rule' | 'from'>,
): OpeningRule[] {
  const stays = rules.filter((one) => one.id === rule.id && from !== null && compareDays(fromOf(one), from) !== 0)
  const own = stays.map((one) => ({ rule: one, from: fromOf(one) }))
  return [...rules.filter(({ id }) => id !== rule.id), ...sideBySide(own)]
}

/** Whether a version is still to begin. */
export const isPlanned = ({ rule, from }: Pick<PlannedVersion, 'rule' | 'from'>, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(from ?? rule.firstDay, today) > 0

/** The version that holds on that day; of a rule that begins later its first one. */
export const versionOn = <V extends { readonly from: Temporal.PlainDate | null }>(
  versions: readonly V[],
  day: Temporal.PlainDate,
): V | null => {
  const sorted = versions.toSorted((a, b) => compareDays(a.from, b.from))
  return sorted.findLast(({ from }) => compareDays(from, day) <= 0) ?? sorted[0] ?? null
}

interface MadeVersion {
  readonly version: number
  readonly from: Temporal.PlainDate | null
  readonly madeAt: Temporal.Instant
  readonly replacedAt: Temporal.Instant | null
}

/** What held, or was to hold, on the first day of a version when it was made; null: it is the first. */
export function versionBefore<V extends MadeVersion>(versions: readonly V[], made: V): V | null {
  const stood = versions.filter(
    ({ version, replacedAt }) =>
      version < made.version && (replacedAt === null || Temporal.Instant.compare(replacedAt, made.madeAt) >= 0),
  )
  const begun = stood.filter(({ from }) => compareDays(from, made.from) <= 0)
  return (
    (begun.length > 0 ? begun : stood).toSorted((a, b) => compareDays(b.from, a.from) || b.version - a.version)[0] ??
    null
  )
}

const fromOf = (rule: OpeningRule) => rule.inForce?.from ?? null

/** The beginning of all things comes first. */
function compareDays(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Temporal.PlainDate.compare(a, b)
}
