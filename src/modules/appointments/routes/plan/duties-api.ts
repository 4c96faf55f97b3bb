import { accountsByIds } from '#modules/accounts/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { versionSeen } from '#platform/http/if-match.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type, type Static } from '#platform/schema.ts'
import { CITY_TIME_ZONE, isoSeconds, readInstant } from '#platform/time/clock.ts'
import { parseDay } from '#platform/time/day.ts'
import { isOnGrid } from '../../domain/cells.ts'
import { clashingDuties, rosterOf, type Duty, type ListedDuty } from '../../store/duties.ts'
import { readPlan } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { colleaguesOf } from '../../use-cases/plan/abilities.ts'
import { changeDuties, changeOfDuties } from '../../use-cases/plan/duties.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { teamParams } from './one-team.ts'
import { lanesIn } from './place.ts'
import { AbleFields, changed, Changed, Day, planTags, ReseatingFields, toldAble, versionHeaders } from './plan-api.ts'

const access = staff(PLAN)
const PATH = '/api/v1/appointments/teams/:team/duties'
/** As far as rosters are made at once. */
const MOST_DAYS = 92
const MOST_DUTIES = 2_000
/** Each duty has five, and there is room for what somebody says of those that are hit. */
const MOST_VALUES = 5 * MOST_DUTIES + 500

const Days = {
  from: Day,
  to: { ...Day, description: `The last day; at most ${MOST_DAYS} days` },
}
const Place = {
  account: Type.String({ format: 'uuid', description: 'Of a member of staff, see /appointments/qualifications' }),
  lane: Type.String({
    maxLength: 160,
    description: 'The counter: one of `lanes`',
    examples: ['rathaus-buergeramt/public/1'],
  }),
  start: Type.String({ format: 'date-time' }),
  end: Type.String({ format: 'date-time' }),
}
const Roster = Type.Object({
  team: Type.String(),
  version: Type.Integer({ description: 'For If-Match: goes up with every change of the duties of the team' }),
  lanes: Type.Array(Type.String(), { description: 'Counters that the rules of the team give it' }),
  duties: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      ...Place,
      name: Type.Union([Type.String(), Type.Null()]),
      ...AbleFields,
    }),
  ),
})
const NewRoster = Type.Object({
  duties: Type.Array(Type.Object(Place), { maxItems: MOST_DUTIES }),
  ...ReseatingFields,
})
const refusals = { 404: Problem, 409: Problem, 412: Problem, 422: Problem, 428: Problem }

/** Who of a team sits where on some days, for programs in which rosters are made. */
export const dutyApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: PATH,
    access,
    summary: 'Duties of a team for which the account plans that begin on some days; the version is the ETag',
    tags: planTags,
    params: teamParams,
    query: Type.Object(Days),
    replies: { 200: Roster, 404: Problem, 422: Problem },
    handle: (ctx, req) =>
      withRoster(ctx, req, async ({ team, roster }) => {
        const { duties, services, version } = roster
        const people = await accountsByIds(
          ctx,
          duties.map(({ account }) => account),
        )
        const lanes = lanesIn(await readPlan(ctx), [{ id: team }])
        const told = duties.map((duty) => toldDuty(duty, people.get(duty.account)?.name ?? null, services))
        return jsonReply({ team, version, lanes, duties: told }, 200, { etag: `"${version}"` })
      }),
  }),
  api({
    method: 'PUT',
    path: PATH,
    access,
    summary:
      'Sets the duties of a team that begin on some days: what stays the same stays, what is not named ends; what is over stays as it was',
    tags: planTags,
    params: teamParams,
    query: Type.Object(Days),
    body: NewRoster,
    mostValues: MOST_VALUES,
    alsoReads: versionHeaders,
    replies: { 200: Changed, ...refusals },
    handle: (ctx, req) => withSeenRoster(ctx, req, (one) => set(ctx, one, req.body)),
  }),
  api({
    method: 'DELETE',
    path: PATH,
    access,
    summary: 'Ends the duties of a team that begin on some days: nobody is hit by that; what is over stays as it was',
    tags: planTags,
    params: teamParams,
    query: Type.Object(Days),
    alsoReads: versionHeaders,
    replies: { 200: Changed, ...refusals },
    handle: (ctx, req) => withSeenRoster(ctx, req, (one) => set(ctx, one, { duties: [] })),
  }),
]

type DaysReq = Req<{ team: string }, { from: string; to: string }, any>

interface One {
  readonly team: string
  readonly span: { readonly from: Temporal.Instant; readonly to: Temporal.Instant }
  readonly roster: NonNullable<Awaited<ReturnType<typeof rosterOf>>>
}

async function withRoster(ctx: Ctx, req: DaysReq, handle: (one: One) => Promise<Reply>): Promise<Reply> {
  const { team } = req.params
  const [first, last] = [parseDay(req.query.from), parseDay(req.query.to)]
  const days = first && last ? first.until(last).days + 1 : 0
  if (!first || !last || days < 1 || days > MOST_DAYS)
    return problem(
      fail('invalid-input', { fields: { to: texts(ctx).plan.people.forPrograms.daysWrong(String(MOST_DAYS)) } }),
    )
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(CITY_TIME_ZONE).toInstant()
  const span = { from: startOf(first), to: startOf(last.add({ days: 1 })) }
  const roster = await rosterOf(ctx, PLAN, team, span)
  return roster ? handle({ team, span, roster }) : problem(fail('not-found'))
}

const withSeenRoster = (ctx: Ctx, req: DaysReq, handle: (one: One) => Promise<Reply>): Promise<Reply> =>
  withRoster(ctx, req, async (one) => {
    const seen = versionSeen(req.headers)
    if (seen === null) return problem(fail('version-required'))
    return seen === one.roster.version ? handle(one) : problem(fail('edited-by-others'))
  })

/** The same person at the same counter at the same time is the same duty. */
const keyOf = ({ account, lane, startsAt, endsAt }: Omit<Duty, 'id' | 'team'>) =>
  [account, lane, startsAt.epochMilliseconds, endsAt.epochMilliseconds].join(' ')

async function set(ctx: Ctx, one: One, body: Static<typeof NewRoster>): Promise<Reply> {
  const { team, roster } = one
  const unreadable = body.duties.flatMap((duty, i) =>
    (['start', 'end'] as const).flatMap((field) =>
      readInstant(duty[field]) ? [] : [[`duties/${i}/${field}`, texts(ctx).plan.problems['off-grid']]],
    ),
  )
  if (unreadable.length > 0) return problem(fail('invalid-input', { fields: Object.fromEntries(unreadable) }))
  const wanted = body.duties.map(({ account, lane, start, end }) => ({
    id: newId(),
    team,
    account,
    lane,
    startsAt: readInstant(start)!,
    endsAt: readInstant(end)!,
  }))
  const [before, after] = [new Set(roster.duties.map(keyOf)), new Set(wanted.map(keyOf))]
  const isOver = ({ endsAt }: Duty) => Temporal.Instant.compare(endsAt, ctx.clock.now()) <= 0
  const gone = roster.duties.filter((duty) => !after.has(keyOf(duty)) && !isOver(duty))
  const added = wanted.filter((duty) => !before.has(keyOf(duty)))
  const change = { team, gone, added }
  const fields = await wrongIn(ctx, one, change, (duty) => `duties/${wanted.indexOf(duty)}`)
  if (Object.keys(fields).length > 0) return problem(fail('invalid-input', { fields }))
  if (gone.length + added.length === 0)
    return jsonReply({ change: null, hits: [], total: 0 }, 200, { etag: `"${roster.version}"` })
  return changed(ctx, changeOfDuties(change), body, (choices) => changeDuties(ctx, change, roster.version, choices), {
    otherwise: 'reseat',
    version: (made) => made.version,
  })
}

/** What is wrong with duties that are to be added, by where they stand in the document. */
async function wrongIn(
  ctx: Ctx,
  { team, span, roster }: One,
  { gone, added }: { readonly gone: readonly Duty[]; readonly added: readonly Duty[] },
  at: (duty: Duty) => string,
): Promise<Record<string, string>> {
  const { people: words, problems } = texts(ctx).plan
  const t = words.forPrograms
  const people = new Set((await colleaguesOf(ctx, [roster])).map(({ id }) => id))
  const lanes = new Set(lanesIn(await readPlan(ctx), [{ id: team }]))
  const errors: Record<string, string> = {}
  for (const duty of added) {
    const { account, lane, startsAt, endsAt } = duty
    const wrong = (field: keyof typeof Place, said: string) => (errors[`${at(duty)}/${field}`] ??= said)
    if (!people.has(account)) wrong('account', t.notThere)
    if (!lanes.has(lane)) wrong('lane', t.noCounter)
    if (!isOnGrid(startsAt)) wrong('start', problems['off-grid'])
    if (!isOnGrid(endsAt)) wrong('end', problems['off-grid'])
    if (Temporal.Instant.compare(startsAt, span.from) < 0 || Temporal.Instant.compare(startsAt, span.to) >= 0)
      wrong('start', t.otherDay)
    const hours = startsAt.until(endsAt, { largestUnit: 'hours' }).total('hours')
    if (hours <= 0) wrong('end', t.endBeforeBegin)
    else if (hours > 24) wrong('end', t.tooLong)
    else if (Temporal.Instant.compare(endsAt, ctx.clock.now()) <= 0) wrong('end', t.past)
  }
  if (Object.keys(errors).length > 0) return errors
  for (const i of await clashingDuties(ctx, { gone, added })) errors[at(added[i]!)] = words.elsewhere
  return errors
}

const toldDuty = (
  { id, account, lane, startsAt, endsAt, can }: ListedDuty,
  name: string | null,
  offered: readonly string[],
) => ({
  id,
  account,
  name,
  lane,
  start: isoSeconds(startsAt),
  end: isoSeconds(endsAt),
  ...toldAble(can, offered),
})
