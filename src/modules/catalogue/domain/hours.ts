/** Opening hours of one weekday; a day may have several. */
export interface Hours {
  /** 1 Monday to 7 Sunday (ISO 8601). */
  readonly day: number
  /** `08:00`, local time of the city. */
  readonly from: string
  /** `13:00`; at this minute it is closed. */
  readonly to: string
}

export type OpenState =
  | { readonly open: true; readonly until: string }
  | { readonly open: false; readonly next: { readonly on: Temporal.PlainDate; readonly from: string } | null }

/** A public holiday, or a day on which the city has closed the house. */
export type IsClosed = (day: Temporal.PlainDate) => boolean

/** An office that does not open within three weeks is closed for good or for long. */
export const DAYS_AHEAD = 21

/** Whether an office is open at that moment of the city's time, until when, or when it opens next. */
export function openState(hours: readonly Hours[], now: Temporal.PlainDateTime, isClosed: IsClosed): OpenState {
  const today = now.toPlainDate()
  const time = now.toPlainTime().toString({ smallestUnit: 'minute' })
  const open = hoursOn(hours, today, isClosed).find((h) => h.from <= time && time < h.to)
  if (open) return { open: true, until: open.to }
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const on = today.add({ days: ahead })
    const next = hoursOn(hours, on, isClosed).find((h) => ahead > 0 || h.from > time)
    if (next) return { open: false, next: { on, from: next.from } }
  }
  return { open: false, next: null }
}

/** Hours of a day in their order; none where it is closed. */
export function hoursOn(hours: readonly Hours[], day: Temporal.PlainDate, isClosed: IsClosed): readonly Hours[] {
  if (isClosed(day)) return []
  return hours.filter((h) => h.day === day.dayOfWeek).toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** Monday to Sunday, each with its hours: for the table. Saturday and Sunday are left out where they are always closed. */
export function week(hours: readonly Hours[]): { day: number; hours: readonly Hours[] }[] {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    day,
    hours: hours.filter((h) => h.day === day).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }))
  while (days.length > 5 && days.at(-1)!.hours.length === 0) days.pop()
  return days
}
