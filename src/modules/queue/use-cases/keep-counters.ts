import { accountsByIds } from '#modules/accounts/public.ts'
import { teamsFor, type NamedTeam } from '#modules/appointments/public.ts'
import { offices, type Office } from '#modules/catalogue/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { visitsNaming } from '../domain/room.ts'
import {
  insertCounter,
  keptCounter,
  keptCounters,
  namesTaken,
  writeCounter,
  writeOrder,
  type CounterWords,
  type KeptCounter,
} from '../store/kept-counters.ts'
import { endEarlierDays, forward, openToTeam } from '../store/calls.ts'
import { leaveCounter } from '../store/counters.ts'
import { visitAtCounter, visitsOfDay } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { changing } from './change.ts'
import { end } from './end.ts'

/** Adding, renaming and closing counters, in the unit to which they belong. */
export const COUNTERS = 'queue.counters'

/** A house, and what of it belongs to units in which the account keeps counters. */
export interface KeptHouse {
  readonly office: Office
  readonly teams: readonly NamedTeam[]
  readonly counters: readonly KeptCounter[]
}

const ownTeams = async (ctx: Ctx, office?: string): Promise<string[]> =>
  (await teamsFor(ctx, COUNTERS)).filter((team) => office === undefined || team.office === office).map(({ id }) => id)

export async function keptHouses(ctx: Ctx): Promise<KeptHouse[]> {
  const teams = await teamsFor(ctx, COUNTERS)
  const counters = await keptCounters(
    ctx,
    teams.map(({ id }) => id),
  )
  return (await offices(ctx))
    .map((office) => ({
      office,
      teams: teams.filter((team) => team.office === office.slug),
      counters: counters.filter((counter) => counter.office === office.slug),
    }))
    .filter((house) => house.teams.length > 0)
}

/** One of the own unit; what is of another one is not there. */
export const oneKept = async (ctx: Ctx, id: string): Promise<KeptCounter | null> =>
  keptCounter(ctx, id, await ownTeams(ctx))

/** Why a counter has to stay for now: who sits there, and the tickets that name it. */
export interface Hanging {
  readonly clerk: string | null
  readonly tickets: readonly string[]
}

/** null: nothing. */
export async function hangingOn(ctx: Ctx, { id, office, clerk }: KeptCounter): Promise<Hanging | null> {
  const tickets = visitsNaming(await visitsOfDay(ctx, office, today(ctx.clock)), id).map(({ ticket }) => ticket)
  if (clerk === null && tickets.length === 0) return null
  const name = clerk === null ? null : ((await accountsByIds(ctx, [clerk])).get(clerk)?.name ?? '–')
  return { clerk: name, tickets }
}

export interface NewCounter extends CounterWords {
  /** Sent twice, it is added once. */
  readonly id: string
  readonly team: string
}

export async function addCounter(ctx: Ctx, counter: NewCounter): Promise<Result<null>> {
  const team = (await teamsFor(ctx, COUNTERS)).find(({ id }) => id === counter.team)
  if (!team) return fail('not-found')
  const { name, way } = counter
  return changing(ctx, team.office, async (ctx): Promise<Result<null>> => {
    const refused = await checkNames(ctx, team.office, counter)
    if (refused) return refused
    if (await insertCounter(ctx, { ...counter, office: team.office })) {
      await audit(ctx, { ...about(counter.id, 'added'), data: { office: team.office, team: team.id, name, way } })
      return ok(null)
    }
    const there = await keptCounter(ctx, counter.id, [team.id])
    const isSame = there !== null && isSameText(there.name, name) && isSameText(there.way, way)
    return isSame ? ok(null) : fail('edited-by-others')
  })
}

const isSameText = (a: LocalizedText, b: LocalizedText): boolean => a.de === b.de && a.en === b.en

export interface CounterChange extends Partial<CounterWords> {
  /** Of the same house. */
  readonly team?: string
  /** Nobody sits or is called at one out of service; what has been there keeps its name. */
  readonly inService?: boolean
  /** Among the counters of the house that the account keeps; the first is 1. */
  readonly place?: number
}

/** Changes all that is named at once. Who sits there, or whose number names it, is not taken along to another team. */
export const changeCounter = (ctx: Ctx, id: string, version: number, wanted: CounterChange): Promise<Result<null>> =>
  changingOne(ctx, id, async (ctx, before) => {
    if (before.version !== version) return fail('edited-by-others')
    const { place, ...content } = wanted
    const after = { ...before, ...content }
    const isMoved = after.team !== before.team
    const isClosed = before.inService && !after.inService
    if (isMoved && !(await ownTeams(ctx, before.office)).includes(after.team))
      return fail('invalid-input', { fields: { team: texts(ctx).counters.teamMissing } })
    const refused = await checkNames(ctx, before.office, after)
    if (refused) return refused
    if ((isMoved || isClosed) && (await hangingOn(ctx, before))) return fail('counter-in-use')
    if (Object.keys(content).length > 0 && !(await writeCounter(ctx, id, version, after)))
      return fail('edited-by-others')
    if (place !== undefined) await putAt(ctx, before, () => place)
    await auditChange(ctx, before, after)
    return ok(null)
  })

export const AFTERWARDS = ['done', 'waiting'] as const
/** What becomes of who is at a counter that is freed: their matter is done, or they wait in line again. */
export type Afterwards = (typeof AFTERWARDS)[number]

/**
 * Frees a counter that a colleague has left without saying so.
 * @param seen who sat there on the page: whoever has sat down since then stays
 * @param afterwards needed where somebody is at the counter
 */
export const freeCounter = (ctx: Ctx, id: string, seen: string, afterwards: Afterwards | null): Promise<Result<null>> =>
  changingOne(ctx, id, async (ctx, before) => {
    // Pressed twice, or left by themselves meanwhile.
    if (before.clerk === null) return ok(null)
    if (before.clerk !== seen) return fail('edited-by-others')
    const now = ctx.clock.now()
    await endEarlierDays(ctx, before.office, today(ctx.clock), now)
    const visit = await visitAtCounter(ctx, id)
    if (visit && !afterwards)
      return fail('invalid-input', { fields: { besuch: texts(ctx).counters.free.missing(visit.ticket) } })
    if (visit && afterwards === 'waiting') await forward(ctx, visit.id, { team: visit.team, counter: null, now })
    if (visit && afterwards === 'done') await end(ctx, visit.id, { state: 'done', from: ['called', 'serving'], now })
    await leaveCounter(ctx, id)
    await openToTeam(ctx, before, today(ctx.clock), now)
    await audit(ctx, { ...about(id, 'freed'), data: { clerk: before.clerk, visit: visit && afterwards } })
    if (visit) await audit(ctx, { subject: `visit:${visit.id}`, action: `queue.freed-${afterwards}` })
    return ok(null)
  })

/** One place up or down; at the end of the row it stays. */
export const moveCounter = (ctx: Ctx, id: string, by: 1 | -1): Promise<Result<null>> =>
  changingOne(ctx, id, async (ctx, before) => {
    await putAt(ctx, before, (place) => place + by)
    return ok(null)
  })

async function putAt(ctx: Ctx, { id, office }: KeptCounter, wanted: (place: number) => number): Promise<void> {
  const row = (await keptCounters(ctx, await ownTeams(ctx, office))).map((counter) => counter.id)
  const index = row.indexOf(id)
  const place = Math.max(1, Math.min(row.length, wanted(index + 1)))
  if (place === index + 1) return
  await writeOrder(ctx, row.toSpliced(index, 1).toSpliced(place - 1, 0, id))
  await audit(ctx, { ...about(id, 'placed'), data: { place } })
}

async function auditChange(ctx: Ctx, before: KeptCounter, after: KeptCounter): Promise<void> {
  const words = ({ name, way }: CounterWords) => ({ name, way })
  const { id } = before
  if (JSON.stringify(words(before)) !== JSON.stringify(words(after)))
    await audit(ctx, { ...about(id, 'renamed'), data: { from: words(before), to: words(after) } })
  if (before.team !== after.team)
    await audit(ctx, { ...about(id, 'given-to-team'), data: { from: before.team, to: after.team } })
  if (before.inService !== after.inService)
    await audit(ctx, about(id, after.inService ? 'in-service' : 'out-of-service'))
}

const about = (id: string, what: string) => ({ subject: `counter:${id}`, action: `queue.counter-${what}` })

async function changingOne(
  ctx: Ctx,
  id: string,
  work: (ctx: Ctx, before: KeptCounter) => Promise<Result<null>>,
): Promise<Result<null>> {
  const teams = await ownTeams(ctx)
  const found = await keptCounter(ctx, id, teams)
  if (!found) return fail('not-found')
  return changing(ctx, found.office, async (ctx): Promise<Result<null>> => {
    // Once more, now that nobody else sits down there, is sent there or edits it.
    const before = await keptCounter(ctx, id, teams)
    return before ? work(ctx, before) : fail('not-found')
  })
}

async function checkNames(
  ctx: Ctx,
  office: string,
  { id, name }: Pick<NewCounter, 'id' | 'name'>,
): Promise<Failure | null> {
  const t = texts(ctx).counters
  const taken = await namesTaken(ctx, office, name, id)
  const fields = { ...(taken.de ? { nameDe: t.nameTaken.de } : {}), ...(taken.en ? { nameEn: t.nameTaken.en } : {}) }
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : null
}
