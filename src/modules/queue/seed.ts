import { bookableServices, bookingsOfDay, markAttended, teamsOf, type NamedTeam } from '#modules/appointments/public.ts'
import { offices, type Office } from '#modules/catalogue/public.ts'
import { musterstadt, random, type Random } from '#modules/musterstadt/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { today } from '#platform/time/clock.ts'
import { holidayOn } from '#platform/time/holidays.ts'
import type { Counter } from './domain/counter.ts'
import { hashOfCode } from './domain/code.ts'
import { ticketOf } from './domain/ticket.ts'
import { insertVisit } from './store/arrivals.ts'
import { callFirst } from './store/calls.ts'
import { insertCounters } from './store/counters.ts'
import { sendOn } from './store/forwarding.ts'
import { nextNumber } from './store/offices.ts'
import { insertPastVisits, insertSeededVisits, type PastDay, type SeededVisit } from './store/seed.ts'

/** Of the whole city, as the opening hours of the appointments have them. */
const COUNTERS = 120
const DAYS_BACK = 60
/** How many people come to one counter in an hour. */
const AN_HOUR = 1.6
/** Part of the counters of a team at which somebody sits when the demo begins. */
const OPEN = 0.6
const FLOORS = [
  { de: 'Erdgeschoss, links', en: 'Ground floor, to the left' },
  { de: 'Erdgeschoss, rechts', en: 'Ground floor, to the right' },
  { de: '1. Obergeschoss, mit dem Aufzug erreichbar', en: 'First floor, by the lift' },
  { de: '2. Obergeschoss, mit dem Aufzug erreichbar', en: 'Second floor, by the lift' },
]
/** Who has a counter from the start, so that there is a desk to look at. */
const ADMINISTRATOR = 'admin@musterstadt.example'

type DemoCounter = Counter & { readonly position: number }

/** 120 counters, 60 days of visits, and a waiting room of today. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const dice = random('queue')
    const houses = await offices(ctx)
    const teams = await teamsOf(ctx)
    const counters = countersOf(ctx, teams, dice)
    await insertCounters(ctx, counters)
    progress(1, 3)
    await insertPastVisits(ctx, await pastDays(ctx, houses, teams, counters))
    progress(2, 3)
    for (const office of new Set(teams.map((team) => team.office)))
      await fillRoom(
        ctx,
        teams.filter((team) => team.office === office),
        counters.filter((counter) => counter.office === office),
        dice,
      )
    await sendSomebodyOn(ctx, teams, counters)
    progress(3, 3)
  },
}

const unitOf = (team: NamedTeam): string => team.id.slice(team.office.length + 1)

/** Numbered through the house; a team has a floor. */
function countersOf(ctx: Ctx, teams: readonly NamedTeam[], dice: Random): DemoCounter[] {
  const { staff } = musterstadt()
  const known = ['jonas.keller@musterstadt.example', 'petra.vogel@musterstadt.example', ADMINISTRATOR]
  const free = staff.filter(({ email, role }) => !known.includes(email) && (role === 'clerk' || role === 'head'))
  const administrator = staff.find(({ email }) => email === ADMINISTRATOR)
  const since = ctx.clock.now().subtract({ hours: 2 })
  const positions = new Map<string, number>()
  let hasAdministrator = false
  return teams.flatMap((team, i) => {
    const count = Math.floor(COUNTERS / teams.length) + (i < COUNTERS % teams.length ? 1 : 0)
    const way = FLOORS[i % FLOORS.length]!
    return Array.from({ length: count }, (_, nth): DemoCounter => {
      const position = (positions.get(team.office) ?? 0) + 1
      positions.set(team.office, position)
      const isAdministrators = !hasAdministrator && unitOf(team) === 'buergeramt' && administrator !== undefined
      const person = nth < count * OPEN ? free.findIndex(({ unit }) => unit === unitOf(team)) : -1
      const clerk = isAdministrators ? administrator.id : person === -1 ? null : free.splice(person, 1)[0]!.id
      hasAdministrator ||= isAdministrators
      return {
        id: dice.uuid(),
        office: team.office,
        team: team.id,
        position,
        name: { de: `Schalter ${position}`, en: `Counter ${position}` },
        way,
        isOpen: clerk !== null,
        clerk,
        since: clerk === null ? null : since,
        openSince: clerk === null ? null : since,
      }
    })
  })
}

/** For each team and day on which its house was open: how many came, for what, and between when. */
async function pastDays(
  ctx: Ctx,
  houses: readonly Office[],
  teams: readonly NamedTeam[],
  counters: readonly DemoCounter[],
): Promise<PastDay[]> {
  const services = await bookableServices(ctx)
  const first = today(ctx.clock).subtract({ days: DAYS_BACK })
  const days = Array.from({ length: DAYS_BACK }, (_, i) => first.add({ days: i })).filter((day) => !holidayOn(day))
  return teams.flatMap((team) => {
    const own = counters.filter((counter) => counter.team === team.id).map(({ id }) => id)
    const house = houses.find(({ slug }) => slug === team.office)!
    const letter = teams.filter(({ office }) => office === team.office).indexOf(team)
    const minutes = team.services.map((slug) => {
      const service = services.get(slug)
      return service ? service.baseMinutes + service.personMinutes : 15
    })
    return days.flatMap((day) =>
      house.hours
        .filter((span) => span.day === day.dayOfWeek)
        .map(({ from, to }): PastDay => {
          const hours = Temporal.PlainTime.from(from).until(Temporal.PlainTime.from(to)).total('hours')
          return {
            office: team.office,
            team: team.id,
            letter: ticketOf(letter, 0).slice(0, 1),
            day: day.toString(),
            from,
            hours,
            people: Math.round(own.length * hours * AN_HOUR),
            services: [...team.services],
            minutes,
            counters: own,
          }
        }),
    )
  })
}

/** Somebody at most counters that are open, and some who wait. */
async function fillRoom(ctx: Ctx, teams: readonly NamedTeam[], counters: readonly DemoCounter[], dice: Random) {
  const office = teams[0]!.office
  const now = ctx.clock.now()
  const ago = (minutes: number) => now.subtract({ seconds: Math.round(minutes * 60) }).toString()
  const booked = (await bookingsOfDay(ctx, office, today(ctx.clock))).filter(
    ({ startsAt }) => Math.abs(now.until(startsAt).total('minutes')) < 25,
  )
  const visits: SeededVisit[] = []
  for (const [letter, team] of teams.entries()) {
    const open = counters.filter((counter) => counter.team === team.id && counter.isOpen)
    const served = open.filter(() => dice.chance(0.75))
    const waiting = 2 + dice.int(0, 2 + open.length * 2)
    for (let i = 0; i < served.length + waiting; i += 1) {
      const counter = served[i] ?? null
      const booking = i % 2 === 0 ? booked.find((one) => one.team === team.id) : undefined
      if (booking) booked.splice(booked.indexOf(booking), 1)
      const number = visits.length + 1
      const arrived = counter ? 30 + dice.int(0, 20) : 24 - (23 * (i - served.length + 1)) / waiting
      const isCalled = counter !== null && i === 0
      visits.push({
        id: dice.uuid(),
        office,
        team: team.id,
        number,
        ticket: ticketOf(letter, number),
        services: [...(booking?.services ?? [dice.pick(team.services)])],
        people: booking?.people ?? 1,
        booking: booking?.id ?? null,
        state: counter === null ? 'waiting' : isCalled ? 'called' : 'serving',
        arrivedAt: ago(arrived),
        dueAt: booking?.startsAt.toString() ?? ago(arrived),
        calledAt: counter ? ago(isCalled ? 0.5 : 10 - i) : null,
        servingAt: counter && !isCalled ? ago(8 - i) : null,
        counter: counter?.id ?? null,
        clerk: counter?.clerk ?? null,
      })
      if (booking) await markAttended(ctx, booking.id, now)
    }
  }
  await insertSeededVisits(ctx, office, today(ctx.clock), visits)
}

/** Somebody who came to the administrator's office and was sent on, so that both ends are there to look at. */
async function sendSomebodyOn(ctx: Ctx, teams: readonly NamedTeam[], counters: readonly DemoCounter[]) {
  const from = teams.find((team) => unitOf(team) === 'buergeramt')
  const to = teams.find((team) => team.office === 'verkehr')
  const free = counters.find((counter) => counter.team === from?.id && counter.clerk === null)
  if (!from || !to || !free) return
  const day = today(ctx.clock)
  const ago = (minutes: number) => ctx.clock.now().subtract({ minutes })
  const ticket = async ({ office, id }: NamedTeam) => {
    const number = await nextNumber(ctx, office, day)
    const letter = teams.filter((team) => team.office === office).findIndex((team) => team.id === id)
    return { office, team: id, day, number, ticket: ticketOf(letter, number) }
  }
  const dice = random('queue-sent-on')
  const [first, next] = [dice.uuid(), dice.uuid()]
  await insertVisit(ctx, {
    ...(await ticket(from)),
    id: first,
    services: from.services.slice(0, 1),
    people: 1,
    booking: null,
    bookedAt: null,
    arrivedAt: ago(28),
    dueAt: ago(28),
    codeHash: hashOfCode(first.replaceAll('-', '')),
    locale: 'de',
  })
  const clerk = counters.find((counter) => counter.team === from.id && counter.clerk !== null)?.clerk ?? free.id
  await callFirst(ctx, [first], { counter: free.id, clerk, now: ago(9) })
  await sendOn(ctx, first, {
    ...(await ticket(to)),
    id: next,
    services: to.services.slice(0, 1),
    note: 'Kennzeichen ist schon reserviert',
    now: ago(6),
    dueAt: ctx.clock.now().add({ minutes: 4 }),
  })
}
