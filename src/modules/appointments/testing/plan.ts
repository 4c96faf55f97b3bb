import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { forgetCalendar } from '../calendars.ts'
import type { OpeningRule } from '../domain/rule.ts'
import type { BookableService } from '../domain/work.ts'
import { insertRules, writeServicesAndTeams, type NamedTeam } from '../store/plan.ts'

export const passport: BookableService = {
  slug: 'reisepass',
  baseMinutes: 5,
  personMinutes: 10,
  maxPeople: 4,
  variants: ['in-person'],
}
export const advice: BookableService = {
  slug: 'beratung',
  baseMinutes: 0,
  personMinutes: 20,
  maxPeople: 2,
  variants: ['in-person', 'telephone'],
}

export const teamOf = (office: string, services: readonly string[]): NamedTeam => ({
  id: `${office}-team`,
  office,
  unit: 'rathaus',
  name: { de: office, en: office },
  services,
})

/** Weekdays from 8 to 12 with that many seats, released twelve weeks ahead. */
export const mornings = (team: string, seats: number, more: Partial<OpeningRule> = {}): OpeningRule => ({
  id: newId(),
  team,
  firstDay: Temporal.PlainDate.from('2030-01-01'),
  lastDay: null,
  days: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
  hours: [{ from: Temporal.PlainTime.from('08:00'), to: Temporal.PlainTime.from('12:00') }],
  breaks: [],
  seats: { public: seats, centre: 1, 'walk-in': 0 },
  stepMinutes: 15,
  onHolidays: false,
  release: { weeksAhead: 12, at: Temporal.PlainTime.from('07:00') },
  ...more,
})

/** A city whose offices `mitte` (two seats) and `sued` (one) give passports, and `mitte` advice, too. */
export async function planOffices(ctx: Ctx, rules?: readonly OpeningRule[]): Promise<void> {
  const teams = [teamOf('mitte', ['reisepass', 'beratung']), teamOf('sued', ['reisepass'])]
  await writeServicesAndTeams(ctx, [passport, advice], teams)
  await insertRules(ctx, rules ?? [mornings('mitte-team', 2), mornings('sued-team', 1)])
  forgetCalendar(ctx)
}
