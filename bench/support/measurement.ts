/** One line of the table: what was measured, against what, and what it has to reach. */
export interface Measurement {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the value is compared with, measured in the same run. */
  readonly baseline?: { readonly name: string; readonly value: number }
  /** value / baseline, median of the pairs. */
  readonly ratio?: number
  /** "≥ 0.4", "< 30 ms" */
  readonly target?: string
  readonly met?: boolean
}

export interface Bench {
  readonly name: string
  readonly help: string
  readonly run: (log: (line: string) => void) => Promise<Measurement[]>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Nearest rank; `share` 0.99 for the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
}

const figure = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 1 ? value.toFixed(1) : value.toFixed(2)

export function table(rows: readonly Measurement[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${figure(row.value)} ${row.unit}`,
    row.baseline ? `${row.baseline.name}: ${figure(row.baseline.value)}` : '',
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.target ?? '',
    row.met === undefined ? '' : row.met ? 'yes' : 'NO',
  ])
  const head = ['what', 'value', 'baseline', 'ratio', 'target', 'met']
  const widths = head.map((text, i) => Math.max(text.length, ...cells.map((line) => line[i]!.length)))
  const line = (parts: readonly string[]) =>
    parts
      .map((part, i) => part.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}
