/** 'YYYY-MM-DD' of a day that exists between 1900 and 2199, or null: 30 February is none. */
export function parseDay(value: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  return dayOf(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10)))
}

/** unreadable: it is not written as a day; no-such-day: it is, and there is none, such as 30 February. */
export type DayProblem = 'unreadable' | 'no-such-day'

export interface TypedDay {
  readonly date: Temporal.PlainDate | null
  /** Null where it is a day, and where nothing was typed. */
  readonly wrong: DayProblem | null
  readonly typed: string
}

/** The year of a day that was typed without one: the next such day, the last one, or the one that is nearer. */
export interface YearFrom {
  readonly today: Temporal.PlainDate
  readonly lean: 'coming' | 'gone' | 'nearest'
}

/**
 * A day as people type it (`24.12.2030`, `24. 12. 30`, `24/12/2030`, day first) or as machines do (`2030-12-24`). Two digits of
 * a year are of this century.
 * @param year how `24.12.` is meant; without it that is unreadable
 */
export function readDay(text: string, year?: YearFrom): TypedDay {
  const typed = text.trim()
  const wrong = (problem: DayProblem): TypedDay => ({ date: null, wrong: problem, typed })
  if (typed === '') return { date: null, wrong: null, typed }
  // Temporal also reads other calendars and years of six digits, which no column takes.
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed)
  const written = /^(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4}|\d{2})$/.exec(typed)
  const short = year && /^(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]?$/.exec(typed)
  if (!iso && !written && !short) return wrong('unreadable')
  const date = iso
    ? parseDay(typed)
    : written
      ? dayOf(Number(written[3]!.length === 2 ? `20${written[3]}` : written[3]), Number(written[2]), Number(written[1]))
      : inYear(Number(short![2]), Number(short![1]), year!)
  return date ? { date, wrong: null, typed } : wrong('no-such-day')
}

/** "24.12.2030", as `readDay` reads it back in both languages. */
export const dayText = ({ day, month, year }: Temporal.PlainDate): string => `${day}.${month}.${year}`

/** First and last day of a filter of what is over. Without a year the first is the last such day, and the last one follows it. */
export function readPeriod(
  typed: { readonly from: string; readonly until: string },
  today: Temporal.PlainDate,
): { readonly from: TypedDay; readonly until: TypedDay } {
  const from = readDay(typed.from, { today, lean: 'gone' })
  const year: YearFrom = from.date ? { today: from.date, lean: 'coming' } : { today, lean: 'gone' }
  return { from, until: readDay(typed.until, year) }
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < 1900 || year > 2199) return null
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** From one 29 February to the next it takes up to eight years. */
const YEARS = Array.from({ length: 9 }, (_, i) => i)

function inYear(month: number, day: number, { today, lean }: YearFrom): Temporal.PlainDate | null {
  const first = (years: readonly number[], fits: (order: number) => boolean) =>
    years
      .flatMap((by) => dayOf(today.year + by, month, day) ?? [])
      .find((date) => fits(Temporal.PlainDate.compare(date, today)))
  const coming = first(YEARS, (order) => order >= 0) ?? null
  const gone = first(YEARS.map((by) => -by), (order) => order <= 0) ?? null // prettier-ignore
  if (lean === 'coming' || !gone) return coming
  if (lean === 'gone' || !coming) return gone
  return today.until(coming).days <= gone.until(today).days ? coming : gone
}
