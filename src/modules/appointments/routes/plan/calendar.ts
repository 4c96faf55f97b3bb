import type { Ctx } from '#platform/context.ts'
import { dayError } from '#platform/html/components/index.ts'
import { queryChoice, queryDate, queryText } from '#platform/http/query.ts'
import { htmlPage } from '#platform/http/reply.ts'
import { page, staff, type Req, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { offerOf } from '../../offer.ts'
import { teamsFor } from '../../store/plan.ts'
import { officeSlugsFor, WORK } from '../../use-cases/plan/offices.ts'
import { colleaguesOf } from '../../use-cases/plan/abilities.ts'
import { closedDaysOf } from '../../use-cases/plan/closed-days.ts'
import { officeDays, onDuty } from '../../use-cases/plan/staff-calendar.ts'
import { CALENDAR, calendarPage, noOfficePage, type CalendarAsked } from '../../views/plan/calendar.ts'

export const calendarRoutes: readonly Route[] = [
  page({
    path: CALENDAR,
    access: staff(WORK),
    examples: () => [CALENDAR, `${CALENDAR}?ansicht=woche`],
    handle: async (ctx, req) => {
      const calendar = await askedCalendar(ctx, req)
      if (!calendar) return htmlPage(noOfficePage(ctx))
      const { typed, day, ...shown } = calendar
      return htmlPage(
        calendarPage(ctx, {
          ...shown,
          typedDay: typed.wrong ? typed.typed : dayText(day),
          dayError: dayError(ctx, typed) ?? null,
          done: queryChoice(req, 'erledigt', ['gesperrt', 'frei']),
        }),
        { status: typed.wrong ? 422 : 200 },
      )
    },
  }),
]

/** What an address of the calendar asks for; null where the account may see none. */
export async function askedCalendar(ctx: Ctx, req: Pick<Req, 'query'>) {
  const offices = await workOffices(ctx)
  const office = offices.find(({ slug }) => slug === queryText(req, 'dienststelle')) ?? offices[0]
  if (!office) return null
  const now = today(ctx.clock)
  const typed = queryDate(req, 'tag', { today: now, lean: 'nearest' })
  const view = queryChoice(req, 'ansicht', ['tag', 'woche']) ?? 'tag'
  const day = typed.date ?? now
  // A week begins on Monday.
  const first = view === 'woche' ? day.subtract({ days: day.dayOfWeek - 1 }) : day
  const teams = (await teamsFor(ctx, WORK)).filter((team) => team.office === office.slug)
  const people = await colleaguesOf(ctx, teams)
  const person = people.find(({ id }) => id === queryText(req, 'person'))?.id ?? null
  const of = teams.map(({ id }) => id)
  const all = await officeDays(ctx, { office: office.slug, of }, first, view === 'woche' ? 7 : 1)
  const days = person === null ? all : await onDuty(ctx, all, person)
  const last = days.at(-1)?.day ?? first.add({ days: view === 'woche' ? 6 : 0 })
  const closed = (await closedDaysOf(ctx, [office.slug], first, last)).filter(({ reason }) => reason !== null)
  const lane = queryText(req, 'schalter')
  const asked: CalendarAsked = {
    office: office.slug,
    day: first,
    view,
    lane: days.some((one) => one.lane === lane) ? lane : null,
    person,
  }
  return { typed, day, asked, offices, days, closed, people, offer: await offerOf(ctx) }
}

/** Those with appointments whose calendar the account may see. */
async function workOffices(ctx: Ctx) {
  const { offices } = await offerOf(ctx)
  const own = new Set(await officeSlugsFor(ctx, WORK))
  return offices.filter(({ slug }) => own.has(slug))
}
