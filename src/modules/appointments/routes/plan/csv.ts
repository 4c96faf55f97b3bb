import type { Ctx } from '#platform/context.ts'
import { csvReply, type Cell } from '#platform/csv.ts'
import { queryText } from '#platform/http/query.ts'
import { problem } from '#platform/http/reply.ts'
import { page, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { CITY_TIME_ZONE, cityDate } from '#platform/time/clock.ts'
import { firstDayOf, lastDayOf } from '../../domain/rule.ts'
import type { Offer } from '../../offer.ts'
import { officesFor, PLAN, WORK } from '../../use-cases/plan/offices.ts'
import type { LaneDay } from '../../use-cases/plan/staff-calendar.ts'
import { texts } from '../../texts/index.ts'
import { CALENDAR, shownDays, teamsIn } from '../../views/plan/calendar.ts'
import { closureOffice } from '../../views/plan/closures.ts'
import { counterName } from '../../views/plan/counter.ts'
import { notesOn } from '../../views/plan/entries.ts'
import { teamName } from '../../views/plan/frame.ts'
import { dutyNotes, PEOPLE } from '../../views/plan/people.ts'
import { ruleTitle, seatsWords } from '../../views/plan/words.ts'
import { matters } from '../../views/search.ts'
import { askedCalendar } from './calendar.ts'
import { ownClosures } from './closures.ts'
import { peopleOf } from './place.ts'
import { teamsWithRules } from './teams.ts'

/** Lists of the plan to take along, each with what its page shows. */
export const csvRoutes: readonly Route[] = [
  page({
    path: '/workbench/termine.csv',
    access: staff(PLAN),
    handle: async (ctx) => {
      const t = texts(ctx).plan
      const { offices, teams } = await teamsWithRules(ctx)
      const rows = teams.flatMap(({ team, rules }): Cell[][] => {
        const office = offices.find(({ slug }) => slug === team.office)
        const name = teamName(ctx, team, office)
        if (rules.length === 0) return [[name, t.offices.noRules, '', '', '']]
        return rules.map((rule) => [
          name,
          ruleTitle(ctx, rule),
          seatsWords(ctx, rule.seats),
          firstDayOf(rule),
          lastDayOf(rule),
        ])
      })
      return csvReply(
        `${t.offices.title}.csv`,
        [t.offices.team, t.offices.hours, t.team.seats, t.rule.firstDay, t.rule.lastDay],
        rows,
      )
    },
  }),
  page({
    path: '/workbench/termine/schliesstage.csv',
    access: staff(PLAN),
    handle: async (ctx) => {
      const t = texts(ctx).plan.closures
      const offices = await officesFor(ctx, PLAN)
      const rows = (await ownClosures(ctx)).map((closure) => [
        closure.firstDay,
        closure.lastDay,
        closureOffice(ctx, offices, closure.office),
        closure.reason,
      ])
      return csvReply(`${t.title}.csv`, [t.firstDay, t.lastDay, t.office, t.reason], rows)
    },
  }),
  page({
    path: `${PEOPLE}.csv`,
    access: staff(PLAN),
    handle: async (ctx, req) => {
      const t = texts(ctx).plan
      const slug = queryText(req, 'dienststelle')
      const shown = await peopleOf(ctx, slug)
      if (!shown && slug !== '') return problem(fail('not-found'))
      const rows = (shown?.duties ?? []).map((duty) => [
        shown!.people.find(({ id }) => id === duty.account)?.name ?? '–',
        counterName(ctx, duty.lane, shown!.teams),
        cityDate(duty.startsAt),
        clockOf(duty.startsAt),
        clockOf(duty.endsAt),
        dutyNotes(ctx, shown!, duty).join('; '),
      ])
      const header = [t.people.who, t.block.counter, t.block.day, t.block.from, t.block.to, t.people.fits]
      return csvReply(`${t.people.title}.csv`, header, rows)
    },
  }),
  page({
    path: `${CALENDAR}.csv`,
    access: staff(WORK),
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const calendar = await askedCalendar(ctx, req)
      const rows = calendar ? shownDays(calendar).flatMap((day) => calendarRows(ctx, calendar, day)) : []
      const { block, calendar: words, preview } = t.plan
      const header = [
        block.day,
        block.counter,
        block.from,
        block.to,
        t.booking.services,
        t.booking.people,
        preview.state,
      ]
      return csvReply(`${words.title}.csv`, header, rows)
    },
  }),
]

/** As on the wall. */
const clockOf = (at: Temporal.Instant): string =>
  at.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainTime().toString({ smallestUnit: 'minute' })

/** Appointments and blocked times of a lane in their order; nobody by name. */
function calendarRows(
  ctx: Ctx,
  { offer, days }: { readonly offer: Offer; readonly days: readonly LaneDay[] },
  { lane, day, bookings, blocks }: LaneDay,
): Cell[][] {
  const t = texts(ctx).plan
  const at = ({ startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }): Cell[] => [
    day,
    counterName(ctx, lane, teamsIn(days)),
    clockOf(startsAt),
    clockOf(endsAt),
  ]
  return [...bookings, ...blocks]
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .map((entry) => {
      if ('reason' in entry) return [...at(entry), '', '', t.calendar.blocked(t.block.reasons[entry.reason])]
      if (entry.state !== 'booked') return [...at(entry), '', '', t.calendar.held]
      const state = entry.attendedAt === null ? t.preview.booked : t.calendar.came
      return [
        ...at(entry),
        matters(ctx, offer, entry.services),
        entry.people,
        [state, ...notesOn(ctx, entry)].join(', '),
      ]
    })
}
