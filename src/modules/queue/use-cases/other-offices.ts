import { teamsOf, type NamedTeam } from '#modules/appointments/public.ts'
import { officeBySlug, offices, type Office } from '#modules/catalogue/public.ts'
import { moveTopic, notify } from '#modules/notifications/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { placeOf } from '../domain/room.ts'
import { ticketOf } from '../domain/ticket.ts'
import { topicOf, type Visit } from '../domain/visit.ts'
import { walkMinutes } from '../domain/walk.ts'
import { countersOfTeams } from '../store/counters.ts'
import { sendOn } from '../store/forwarding.ts'
import { moveGlances } from '../store/glances.ts'
import { nextNumber } from '../store/offices.ts'
import { contactOf, visitById } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { atCounter } from './call.ts'
import { houseOf } from './offices.ts'
import { readRoom } from './room.ts'
import { reaching, unitFor } from './soon.ts'
import { MOST_REASON } from './steer.ts'
import { walkInsOf } from './walk-ins.ts'

/** An office to which somebody can be sent on. What is told of it everybody may know. */
export interface OtherOffice {
  readonly office: Office
  /** Those that have counters. */
  readonly teams: readonly NamedTeam[]
  /** At which somebody sits and calls. */
  readonly openCounters: number
}

/** Offices beside that one which are open now and call people, in the order of the catalogue. */
export async function otherOffices(ctx: Ctx, from: string): Promise<OtherOffice[]> {
  const teams = (await teamsOf(ctx)).filter(({ office }) => office !== from)
  const counters = await countersOfTeams(
    ctx,
    teams.map(({ id }) => id),
  )
  const calling = teams.filter(({ id }) => counters.some(({ team }) => team === id))
  const houses = (await offices(ctx)).filter(({ slug }) => calling.some(({ office }) => office === slug))
  return (await walkInsOf(ctx, houses, counters))
    .filter(({ areSeen }) => areSeen)
    .map(({ office }) => ({
      office,
      teams: calling.filter((team) => team.office === office.slug),
      openCounters: counters.filter((one) => one.office === office.slug && one.isOpen).length,
    }))
}

/** Slugs of what is done there. */
export const servicesOf = ({ teams }: OtherOffice): string[] => [...new Set(teams.flatMap(({ services }) => services))]

/** Whoever does all of it there. */
export const teamFor = ({ teams }: OtherOffice, services: readonly string[]): NamedTeam | undefined =>
  teams.find((team) => services.every((slug) => team.services.includes(slug)))

export interface Onward {
  readonly office: string
  /** What it is about there; none: what it was about here. */
  readonly services: readonly string[]
  readonly note: string
}

/**
 * Sends whoever is at the clerk's counter on to another office. There they get a number of their own and a place among those
 * who were promised a time: the one at which they can be there. Nothing is told of anybody else.
 */
export async function forwardToOffice(ctx: Ctx, id: string, to: Onward): Promise<Result<Visit>> {
  const t = texts(ctx).problems
  const note = to.note.trim()
  if (note.length > MOST_REASON) return fail('invalid-input', { fields: { note: t.noteTooLong } })
  // All of it before the offices are locked: it may take a second connection.
  const open = (await otherOffices(ctx, '')).find(({ office }) => office.slug === to.office)
  const house = open && (await houseOf(ctx, to.office))
  if (!house) return fail('invalid-input', { fields: { office: t.officeNotOpen } })
  return atCounter(
    ctx,
    async (ctx, { counter, present, desk: { now } }): Promise<Result<Visit>> => {
      if (present?.id !== id) return fail('visit-moved-on')
      if (counter.office === to.office) return fail('invalid-input', { fields: { office: t.sameOffice } })
      const services = to.services.length > 0 ? [...new Set(to.services)] : present.services
      const team = teamFor(open, services)
      if (!team) return fail('invalid-input', { fields: { service: t.noSuchService } })
      const from = await officeBySlug(ctx, counter.office)
      const number = await nextNumber(ctx, to.office, today(ctx.clock))
      const next = await sendOn(ctx, id, {
        id: newId(),
        office: to.office,
        team: team.id,
        day: today(ctx.clock),
        number,
        ticket: ticketOf(
          house.teams.findIndex(({ id }) => id === team.id),
          number,
        ),
        services,
        note: note || null,
        now,
        dueAt: now.add({ minutes: from ? walkMinutes(from, house.office) : 0 }),
      })
      // Who is at the counter is locked with the office.
      if (!next) throw new Error('a visit at a counter could not be sent on')
      await moveGlances(ctx, id, next.id)
      // Without the note, which may say much about a person and goes when the visit ends.
      const data = { office: to.office, team: team.id, visit: next.id }
      await audit(ctx, { subject: `visit:${id}`, action: 'queue.forwarded', data })
      await tellForwarded(ctx, present, next, house.office)
      return ok(next)
    },
    [to.office],
  )
}

/** Later they are there, or have lost the way; demo value. */
const USEFUL_MINUTES = 45

/** Whoever wanted to be told of the visit hears of the next one, and where it is. */
async function tellForwarded(ctx: Ctx, before: Visit, next: Visit, office: Office): Promise<void> {
  if (before.push) await moveTopic(ctx, topicOf(before), topicOf(next))
  const contact = await contactOf(ctx, next.id)
  if (!contact.push && contact.email === null && contact.telephone === null) return
  const t = texts(next).forwarded
  await notify(ctx, {
    key: `queue:${next.id}:forwarded`,
    ...(await unitFor(ctx, next)),
    ...reaching(contact),
    locale: next.locale,
    subject: t.subject(next.ticket),
    paragraphs: [t.body(office.name[next.locale], addressWords(office))],
    usefulMinutes: USEFUL_MINUTES,
  })
}

/** In one line: "Gerberstraße 1, 73801 Musterstadt". */
export const addressWords = ({ street, houseNumber, postcode, place }: Office): string =>
  `${street} ${houseNumber}, ${postcode} ${place}`

/** What whoever sent somebody on may know of it: what the person was told. */
export interface Forwarded {
  readonly ticket: string
  readonly office: Office
  readonly services: readonly string[]
  /** null where nobody calls, or once they have been called. */
  readonly minutes: number | null
}

/** Where a visit went on; null where it did not, or that is forgotten. */
export async function forwardedTo(
  ctx: Ctx,
  { forwardedTo: id }: Pick<Visit, 'forwardedTo'>,
): Promise<Forwarded | null> {
  const next = id === null ? null : await visitById(ctx, id)
  const office = next && (await officeBySlug(ctx, next.office))
  if (!office) return null
  const place = placeOf(await readRoom(ctx, office.slug), next.id, ctx.clock.now())
  return { ticket: next.ticket, office, services: next.services, minutes: place?.minutes ?? null }
}
