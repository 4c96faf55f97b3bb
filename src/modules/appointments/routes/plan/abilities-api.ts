import type { Ctx } from '#platform/context.ts'
import { versionSeen } from '#platform/http/if-match.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { teamsFor, type NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { changeOfAbility, colleaguesOf, qualify, type Colleague } from '../../use-cases/plan/abilities.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { offeredBy } from './place.ts'
import { AbleFields, changed, Changed, planTags, ReseatingFields, toldAble, versionHeaders } from './plan-api.ts'

const access = staff(PLAN)
const PATH = '/api/v1/appointments/qualifications'
const ONE = `${PATH}/:unit/:account`
const oneParams = Type.Object({ unit: Type.String({ maxLength: 80 }), account: Type.String({ maxLength: 40 }) })

const Person = {
  account: Type.String({ format: 'uuid' }),
  name: Type.String(),
  ...AbleFields,
  version: Type.Integer({ description: 'For If-Match: goes up with every change' }),
}
const OneUnit = Type.Object({
  unit: Type.String(),
  offered: Type.Array(Type.String(), { description: 'Services of its teams' }),
  people: Type.Array(Type.Object(Person)),
})
const One = Type.Object({ unit: Type.String(), ...Person })
const refusals = { 404: Problem, 409: Problem, 412: Problem, 422: Problem, 428: Problem }

/** What members of staff can do at the counters of a unit, for programs. */
export const abilityApiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: PATH,
    access,
    summary: 'Who may be put at the counters of the units for which the account plans, and what they can do there',
    tags: planTags,
    replies: { 200: Type.Object({ units: Type.Array(OneUnit) }) },
    handle: async (ctx) => {
      const teams = await teamsFor(ctx, PLAN)
      const people = await colleaguesOf(ctx, teams)
      const units = [...new Set(teams.map(({ unit }) => unit))].map((unit) => ({
        unit,
        offered: offeredBy(unit, teams),
        people: people.flatMap((person) => toldIn(person, unit, offeredBy(unit, teams)) ?? []),
      }))
      return jsonReply({ units })
    },
  }),
  api({
    method: 'GET',
    path: ONE,
    access,
    summary: 'What somebody can do at the counters of a unit; the version is the ETag',
    tags: planTags,
    params: oneParams,
    replies: { 200: One, 404: Problem },
    handle: (ctx, { params }) =>
      withOne(ctx, params, ({ unit, told }) => jsonReply({ unit, ...told }, 200, { etag: `"${told.version}"` })),
  }),
  api({
    method: 'PUT',
    path: ONE,
    access,
    summary: 'Says what somebody can do at the counters of a unit; those of other units stay as they are',
    tags: planTags,
    params: oneParams,
    body: Type.Object({
      can: AbleFields.can,
      services: Type.Optional({ ...AbleFields.services, description: 'Needed where only these are meant' }),
      ...ReseatingFields,
    }),
    alsoReads: versionHeaders,
    replies: { 200: Changed, ...refusals },
    handle: (ctx, req) =>
      withOne(ctx, req.params, ({ unit, told, offered }) => {
        const seen = versionSeen(req.headers)
        if (seen === null) return problem(fail('version-required'))
        if (seen !== told.version) return problem(fail('edited-by-others'))
        const { can, services } = req.body
        const t = texts(ctx).plan.people.forPrograms
        if (can === 'only' && !services) return problem(fail('invalid-input', { fields: { services: t.whichOnes } }))
        const unknown = (services ?? []).flatMap((slug, i) =>
          offered.includes(slug) ? [] : [[`services/${i}`, t.notOffered]],
        )
        if (unknown.length > 0) return problem(fail('invalid-input', { fields: Object.fromEntries(unknown) }))
        const wanted = { account: told.account, unit, can: can === 'all' ? null : [...new Set(services)], seen }
        return changed(ctx, changeOfAbility(wanted), req.body, (choices) => qualify(ctx, wanted, choices), {
          otherwise: 'reseat',
          version: () => seen + 1,
        })
      }),
  }),
]

interface OneAbility {
  readonly unit: string
  readonly offered: readonly string[]
  readonly told: NonNullable<ReturnType<typeof toldIn>>
}

/** Of a unit for which the account plans; nobody else is there. */
async function withOne(
  ctx: Ctx,
  { unit, account }: { readonly unit: string; readonly account: string },
  handle: (one: OneAbility) => Promise<Reply> | Reply,
): Promise<Reply> {
  const teams: readonly NamedTeam[] = (await teamsFor(ctx, PLAN)).filter((team) => team.unit === unit)
  const person = (await colleaguesOf(ctx, teams)).find(({ id }) => id === account)
  const offered = offeredBy(unit, teams)
  const told = person && toldIn(person, unit, offered)
  return told ? handle({ unit, offered, told }) : problem(fail('not-found'))
}

function toldIn({ id, name, abilities }: Colleague, unit: string, offered: readonly string[]) {
  const known = abilities.find((one) => one.unit === unit)
  return known ? { account: id, name, ...toldAble(known.can, offered), version: known.version } : null
}
