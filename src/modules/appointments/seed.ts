import { units, type Unit } from '#modules/accounts/public.ts'
import { offices, servicePages, type Office, type ServicePage } from '#modules/catalogue/public.ts'
import { random, type Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { today } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import { isAble } from './domain/abilities.ts'
import { cellOf } from './domain/cells.ts'
import { laneKey } from './domain/lane.ts'
import { openingsOn, type Closure, type OpeningRule } from './domain/rule.ts'
import { cellsOfWish, type BookableService } from './domain/work.ts'
import { dutiesOf, putOnDuty } from './seed-duties.ts'
import { blockForIllness, planEarlierHours } from './seed-plan.ts'
import { bookAsTraders } from './seed-patterns.ts'
import { bookForAnna, type FreeStretch } from './seed-own.ts'
import { insertClosure, insertRules, writeServicesAndTeams, type NamedTeam } from './store/plan.ts'
import { insertPastBookings, type SeededBooking } from './store/seed.ts'

const SERVICES = 40
/** Of one team. */
const MOST_SERVICES = 9
/** So many are given to each team before the first ones get more. */
const AT_LEAST = 2
/** Counters of the whole city, of which some are kept for the service centre and for people who just come. */
const COUNTERS = 120
const DAYS_BACK = 60
const DAYS_AHEAD = 28
const WEEKS_AHEAD = 12
/** Of the past and of the weeks to come, how much is booked at the counters for the public. */
const BOOKED = { past: 0.55, coming: 0.5 }
/** Of those who booked. */
const CAME = 0.9

/** Ten offices, 120 counters, 40 services, rules for 90 days, and what was booked in the last 60. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const dice = random('appointments')
    const houses = await offices(ctx)
    const pages = await servicePages({ ...ctx, locale: 'de' })
    const teams = teamsOf(houses, await units(ctx), pages)
    const services = [...new Set(teams.flatMap((team) => team.services))].map((slug) => serviceOf(slug, dice))
    await writeServicesAndTeams(ctx, services, teams)
    progress(1, 5)
    const rules = teams.flatMap((team, i) => rulesOf(ctx, team, houses, counters(teams.length, i), dice))
    await insertRules(ctx, rules)
    await planEarlierHours(ctx, rules)
    await insertClosure(ctx, dice.uuid(), staffDay(ctx), 'Personalversammlung')
    progress(2, 5)
    const planned = teams.find(({ unit }) => unit === 'buergeramt') ?? teams[0]!
    const staffed = await dutiesOf(ctx, planned, rules, random('appointments-duties'))
    await putOnDuty(ctx, planned, staffed)
    const bookings = teams
      .flatMap((team) => bookingsOf(ctx, team, rules, services, dice))
      .filter((booking) => isAble(staffed, booking, [booking.service]))
    for (let i = 0; i < bookings.length; i += 5_000) {
      await insertPastBookings(ctx, bookings.slice(i, i + 5_000))
      progress(2 + (3 * i) / bookings.length, 5)
    }
    await blockForIllness(ctx, teams, bookings, random('appointments-plan'))
    await bookAsTraders(ctx, (teams.find(({ unit }) => unit === 'buergeramt') ?? teams[0]!).id, bookings)
    await bookForAnna(ctx, freeStretch(teams, rules, services, bookings), dice)
    progress(5, 5)
  },
}

/** One team for each unit that sees people in a house, with what is done there: what needs a visit comes first. */
function teamsOf(houses: readonly Office[], all: readonly Unit[], pages: readonly ServicePage[]): NamedTeam[] {
  const placed = houses.flatMap((house) =>
    house.units.map((unit) => {
      const own = pages.filter((page) => page.unit === unit)
      return { house, unit, own: [...own.filter(needsVisit), ...own.filter((page) => !needsVisit(page))] }
    }),
  )
  const seen = new Set<string>()
  const given = placed.map((): string[] => [])
  // First something for each house, then as much as there is room for in the first ones.
  for (const most of [AT_LEAST, MOST_SERVICES])
    for (const [i, { own }] of placed.entries())
      for (const { slug } of own.slice(0, most)) {
        if (given[i]!.includes(slug) || (!seen.has(slug) && seen.size >= SERVICES)) continue
        seen.add(slug)
        given[i]!.push(slug)
      }
  return placed
    .map(({ house, unit }, i) => ({
      id: `${house.slug}-${unit}`,
      office: house.slug,
      unit,
      // Several teams of a house are told apart by whose they are.
      name: (house.units.length > 1 && all.find(({ id }) => id === unit)?.name) || house.name,
      services: given[i]!,
    }))
    .filter(({ services }) => services.length > 0)
}

const around = { isHoliday: (day: Temporal.PlainDate) => holidayOn(day) !== null, isClosed: () => false }

/** What is shown, signed or handed over: it cannot be done by telephone, whatever the dice say. */
const AT_THE_COUNTER: ReadonlySet<string> = new Set(['beglaubigung'])

const needsVisit = ({ channel }: ServicePage) => channel === 'office'

/** All offices on one day, so far ahead that nobody has booked it. */
function staffDay(ctx: Ctx): Closure {
  const day = today(ctx.clock).add({ days: DAYS_AHEAD + 7 })
  return { office: null, firstDay: day, lastDay: day }
}

const counters = (teams: number, i: number) => Math.floor(COUNTERS / teams) + (i < COUNTERS % teams ? 1 : 0)

function serviceOf(slug: string, dice: Random): BookableService {
  return {
    slug,
    baseMinutes: dice.pick([0, 5, 5]),
    personMinutes: dice.pick([10, 10, 15, 20]),
    maxPeople: 6,
    variants: dice.chance(0.4) && !AT_THE_COUNTER.has(slug) ? ['in-person', 'telephone', 'video'] : ['in-person'],
  }
}

/** The hours of the house, one rule for each span; two thirds of the counters for the public. */
function rulesOf(ctx: Ctx, team: NamedTeam, houses: readonly Office[], counters: number, dice: Random): OpeningRule[] {
  const house = houses.find(({ slug }) => slug === team.office)!
  const spans = Map.groupBy(house.hours, ({ from, to }) => `${from}-${to}`)
  const centre = counters > 4 ? 1 : 0
  const walkIn = Math.floor((counters - centre) / 4)
  return [...spans.values()].map((hours) => ({
    id: dice.uuid(),
    team: team.id,
    firstDay: today(ctx.clock).subtract({ days: DAYS_BACK + 7 }),
    lastDay: null,
    days: { kind: 'weekly', weekdays: hours.map(({ day }) => day), everyWeeks: 1 },
    hours: [{ from: Temporal.PlainTime.from(hours[0]!.from), to: Temporal.PlainTime.from(hours[0]!.to) }],
    breaks: [],
    seats: { public: counters - centre - walkIn, centre, 'walk-in': walkIn },
    stepMinutes: 10,
    onHolidays: false,
    release: { weeksAhead: WEEKS_AHEAD, at: Temporal.PlainTime.from('07:00') },
  }))
}

function bookingsOf(
  ctx: Ctx,
  team: NamedTeam,
  rules: readonly OpeningRule[],
  services: readonly BookableService[],
  dice: Random,
): SeededBooking[] {
  const known = new Map(services.map((service) => [service.slug, service]))
  const now = cellOf(ctx.clock.now())
  const first = today(ctx.clock).subtract({ days: DAYS_BACK })
  const bookings: SeededBooking[] = []
  for (let i = 0; i < DAYS_BACK + DAYS_AHEAD; i += 1)
    for (const rule of rules.filter((one) => one.team === team.id))
      for (const { from, to } of openingsOn(rule, first.add({ days: i }), around))
        for (let seat = 1; seat <= rule.seats.public; seat += 1) {
          const lane = laneKey({ team: team.id, audience: 'public', seat })
          for (let cell = from; cell < to;) {
            const service = dice.pick(team.services)
            const people = dice.chance(0.15) ? 2 : 1
            const wish = cellsOfWish({ services: [service], people, variant: 'in-person' }, known)
            const cells = 'cells' in wish ? wish.cells : 2
            const end = Math.ceil((cell + cells) / 2) * 2
            const isPast = end <= now
            if (end <= to && dice.chance(isPast ? BOOKED.past : BOOKED.coming))
              bookings.push({
                id: dice.uuid(),
                office: team.office,
                team: team.id,
                lane,
                service,
                people,
                from: cell,
                to: cell + cells,
                hasName: !isPast,
                came: isPast && dice.chance(CAME),
              })
            cell = end
          }
        }
  return bookings
}

/** Between the bookings that were made up, in the first team that gives this service and still has a free seat on that day. */
const freeStretch =
  (
    teams: readonly NamedTeam[],
    rules: readonly OpeningRule[],
    services: readonly BookableService[],
    bookings: readonly SeededBooking[],
  ): FreeStretch =>
  (day, service, dice) => {
    const known = new Map(services.map((service) => [service.slug, service]))
    const wish = cellsOfWish({ services: [service], people: 1, variant: 'in-person' }, known)
    if (!('cells' in wish)) return null
    for (const team of teams.filter((one) => one.services.includes(service))) {
      const lane = laneKey({ team: team.id, audience: 'public', seat: 1 })
      const taken = bookings.filter((one) => one.lane === lane)
      for (const opening of rules
        .filter((one) => one.team === team.id)
        .flatMap((rule) => openingsOn(rule, day, around)))
        for (let from = opening.from; from + wish.cells <= opening.to; from += 2) {
          const to = from + wish.cells
          if (taken.some((one) => one.from < to && one.to > from)) continue
          const { office } = team
          return {
            id: dice.uuid(),
            office,
            team: team.id,
            lane,
            service,
            people: 1,
            from,
            to,
            hasName: true,
            came: false,
          }
        }
    }
    return null
  }
