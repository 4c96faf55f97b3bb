/** What is told of visits, in groups of one kind. */
export interface Figures {
  readonly visits: number
  readonly people: number
  /** Without an appointment. */
  readonly walkIns: number
  /** Called in vain, or still waited when the office closed. */
  readonly absent: number
  /** Gave their number back. */
  readonly gaveUp: number
  /** Sent here by another office, and sent on to one. */
  readonly sentIn: number
  readonly sentOn: number
  /** Minutes until the first call, of those who were served: counted from the booked time where somebody came early. */
  readonly waitMedian: number | null
  readonly wait90: number | null
  /** Minutes from the arrival until the first call. */
  readonly fromArrivalMedian: number | null
  /** Minutes at counters. */
  readonly handlingMedian: number | null
  readonly handling90: number | null
}

export const GROUPINGS = ['hour', 'weekday', 'office', 'service'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface Group extends Figures {
  readonly by: Grouping | 'all'
  /** Hour from 0, weekday from 1 (Monday), or slug; '' of all, and of all the hours that are told together. */
  readonly key: string
}

/** Visits that have all of this in common. Times are of those who were served, in tenths of a minute. */
export interface Cell {
  readonly office: string
  /** From 1, Monday. */
  readonly weekday: number
  /** From 0. */
  readonly hour: number
  readonly services: readonly string[]
  readonly visits: number
  readonly people: number
  readonly walkIns: number
  readonly absent: number
  readonly gaveUp: number
  readonly sentIn: number
  readonly sentOn: number
  readonly waited: readonly number[]
  readonly sinceArrival: readonly number[]
  readonly handled: readonly number[]
}

/** All groupings of the same visits, in the order in which people read them. Who came for two matters counts for each. */
export function groupsOf(cells: readonly Cell[]): Group[] {
  const sums = new Map<string, Sum>()
  const add = (by: Group['by'], key: string, cell: Cell) => {
    const name = `${by} ${key}`
    let sum = sums.get(name)
    if (!sum) sums.set(name, (sum = new Sum(by, key)))
    sum.add(cell)
  }
  for (const cell of cells) {
    add('all', '', cell)
    add('hour', String(cell.hour), cell)
    add('weekday', String(cell.weekday), cell)
    add('office', cell.office, cell)
    for (const service of cell.services) add('service', service, cell)
  }
  return [...sums.values()].map((sum) => sum.group()).toSorted(compareGroups)
}

const compareGroups = (a: Group, b: Group): number =>
  compareText(a.by, b.by) ||
  (a.by === 'hour' || a.by === 'weekday'
    ? Number(a.key) - Number(b.key)
    : b.visits - a.visits || compareText(a.key, b.key))

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Every hour from the first to the last one in which somebody came, for a chart: an hour without visits stands there as one.
 * @param rows by hour, in order
 */
export function everyHour(rows: readonly Group[]): Group[] {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) return []
  const known = new Map(rows.map((row) => [row.key, row]))
  return Array.from({ length: Number(last.key) - Number(first.key) + 1 }, (_, i) => {
    const key = String(Number(first.key) + i)
    return known.get(key) ?? new Sum('hour', key).group()
  })
}

/** Demo values: that many hours are always told one by one; of more, those at either end that bring fewer than this part of the visits are not. */
const FEW_HOURS = 12
const RARE = 0.01

export interface UsualHours {
  readonly first: number
  readonly last: number
  /** What was before and after, together; null: nothing. */
  readonly others: Group | null
}

/** From when to when people come, so that one visit at night does not draw a day out; null where nobody came. */
export function usualHours(cells: readonly Cell[]): UsualHours | null {
  const counts = Array.from({ length: 24 }, () => 0)
  for (const { hour, visits } of cells) counts[hour]! += visits
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0)
  const hours = [...counts.keys()]
  const spanWithout = (few: number) => {
    const first = hours.find((hour) => sum(counts.slice(0, hour + 1)) > few)
    const last = hours.findLast((hour) => sum(counts.slice(hour)) > few)
    return first === undefined || last === undefined ? null : { first, last }
  }
  const whole = spanWithout(0)
  if (!whole) return null
  const isLong = whole.last - whole.first >= FEW_HOURS
  const { first, last } = (isLong ? spanWithout(sum(counts) * RARE) : null) ?? whole
  const others = new Sum('hour', '')
  for (const cell of cells) if (cell.hour < first || cell.hour > last) others.add(cell)
  const group = others.group()
  return { first, last, others: group.visits === 0 ? null : group }
}

class Sum {
  readonly #by: Group['by']
  readonly #key: string
  readonly #counts = { visits: 0, people: 0, walkIns: 0, absent: 0, gaveUp: 0, sentIn: 0, sentOn: 0 }
  readonly #waited = new Times()
  readonly #sinceArrival = new Times()
  readonly #handled = new Times()

  constructor(by: Group['by'], key: string) {
    this.#by = by
    this.#key = key
  }

  add(cell: Cell): void {
    this.#counts.visits += cell.visits
    this.#counts.people += cell.people
    this.#counts.walkIns += cell.walkIns
    this.#counts.absent += cell.absent
    this.#counts.gaveUp += cell.gaveUp
    this.#counts.sentIn += cell.sentIn
    this.#counts.sentOn += cell.sentOn
    this.#waited.add(cell.waited)
    this.#sinceArrival.add(cell.sinceArrival)
    this.#handled.add(cell.handled)
  }

  group(): Group {
    return {
      by: this.#by,
      key: this.#key,
      ...this.#counts,
      waitMedian: this.#waited.within(0.5),
      wait90: this.#waited.within(0.9),
      fromArrivalMedian: this.#sinceArrival.within(0.5),
      handlingMedian: this.#handled.within(0.5),
      handling90: this.#handled.within(0.9),
    }
  }
}

/** How many took how long: counting sorts, and a visit's time has few values. */
class Times {
  readonly #counts: number[] = []
  #total = 0

  add(tenths: readonly number[]): void {
    for (const one of tenths) this.#counts[one] = (this.#counts[one] ?? 0) + 1
    this.#total += tenths.length
  }

  /** Minutes that this part of them did not exceed, as `percentile_disc` of SQL; null of nobody. */
  within(part: number): number | null {
    let left = this.#total * part
    if (left === 0) return null
    for (const [tenths, count] of this.#counts.entries()) {
      left -= count ?? 0
      if (left <= 1e-9) return tenths / 10
    }
    return null
  }
}

/** Whole per cent; null where there is nothing to be part of. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((100 * part) / whole)
