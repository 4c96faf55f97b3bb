import type { Ctx } from '#platform/context.ts'
import { section, table } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { formatDate, formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import type { OpeningRule } from '../../domain/rule.ts'
import { allOf, isEachWeek, isSame, seatHours, type DaysBeside, type SeatsBeside } from '../../domain/seats-beside.ts'
import { texts } from '../../texts/index.ts'
import { capital, daysWords, differences, minutesWords, seatsWords } from './words.ts'

export interface Beside {
  /** Of the rule that changes; null: it is new, or is no more. */
  readonly before: OpeningRule | null
  readonly after: OpeningRule | null
  /** The week of its team, with all rules that hold then, and the first day on which it differs. */
  readonly week: { readonly from: Temporal.PlainDate; readonly days: readonly DaysBeside[] }
}

/** Words of a rule that the table of seats says better. */
const SAID_BY_SEATS = ['hours', 'seats', 'validity']

/** Old beside new: in sentences what changes, and each stretch of the team's week with its seats before and after. */
export function besideView(ctx: Ctx, { before, after, week: { from, days: beside } }: Beside): Html {
  const t = texts(ctx).plan.beside
  const rows = beside.flatMap((days) => days.stretches.map((stretch) => ({ ...stretch, days })))
  const changed = rows.filter((row) => !isSame(row))
  const others =
    before && after ? differences(ctx, before, after).filter(({ part }) => !SAID_BY_SEATS.includes(part)) : []
  const hours = (when: 'before' | 'after') => formatNumber(ctx, seatHours(beside, when))
  return section(
    { title: from.equals(today(ctx.clock)) ? t.now : t.from(formatDate(ctx, from)) },
    html`<ul>
      ${changed.map((row) => html`<li>${t.sentence(whenWords(ctx, row), sideWords(ctx, row.before), sideWords(ctx, row.after))}</li>`)}
      ${others.map(({ part, before: was, after: is }) => html`<li>${t.part(texts(ctx).plan.differences[part], was!, is)}</li>`)}
      ${changed.length + others.length === 0 ? html`<li>${t.nothing}</li>` : nothing}
    </ul>`,
    changed.length === 0
      ? nothing
      : html`<p>${(beside.every(isEachWeek) ? t.hours : t.hoursOnAverage)(hours('before'), hours('after'))}</p>`,
    table(ctx, {
      caption: t.caption,
      dense: true,
      rows,
      columns: [
        { key: 'days', title: t.days, cell: ({ days }) => daysOf(ctx, days) },
        { key: 'time', title: t.time, nowrap: true, cell: (row) => minutesWords(ctx, row) },
        { key: 'before', title: t.before, cell: (row) => sideWords(ctx, row.before) },
        { key: 'after', title: t.after, cell: (row) => sideWords(ctx, row.after) },
        { key: 'difference', title: t.difference, cell: (row) => differenceWords(ctx, row) },
      ],
    }),
  )
}

/** "Montag und Dienstag", "Jeden ersten Montag im Monat" */
const daysOf = (ctx: Ctx, { days, firstDay }: DaysBeside) =>
  days.kind === 'weekly' && days.everyWeeks === 1
    ? texts(ctx).plan.list(days.weekdays.map((day) => formatWeekday(ctx, day)))
    : capital(daysWords(ctx, { days, firstDay }))

const whenWords = (ctx: Ctx, row: SeatsBeside & { readonly days: DaysBeside }) =>
  `${daysOf(ctx, row.days)}, ${minutesWords(ctx, row)}`

const sideWords = (ctx: Ctx, seats: SeatsBeside['before']) =>
  allOf(seats) === 0 ? texts(ctx).plan.beside.shut : seatsWords(ctx, seats!)

function differenceWords(ctx: Ctx, row: SeatsBeside): Html | string {
  const t = texts(ctx).plan.beside
  if (isSame(row)) return t.same
  const more = allOf(row.after) - allOf(row.before)
  const words = formatNumber(ctx, Math.abs(more))
  return html`<strong>${more === 0 ? t.otherwise : more > 0 ? t.more(words) : t.fewer(words)}</strong>`
}
