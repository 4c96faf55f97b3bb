/** What is told of visits, in groups of one kind. */
export interface Figures {
  readonly visits: number
  readonly people: number
  /** Without an appointment. */
  readonly walkIns: number
  /** Called in vain, gave up, or still waited when the office closed. */
  readonly absent: number
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
  /** Hour from 0, weekday from 1 (Monday), or slug; '' of all. */
  readonly key: string
}

/** Whole per cent; null where there is nothing to be part of. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((100 * part) / whole)
