import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { versionSeen } from '#platform/http/if-match.ts'
import { Problem } from '#platform/http/openapi.ts'
import { isId } from '#platform/http/query.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, staff, type Route } from '#platform/http/route.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { fail, type Failure } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import type { KeptCounter } from '../store/kept-counters.ts'
import { clerksAt } from '../use-cases/desk.ts'
import { addCounter, AFTERWARDS, changeCounter, COUNTERS, freeCounter, keptHouses } from '../use-cases/keep-counters.ts'
import { LONGEST } from '../views/counters.ts'
import { tags } from './api.ts'

const PATH = '/api/v1/queue/counters'
const access = staff(COUNTERS)
const words = (maxLength: number, description: string) => {
  const one = Type.String({ maxLength, pattern: '\\S' })
  return Type.Object({ de: one, en: one }, { description })
}
const Name = words(LONGEST.name, 'On the screen in the hall; no other counter of the office has it')
const Way = words(LONGEST.way, 'From the waiting room')
const Team = Type.String({ maxLength: 120 })
const place = 'In the row of the counters of that office that the account keeps'

const Counter = Type.Object({
  id: Type.String({ format: 'uuid' }),
  office: Type.String(),
  team: Type.String(),
  name: Type.Object({ de: Type.String(), en: Type.String() }),
  way: Type.Object({ de: Type.String(), en: Type.String() }),
  place: Type.Integer({ description: place }),
  inService: Type.Boolean({ description: 'Nobody sits or is called at one that is not' }),
  isTaken: Type.Boolean({ description: 'Whether somebody sits there now' }),
  clerk: Type.Union(
    [
      Type.Object({
        account: Type.String({ format: 'uuid' }),
        name: Type.String(),
        since: Type.String({ format: 'date-time' }),
      }),
      Type.Null(),
    ],
    { description: 'Who sits there' },
  ),
  version: Type.Integer({ description: 'For If-Match' }),
})
const refusals = { 404: Problem, 409: Problem, 422: Problem }

/** Counters for programs of the staff, as their page has them. */
export const counterApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: PATH,
    access,
    summary: 'Counters of the units in which the account keeps them, those out of service included, in their order',
    tags,
    query: Type.Object({ office: Type.Optional(Type.String({ maxLength: 80 })) }),
    replies: { 200: Type.Object({ counters: Type.Array(Counter) }) },
    handle: async (ctx, { query }) => {
      const counters = (await kept(ctx)).filter(({ office }) => query.office === undefined || office === query.office)
      return jsonReply({ counters })
    },
  }),
  api({
    method: 'POST',
    path: PATH,
    access,
    summary: 'Adds a counter at the end of the row',
    tags,
    body: Type.Object({
      id: Type.Optional(
        Type.String({
          format: 'uuid',
          description: 'Yours: sent twice, it is one counter; with other words it is refused (409)',
        }),
      ),
      team: Team,
      name: Name,
      way: Way,
    }),
    replies: { 201: Counter, ...refusals },
    handle: async (ctx, { body }) => {
      const { id = newId(), team, name, way } = body
      if (!isId(id)) return problem(fail('bad-request'))
      const added = await addCounter(ctx, { id, team, name: tidy(name), way: tidy(way) })
      return added.ok ? one(ctx, id, 201) : problem(named(added))
    },
  }),
  api({
    method: 'PATCH',
    path: `${PATH}/:id`,
    access,
    summary: 'Changes a counter: its words, team and place, and whether it is in service',
    tags,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    body: Type.Object(
      {
        team: Type.Optional({
          ...Team,
          description: 'Of the same office, once nobody sits there and no number names it',
        }),
        name: Type.Optional(Name),
        way: Type.Optional(Way),
        place: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: place })),
        inService: Type.Optional(
          Type.Boolean({ description: 'false closes it, once nobody sits there and no number names it' }),
        ),
      },
      { additionalProperties: false },
    ),
    alsoReads: {
      headers: Type.Object({
        'If-Match': Type.String({ description: 'The version of the counter that you saw', examples: ['"2"'] }),
      }),
    },
    replies: { 200: Counter, ...refusals, 412: Problem, 428: Problem },
    handle: async (ctx, { params, headers, body }) => {
      const version = versionSeen(headers)
      if (version === null) return problem(fail('version-required'))
      const { name, way, team, place, inService } = body
      const changed = await changeCounter(ctx, params.id, version, {
        ...(team === undefined ? {} : { team }),
        ...(place === undefined ? {} : { place }),
        ...(inService === undefined ? {} : { inService }),
        ...(name ? { name: tidy(name) } : {}),
        ...(way ? { way: tidy(way) } : {}),
      })
      return changed.ok ? one(ctx, params.id) : problem(named(changed))
    },
  }),
  api({
    method: 'DELETE',
    path: `${PATH}/:id/seat`,
    access,
    summary: 'Frees a counter that a colleague has left without saying so',
    tags,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    query: Type.Object({
      clerk: Type.String({
        format: 'uuid',
        description: 'The account that you saw there: whoever has sat down since then stays',
      }),
      visit: Type.Optional(
        Type.Union(
          AFTERWARDS.map((name) => Type.Literal(name)),
          { description: 'What becomes of who is at the counter; needed where somebody is' },
        ),
      ),
    }),
    replies: { 200: Counter, ...refusals },
    handle: async (ctx, { params, query }) => {
      const afterwards = AFTERWARDS.find((one) => one === query.visit) ?? null
      const freed = await freeCounter(ctx, params.id, query.clerk, afterwards)
      return freed.ok ? one(ctx, params.id) : problem(named(freed))
    },
  }),
]

/** With their places, house by house. */
async function kept(ctx: Ctx) {
  const houses = await keptHouses(ctx)
  const clerks = await clerksAt(
    ctx,
    houses.flatMap(({ counters }) => counters),
  )
  return houses.flatMap(({ counters }) => counters.map((counter, i) => told(counter, i + 1, clerks)))
}

async function one(ctx: Ctx, id: string, status = 200): Promise<Reply> {
  const counter = (await kept(ctx)).find((other) => other.id === id)
  return counter ? jsonReply(counter, status, { etag: `"${counter.version}"` }) : problem(fail('not-found'))
}

const told = (
  { id, office, team, name, way, inService, clerk, since, version }: KeptCounter,
  place: number,
  clerks: ReadonlyMap<string, string>,
) => ({
  id,
  office,
  team,
  name: { de: name.de, en: name.en },
  way: { de: way.de, en: way.en },
  place,
  inService,
  isTaken: clerk !== null,
  clerk: clerk && since && { account: clerk, name: clerks.get(clerk) ?? '–', since: isoSeconds(since) },
  version,
})

const tidy = ({ de, en }: LocalizedText): LocalizedText => ({ de: oneLine(de), en: oneLine(en) })
const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ')

const FIELDS: Readonly<Record<string, string>> = { nameDe: 'name/de', nameEn: 'name/en', besuch: 'visit' }

/** By the fields of the document. */
const named = (failure: Failure): Failure =>
  failure.fields
    ? {
        ...failure,
        fields: Object.fromEntries(Object.entries(failure.fields).map(([at, said]) => [FIELDS[at] ?? at, said])),
      }
    : failure
