import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import { html, type Html } from '#platform/html/html.ts'
import { formatShortDay, formatTime } from '#platform/i18n/format.ts'
import { texts } from '../../texts/index.ts'
import { hoursOf, rowTime, runsOf, type LaneDay, type Run } from '../../use-cases/plan/staff-calendar.ts'
import type { NamedTeam } from '../../store/plan.ts'
import type { Offer } from '../../offer.ts'
import { counterName } from './counter.ts'
import { blockWords, bookingWords } from './entries.ts'

interface TableView {
  readonly offer: Offer
  /** Columns are days of one counter, and not counters of one day. */
  readonly isWeek: boolean
  readonly teams: readonly NamedTeam[]
}

const CELLS_AN_HOUR = 12

/**
 * The day as a table: a row is five minutes, a column is a counter (through a week: a day), and what takes longer spans
 * rows. A table is read aloud, printed and shown by any browser as what it is.
 */
export function calendarTable(ctx: Ctx, view: TableView, days: readonly LaneDay[]): Html {
  const t = texts(ctx).plan.calendar
  const [from, to] = hoursOf(days)
  // Cells that begin in a row, by row.
  const starts = Array.from({ length: to - from }, () => [] as Html[])
  for (const day of days) {
    let row = 0
    for (const run of runsOf(day, from, to)) {
      starts[row]!.push(cell(ctx, view, run))
      row += run.cells
    }
  }
  const label = t.title
  return html`<section class="ap-calendar__frame" aria-label="${label}" tabindex="0">
    <table class="ap-calendar__table">
      <caption class="kern-sr-only">${label}</caption>
      <thead>
        <tr>
          <th scope="col">${t.time}</th>
          ${days.map((day) => html`<th scope="col">${view.isWeek ? formatShortDay(ctx, day.day) : counterName(ctx, day.lane, view.teams)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${starts.map((cells, row) => html`<tr>${row % CELLS_AN_HOUR === 0 ? hour(ctx, days[0]!, from + row) : ''}${cells}</tr>`)}
      </tbody>
    </table>
  </section>`
}

const hour = (ctx: Ctx, day: LaneDay, row: number): Html =>
  html`<th scope="row" rowspan="${CELLS_AN_HOUR}">${formatTime(ctx, rowTime(day, row)).replace(/ Uhr$/, '')}</th>`

function cell(ctx: Ctx, { offer }: TableView, run: Run): Html {
  const rowspan = run.cells > 1 ? run.cells : undefined
  switch (run.kind) {
    case 'booking': {
      const { isOutside, isUnable, state } = run.booking
      const kind = isOutside || isUnable ? 'outside' : state === 'booked' ? 'booking' : 'held'
      return html`<td${attributes({ rowspan, class: `ap-run ap-run--${kind}` })}>${bookingWords(ctx, offer, run.booking)}</td>`
    }
    case 'block':
      return html`<td${attributes({ rowspan, class: 'ap-run ap-run--block' })}>${blockWords(ctx, run.block)}</td>`
    case 'open':
    case 'shut':
      return html`<td${attributes({ rowspan, class: `ap-run ap-run--${run.kind}` })}></td>`
  }
}
