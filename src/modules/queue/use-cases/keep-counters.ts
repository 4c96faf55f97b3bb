import { accountsByIds } from '#modules/accounts/public.ts'
import { teamsFor, type NamedTeam } from '#modules/appointments/public.ts'
import { offices, type Office } from '#modules/catalogue/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { visitsNaming } from '../domain/room.ts'
import {
  insertCounter,
  keptCounter,
  keptCounters,
  namesTaken,
  writeInService,
  writeWords,
  type CounterWords,
  type KeptCounter,
} from '../store/kept-counters.ts'
import { visitsOfDay } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { changing } from './change.ts'

/** Adding, renaming and closing counters, in the unit to which they belong. */
export const COUNTERS = 'queue.counters'

/** A house, and what of it belongs to units in which the account keeps counters. */
export interface KeptHouse {
  readonly office: Office
  readonly teams: readonly NamedTeam[]
  readonly counters: readonly KeptCounter[]
}

const ownTeamIds = async (ctx: Ctx): Promise<string[]> => (await teamsFor(ctx, COUNTERS)).map(({ id }) => id)

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
  keptCounter(ctx, id, await ownTeamIds(ctx))

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
    if (await insertCounter(ctx, { ...counter, office: team.office }))
      await audit(ctx, { ...about(counter.id, 'added'), data: { office: team.office, team: team.id, name, way } })
    return ok(null)
  })
}

export const changeWords = (ctx: Ctx, id: string, version: number, words: CounterWords): Promise<Result<null>> =>
  changingOne(ctx, id, async (ctx, before) => {
    const refused = await checkNames(ctx, before.office, { ...words, id })
    if (refused) return refused
    if (!(await writeWords(ctx, id, version, words))) return fail('edited-by-others')
    const { name, way } = before
    await audit(ctx, { ...about(id, 'renamed'), data: { from: { name, way }, to: words } })
    return ok(null)
  })

/** Nobody sits or is called there from then on; what has been there keeps its name. */
export const setInService = (ctx: Ctx, id: string, version: number, inService: boolean): Promise<Result<null>> =>
  changingOne(ctx, id, async (ctx, before) => {
    if (!inService && (await hangingOn(ctx, before))) return fail('counter-in-use')
    if (!(await writeInService(ctx, id, version, inService))) return fail('edited-by-others')
    await audit(ctx, about(id, inService ? 'in-service' : 'out-of-service'))
    return ok(null)
  })

const about = (id: string, what: string) => ({ subject: `counter:${id}`, action: `queue.counter-${what}` })

async function changingOne(
  ctx: Ctx,
  id: string,
  work: (ctx: Ctx, before: KeptCounter) => Promise<Result<null>>,
): Promise<Result<null>> {
  const teams = await ownTeamIds(ctx)
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
