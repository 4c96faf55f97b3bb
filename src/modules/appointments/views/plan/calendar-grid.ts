import type { Ctx } from '#platform/context.ts'
import { attributes, tokens } from '#platform/html/attributes.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatClock, formatShortDay } from '#platform/i18n/format.ts'
import { cityDate } from '#platform/time/clock.ts'
import { CELL_MINUTES, cellOf, instantOf } from '../../domain/cells.ts'
import type { Offer } from '../../offer.ts'
import type { NamedBlock } from '../../store/blocks.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { hoursOf, type LaneDay, type PlacedBooking } from '../../use-cases/plan/staff-calendar.ts'
import { counterName } from './counter.ts'
import { blockWords, bookingWords } from './entries.ts'

interface GridView {
  readonly offer: Offer
  /** Columns are days of one counter, and not counters of one day. */
  readonly isWeek: boolean
  readonly teams: readonly NamedTeam[]
}

type Entry = PlacedBooking | NamedBlock
type Cells = readonly [from: number, to: number]

/** Where the page scrolls to who wants to see what is on just now. */
export const NOW = 'jetzt'
/** So many columns have room on a tablet, and on the screen of a desk; more scroll sideways within the calendar. */
const FEW = 6
const SOME = 12
/** An appointment of ten minutes is a target for a finger; where there are shorter ones, all is drawn twice as high. */
const SHORT_CELLS = 2
const CELLS_AN_HOUR = 60 / CELL_MINUTES

/**
 * Each counter (through a week: each day) with a list of what is there. On a wide screen the style sheet puts the lists
 * beside each other on one scale, by hours and minutes that stand in attributes; on a phone, on paper and read aloud they are
 * what they are.
 */
export function calendarGrid(ctx: Ctx, view: GridView, days: readonly LaneDay[]): Html {
  const t = texts(ctx).plan.calendar
  const span = hoursOf(days)
  const isFine = days.some(({ bookings }) => bookings.some((one) => lengthOf(one) < SHORT_CELLS))
  return html`<div${attributes({
    class: tokens(
      'ap-calendar',
      isFine && 'ap-calendar--fine',
      days.length <= FEW ? 'ap-calendar--few' : days.length <= SOME && 'ap-calendar--some',
    ),
    role: 'group',
    'aria-label': t.title,
    tabindex: 0,
    ...lengthAt(span[1] - span[0]),
  })}>
    ${times(ctx, days, span)} ${days.map((day) => column(ctx, view, day, span))}
  </div>`
}

/** The hours down the side; the headings and times of the entries say the same in words. */
function times(ctx: Ctx, days: readonly LaneDay[], [from, to]: Cells): Html {
  const first = days[0]!.first
  const hours = Array.from({ length: (to - from) / CELLS_AN_HOUR }, (_, i) => i * CELLS_AN_HOUR)
  const now = days.map((day) => nowIn(ctx, day, [from, to])).find((cell) => cell !== null)
  return html`<div class="ap-scale" aria-hidden="true">
    <div class="ap-scale__head"></div>
    <div class="ap-scale__day">
      ${hours.map((cell) => html`<span${attributes({ class: 'ap-scale__hour', ...startAt(cell) })}>${formatClock(ctx, instantOf(first + from + cell))}</span>`)}
      ${now === undefined ? nothing : html`<span${attributes({ class: 'ap-scale__now', id: NOW, ...startAt(now) })}>${formatClock(ctx, ctx.clock.now())}</span>`}
    </div>
  </div>`
}

function column(ctx: Ctx, { offer, isWeek, teams }: GridView, day: LaneDay, span: Cells): Html {
  const t = texts(ctx).plan.calendar
  const entries: readonly Entry[] = [...day.blocks, ...day.bookings].toSorted((a, b) =>
    Temporal.Instant.compare(a.startsAt, b.startsAt),
  )
  const isToday = isWeek && day.day.equals(cityDate(ctx.clock.now()))
  const name = isWeek ? formatShortDay(ctx, day.day) : counterName(ctx, day.lane, teams)
  const now = nowIn(ctx, day, span)
  return html`<section class="ap-lane">
    <h3 class="ap-lane__name"><span>${isToday ? t.isToday(name) : name}</span></h3>
    <p class="ap-lane__hours">${openWords(ctx, day)}</p>
    <div class="ap-lane__day">
      ${day.open.map(([from, to]) => html`<span${attributes({ class: 'ap-lane__open', 'aria-hidden': 'true', ...placeIn(day, span, [from, to]) })}></span>`)}
      ${
        entries.length === 0
          ? html`<p class="ap-lane__nothing">${t.nothing}</p>`
          : html`<ul class="ap-lane__list">
              ${entries.map((one) => entry(ctx, offer, { one, day, span, side: sideOf(one, entries) }))}
            </ul>`
      }
      ${now === null ? nothing : html`<span${attributes({ class: 'ap-lane__now', 'aria-hidden': 'true', ...startAt(now) })}></span>`}
    </div>
  </section>`
}

interface PlacedEntry {
  readonly one: Entry
  readonly day: LaneDay
  readonly span: Cells
  readonly side: 'left' | 'right' | undefined
}

function entry(ctx: Ctx, offer: Offer, { one, day, span, side }: PlacedEntry): Html {
  const kind = isBlock(one)
    ? 'block'
    : one.isOutside || one.isUnable
      ? 'outside'
      : one.state === 'booked'
        ? 'booking'
        : 'held'
  return html`<li${attributes({ class: `ap-entry ap-entry--${kind}`, 'data-side': side, ...placeIn(day, span, cellsOf(one)) })}>${
    isBlock(one) ? blockWords(ctx, one) : bookingWords(ctx, offer, one)
  }</li>`
}

const isBlock = (one: Entry): one is NamedBlock => 'reason' in one

/** An appointment that was left in a blocked time stands beside the block. */
function sideOf(one: Entry, all: readonly Entry[]): 'left' | 'right' | undefined {
  const [from, to] = cellsOf(one)
  const meets = all.some((other) => {
    const [start, end] = cellsOf(other)
    return isBlock(other) !== isBlock(one) && start < to && end > from
  })
  return meets ? (isBlock(one) ? 'left' : 'right') : undefined
}

/** "offen 08:00–12:00, 13:30–18:00" */
function openWords(ctx: Ctx, { open }: LaneDay): string {
  const t = texts(ctx).plan.calendar
  if (open.length === 0) return t.shut
  return t.open(
    open.map(([from, to]) => `${formatClock(ctx, instantOf(from))}–${formatClock(ctx, instantOf(to))}`).join(', '),
  )
}

const cellsOf = ({ startsAt, endsAt }: Pick<Entry, 'startsAt' | 'endsAt'>): Cells => [cellOf(startsAt), cellOf(endsAt)]
const lengthOf = (one: Pick<Entry, 'startsAt' | 'endsAt'>): number => cellsOf(one)[1] - cellsOf(one)[0]

/** The row that is now; null where the day is another one, or its hours are over. */
function nowIn(ctx: Ctx, { first, day }: LaneDay, [from, to]: Cells): number | null {
  if (!day.equals(cityDate(ctx.clock.now()))) return null
  const cell = cellOf(ctx.clock.now()) - first - from
  return cell < 0 || cell >= to - from ? null : cell
}

/** Whether there is a line at the time that it is. */
export const showsNow = (ctx: Ctx, days: readonly LaneDay[]): boolean =>
  days.some((day) => nowIn(ctx, day, hoursOf(days)) !== null)

/** Of what reaches beyond the hours that are shown, the part within. */
function placeIn({ first }: LaneDay, [from, to]: Cells, [start, end]: Cells) {
  const top = Math.max(start - first, from)
  const bottom = Math.max(Math.min(end - first, to), top + 1)
  return { ...startAt(top - from), ...lengthAt(bottom - top) }
}

const startAt = (cells: number) => ({ 'data-at-h': hours(cells), 'data-at-m': minutes(cells) })
const lengthAt = (cells: number) => ({ 'data-for-h': hours(cells), 'data-for-m': minutes(cells) })
const hours = (cells: number): number => Math.floor(cells / CELLS_AN_HOUR)
const minutes = (cells: number): number => (cells % CELLS_AN_HOUR) * CELL_MINUTES
