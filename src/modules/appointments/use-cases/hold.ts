import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { errorForLog } from '#platform/log.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { jobContext } from '#platform/job-context.ts'
import { perCity } from '#platform/per-city.ts'
import { inBatches } from '../batch.ts'
import { cityCalendar, readTeamAnew, selfOf, type CityCalendar } from '../calendars.ts'
import { hashOfCode, HOLD_MINUTES, newArrivalCode, newCode, type Booking } from '../domain/booking.ts'
import { cellOf, CELL_MINUTES, isOnGrid } from '../domain/cells.ts'
import { laneKey } from '../domain/lane.ts'
import type { Audience } from '../domain/rule.ts'
import { cellsOfWish, type Wish } from '../domain/work.ts'
import { lockBooking, type Key } from '../store/bookings.ts'
import { tellChange } from '../store/changes.ts'
import { forgetConfirmationsBeside } from '../store/confirmations.ts'
import { deleteHold, takeHolds, type WantedHold } from '../store/occupancies.ts'
import { texts } from '../texts/index.ts'
import { soonest, teamsOf, wishRefused } from './find.ts'
import { free } from './memory.ts'
import { mayHold, type Sender } from './proof.ts'

export interface HoldWish extends Wish {
  readonly office: string
  readonly start: Temporal.Instant
  readonly audience: Audience
}

export interface Hold {
  readonly id: string
  /** Opens it; shown this once. */
  readonly code: string
  readonly office: string
  readonly start: Temporal.Instant
  readonly minutes: number
  readonly expiresAt: Temporal.Instant
}

/** Holds of one write; more only make the first of them wait longer. */
const BATCH = 100
/** Other processes may have what this one takes for free; after so many of their lanes it is theirs. */
const TRIES = 4

/**
 * Keeps a free time for ten minutes. Which lane is free is known from memory, so that most who come too late are told so
 * without asking the database; whether it is theirs the database decides.
 * @param sender whose limits count, for a time that is got alone; null: nobody's, for staff and the city itself
 */
export async function holdTime(ctx: Ctx, wish: HoldWish, sender: Sender | null = null): Promise<Result<Hold>> {
  const city = await cityCalendar(ctx)
  const length = cellsOfWish(wish, city.services)
  if ('problem' in length) return wishRefused(ctx, length.problem)
  const now = ctx.clock.now()
  const teams = teamsOf(city, { services: wish.services, offices: [wish.office] })
  const from = cellOf(wish.start)
  const at = { from, cells: length.cells, audience: wish.audience, services: wish.services }
  if (!isOnGrid(wish.start) || from < soonest(now) || !teams.some(({ calendar }) => calendar.offers(now, at)))
    return fail('invalid-input', notAt(ctx, city, wish.office))
  if (!sender) return takeOne(ctx, wish, teams, at)
  if (!teams.some(({ calendar }) => calendar.laneFor(now, at, new Set()) !== null)) return fail('time-taken')
  const permit = await mayHold(ctx, sender)
  if (!permit.ok) return permit
  const held = await takeOne(ctx, wish, teams, at)
  if (!held.ok) await permit.value.giveBack()
  return held
}

/** Where or when, as a field. */
function notAt(ctx: Ctx, city: CityCalendar, office: string): Pick<Failure, 'detail' | 'fields'> {
  const t = texts(ctx)
  if (city.teams.some(({ team }) => team.office === office))
    return { detail: t.problems.timeNotOffered, fields: { start: t.problems.timeNotOffered } }
  return { detail: t.choose.officeUnknown, fields: { office: t.choose.officeUnknown } }
}

type Stretch = Parameters<CityCalendar['teams'][number]['calendar']['laneFor']>[1]

async function takeOne(ctx: Ctx, wish: HoldWish, teams: CityCalendar['teams'], at: Stretch): Promise<Result<Hold>> {
  const { from, cells } = at
  const now = ctx.clock.now()
  const expiresAt = now.add({ minutes: HOLD_MINUTES })
  const tried = new Set<string>()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = teams
      .map(({ team, calendar }) => ({ team, calendar, lane: calendar.laneFor(now, at, tried) }))
      .find(({ lane }) => lane !== null)
    if (!found) break
    const { team, calendar } = found
    const code = newCode()
    const lane = laneKey(found.lane!)
    const id = newId()
    // Before the answer of the database: the next request in this process looks at another lane.
    const stretch = { id, lane, from, to: from + cells, until: expiresAt }
    calendar.claim(stretch)
    const isTaken = await writerOf(ctx)({
      id,
      office: wish.office,
      team: team.id,
      lane,
      from,
      to: from + cells,
      services: wish.services,
      people: wish.people,
      variant: wish.variant,
      audience: wish.audience,
      codeHash: hashOfCode(code),
      account: ctx.account?.kind === 'citizen' ? ctx.account.id : null,
      locale: ctx.locale,
      expiresAt,
      arrivalCode: newArrivalCode(),
    }).catch((error: unknown) => {
      calendar.release(stretch)
      throw error
    })
    calendar.settle(id)
    if (isTaken)
      return ok({ id, code, office: wish.office, start: wish.start, minutes: cells * CELL_MINUTES, expiresAt })
    // Somebody else has it. Nobody waits for the reading: here it looks taken until then.
    readTeamAnew(ctx, team.id).catch((error: unknown) =>
      ctx.log.warn({ error: errorForLog(error) }, 'a team was not read anew'),
    )
    tried.add(lane)
  }
  return fail('time-taken')
}

/** One writer a city: requests of the same moment share a statement and its commit. */
const writerOf = perCity(({ app, tenant }) => {
  const own = jobContext(app, tenant)
  return inBatches(BATCH, async (wanted: readonly WantedHold[]): Promise<boolean[]> => {
    const taken = new Set(await takeHolds(own, selfOf(own), wanted))
    return wanted.map(({ id }) => taken.has(id))
  })
})

/** Gives a time back that was only held: whoever wants another one should not keep this. Null where there is none. */
export const releaseHold = (ctx: Ctx, id: string, key: Key): Promise<Booking | null> =>
  release(ctx, id, key, ({ state }) => state === 'held')

/**
 * And one that waits for its confirmation: the mail address may be mistyped, so that no link ever comes.
 * @param sequence the version that the person saw; null: whichever it is
 */
export const releaseUnconfirmed = (
  ctx: Ctx,
  id: string,
  key: Key,
  sequence: number | null = null,
): Promise<Booking | null> =>
  release(
    ctx,
    id,
    key,
    (booking) =>
      (booking.state === 'held' || booking.state === 'reserved') &&
      (sequence === null || booking.sequence === sequence),
  )

async function release(ctx: Ctx, id: string, key: Key, suits: (booking: Booking) => boolean): Promise<Booking | null> {
  const released = await transaction(ctx, async (ctx) => {
    const hold = await lockBooking(ctx, id, key)
    if (!hold || !suits(hold)) return null
    // Where it is that of the link in the mail.
    if ('codeHash' in key) await forgetConfirmationsBeside(ctx, key.codeHash)
    await deleteHold(ctx, id)
    await tellChange(ctx, selfOf(ctx), hold.team)
    return hold
  })
  if (released) await free(ctx, released)
  return released
}
