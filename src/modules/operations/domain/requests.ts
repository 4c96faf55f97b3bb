/** One line of the histogram of request times, as the metrics keep it: how many were at most `le` seconds. */
export interface HistogramValue {
  readonly route: string
  readonly method: string
  /** `2xx` … `5xx` */
  readonly status: string
  /** Upper edge of the bucket in seconds; Infinity for the last; null for sum and count. */
  readonly le: number | null
  readonly kind: 'bucket' | 'sum' | 'count'
  readonly value: number
}

export interface RouteTimes {
  readonly route: string
  readonly method: string
  readonly requests: number
  /** Answers with 5xx. */
  readonly failed: number
  /** Milliseconds. */
  readonly mean: number
  /** Upper edge of the bucket in which 95 of 100 requests lie, in milliseconds; Infinity beyond the last. */
  readonly p95: number
  /** All time spent in this route, in milliseconds: what the machine is busy with. */
  readonly total: number
}

/** Times by route out of the histogram, less those of an earlier reading: what happened in between. */
export function routeTimes(now: readonly HistogramValue[], before: readonly HistogramValue[] = []): RouteTimes[] {
  const earlier = new Map(before.map((value) => [keyOf(value), value.value]))
  const since = now.map((value) => ({ ...value, value: value.value - (earlier.get(keyOf(value)) ?? 0) }))
  return [...Map.groupBy(since, (value) => `${value.method} ${value.route}`).values()]
    .map(timesOf)
    .filter((times) => times.requests > 0)
}

const keyOf = (value: HistogramValue): string =>
  [value.method, value.route, value.status, value.kind, value.le].join('|')

function timesOf(values: readonly HistogramValue[]): RouteTimes {
  const sumOf = (kind: HistogramValue['kind'], chosen: (value: HistogramValue) => boolean = () => true) =>
    values.filter((value) => value.kind === kind && chosen(value)).reduce((sum, value) => sum + value.value, 0)
  const requests = sumOf('count')
  const total = sumOf('sum') * 1000
  const edges = [...new Set(values.flatMap((value) => value.le ?? []))].toSorted((a, b) => a - b)
  const p95 = edges.find((edge) => sumOf('bucket', (value) => value.le === edge) >= requests * 0.95) ?? Infinity
  const { route, method } = values[0]!
  return {
    route,
    method,
    requests,
    failed: sumOf('count', (value) => value.status === '5xx'),
    mean: requests === 0 ? 0 : total / requests,
    p95: p95 * 1000,
    total,
  }
}
