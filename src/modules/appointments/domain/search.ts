import { count, next } from './cells.ts'
import type { TeamCalendar } from './calendar.ts'
import type { Audience } from './rule.ts'
import type { Team } from './work.ts'

export interface FreeTime {
  /** Its first cell. */
  readonly from: number
  readonly office: string
}

export interface FreeDay {
  readonly day: string
  /** Beginnings of appointments on that day, in all offices together. */
  readonly times: number
}

export interface FreeTimes {
  /** In the order of time, then of offices. */
  readonly times: readonly FreeTime[]
  readonly days: readonly FreeDay[]
  /** Whether there are more than `limit`. */
  readonly more: boolean
}

export interface Question {
  readonly now: Temporal.Instant
  readonly cells: number
  readonly services: readonly string[]
  /** Whose seats: any of them will do. */
  readonly audiences: readonly Audience[]
  /** Cells of the beginning of each day in question and of the end of the last one. */
  readonly days: readonly { readonly day: string; readonly from: number; readonly to: number }[]
  /** Not before that cell: who reads this must still get there. */
  readonly notBefore: number
  readonly limit: number
}

/** Free times of all teams that can do the work, given in the order of their offices; an office with two has a time once. */
export function freeTimes(
  teams: readonly { readonly team: Team; readonly calendar: TeamCalendar }[],
  question: Question,
): FreeTimes {
  const { now, cells, services, audiences, notBefore, limit } = question
  const offices = officesOf(teams)
  const starts = offices.map(({ office, calendars }) => {
    const [one, ...others] = calendars.flatMap((calendar) =>
      audiences.map((audience) => calendar.starts(now, cells, audience, services)),
    )
    const words = others.length === 0 ? one! : one!.slice()
    for (const other of others) for (let i = 0; i < words.length; i += 1) words[i]! |= other[i]!
    return { office, words, first: calendars[0]!.first }
  })
  const times: FreeTime[] = []
  const days: FreeDay[] = []
  let all = 0
  for (const { day, from, to } of question.days) {
    const begin = Math.max(from, notBefore)
    if (begin >= to) continue
    const ofDay = starts.reduce((sum, { words, first }) => sum + count(words, begin - first, to - first), 0)
    all += ofDay
    if (ofDay > 0) days.push({ day, times: ofDay })
    if (ofDay > 0 && times.length < limit) times.push(...timesOf(starts, begin, to, limit - times.length))
  }
  return { times, days, more: all > times.length }
}

type Starts = readonly { office: string; words: Uint32Array; first: number }[]

/** Merges the offices' free times of one day. */
function timesOf(starts: Starts, from: number, to: number, limit: number): FreeTime[] {
  const heads = starts.map(({ words, first }) => next(words, from - first, to - first) + first)
  const found: FreeTime[] = []
  while (found.length < limit) {
    let soonest = Infinity
    for (let i = 0; i < heads.length; i += 1) if (heads[i]! >= from && heads[i]! < soonest) soonest = heads[i]!
    if (soonest === Infinity) break
    for (let i = 0; i < heads.length && found.length < limit; i += 1) {
      if (heads[i] !== soonest) continue
      const { office, words, first } = starts[i]!
      found.push({ from: soonest, office })
      heads[i] = next(words, soonest + 1 - first, to - first) + first
    }
  }
  return found
}

/** Teams in the order of their offices, as they come from the store. */
function officesOf(teams: readonly { readonly team: Team; readonly calendar: TeamCalendar }[]) {
  const byOffice: { office: string; calendars: TeamCalendar[] }[] = []
  for (const { team, calendar } of teams) {
    const { office } = team
    const last = byOffice.at(-1)
    if (last?.office === office) last.calendars.push(calendar)
    else byOffice.push({ office, calendars: [calendar] })
  }
  return byOffice
}
