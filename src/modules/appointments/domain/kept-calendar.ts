import type { TeamCalendar } from './calendar.ts'
import type { Occupancy } from './team-lanes.ts'

/** A calendar that is read anew while people use it: what they do meanwhile is in the new one, too. */
export interface KeptCalendar extends TeamCalendar {
  /** As `occupy`, for what the database has not said yes to; until `settle` no reading can know of it. */
  readonly claim: (wanted: Occupancy) => void
  /** The database has answered. Where it refused, somebody else has the time: it stays taken until it is read anew. */
  readonly settle: (id: string) => void
  /** Before the database is asked. */
  readonly beginReading: () => Reading
}

export interface Reading {
  /** Puts in place what was read. */
  readonly place: (fresh: TeamCalendar) => void
  /** Nothing came of it. */
  readonly abandon: () => void
}

type Deed = readonly ['occupy' | 'release', Occupancy]

export function keptCalendar(first: TeamCalendar): KeptCalendar {
  let now = first
  let versionsBefore = 0
  const claimed = new Map<string, Occupancy>()
  /** Of readings that are under way: what happened since they began, and what the database had not answered then. */
  const readings = new Set<Deed[]>()
  let begun = 0
  let placed = 0

  function happen(...deed: Deed): void {
    for (const reading of readings) reading.push(deed)
    now[deed[0]](deed[1])
  }

  return {
    get first() {
      return now.first
    },
    version: (at) => versionsBefore + now.version(at),
    starts: (...asked) => now.starts(...asked),
    laneFor: (...asked) => now.laneFor(...asked),
    offers: (...asked) => now.offers(...asked),
    works: (...asked) => now.works(...asked),
    releasedTo: (...asked) => now.releasedTo(...asked),
    isOpen: (...asked) => now.isOpen(...asked),
    occupy: (taken) => happen('occupy', taken),
    release: (taken) => {
      claimed.delete(taken.id)
      happen('release', taken)
    },
    claim: (wanted) => {
      claimed.set(wanted.id, wanted)
      happen('occupy', wanted)
    },
    settle: (id) => void claimed.delete(id),
    beginReading: () => {
      const mine = (begun += 1)
      const meanwhile: Deed[] = [...claimed.values()].map((wanted) => ['occupy', wanted])
      readings.add(meanwhile)
      const abandon = () => void readings.delete(meanwhile)
      const place = (fresh: TeamCalendar) => {
        abandon()
        // One that began later is in place already, and knows more.
        if (mine < placed) return
        placed = mine
        for (const [what, stretch] of meanwhile) fresh[what](stretch)
        versionsBefore += now.version(LONG_AGO) + 1
        now = fresh
      }
      return { place, abandon }
    },
  }
}

/** Asks a calendar for its version without letting time pass in it. */
const LONG_AGO = Temporal.Instant.fromEpochMilliseconds(0)
