import type { Ctx } from '#platform/context.ts'
import { csvReply } from '#platform/csv.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryChoice } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import type { CounterWords, KeptCounter } from '../store/kept-counters.ts'
import { visitAtCounter } from '../store/visits.ts'
import { texts } from '../texts/index.ts'
import { clerksAt } from '../use-cases/desk.ts'
import {
  addCounter,
  AFTERWARDS,
  changeCounter,
  COUNTERS,
  freeCounter,
  hangingOn,
  keptHouses,
  moveCounter,
  oneKept,
} from '../use-cases/keep-counters.ts'
import {
  COUNTER_LIST,
  counterPage,
  countersPage,
  DONE,
  LONGEST,
  rowId,
  stateWords,
  type CountersView,
  type CounterView,
  type TypedCounter,
} from '../views/counters.ts'
import { freeCounterPage } from '../views/free-counter.ts'

const access = staff(COUNTERS)
const params = Type.Object({ id: Type.String({ maxLength: 40 }) })

export const counterRoutes: readonly Route[] = [
  page({
    path: COUNTER_LIST,
    access,
    handle: (ctx, req) => list(ctx, { done: queryChoice(req, 'erledigt', DONE) }),
  }),
  page({
    path: `${COUNTER_LIST}.csv`,
    access,
    handle: async (ctx) => {
      const t = texts(ctx).counters
      const houses = await keptHouses(ctx)
      const clerks = await clerksAt(
        ctx,
        houses.flatMap(({ counters }) => counters),
      )
      return csvReply(
        `${t.title}.csv`,
        [t.office, t.name, t.way, t.team, t.state],
        houses.flatMap(({ office, teams, counters }) =>
          counters.map((counter) => [
            office.name[ctx.locale],
            counter.name[ctx.locale],
            counter.way[ctx.locale],
            teams.find(({ id }) => id === counter.team)?.name[ctx.locale] ?? counter.team,
            stateWords(ctx, counter, clerks),
          ]),
        ),
      )
    },
  }),
  action({
    path: COUNTER_LIST,
    access,
    handle: async (ctx, { form }) => {
      const typed = { ...typedIn(form), id: form.get('id') }
      if (!isId(typed.id)) return problem(fail('bad-request'))
      const read = readWords(ctx, typed)
      const errors = { ...(typed.team === '' ? { team: texts(ctx).counters.teamMissing } : {}), ...read.errors }
      if (Object.keys(errors).length > 0) return list(ctx, { typed, errors })
      const added = await addCounter(ctx, { ...read.words, id: typed.id, team: typed.team })
      if (added.ok) return redirect(`${COUNTER_LIST}?erledigt=eingetragen`)
      return added.fields ? list(ctx, { typed, errors: added.fields }) : problem(added)
    },
  }),
  page({
    path: `${COUNTER_LIST}/:id`,
    access,
    params,
    examples: async (ctx) => {
      const counters = (await keptHouses(ctx)).flatMap((house) => house.counters)
      return [counters.find(({ clerk }) => clerk === null), counters.find(({ clerk }) => clerk !== null)].flatMap(
        (counter) => (counter ? [`${COUNTER_LIST}/${counter.id}`] : []),
      )
    },
    handle: (ctx, req) => one(ctx, req.params.id),
  }),
  action({
    path: `${COUNTER_LIST}/:id`,
    access,
    params,
    handle: async (ctx, { params, form }) => {
      const typed = typedIn(form)
      const version = form.get('version')
      const { errors, words } = readWords(ctx, typed)
      if (Object.keys(errors).length > 0) return one(ctx, params.id, { typed, version, errors })
      const team = typed.team === '' ? {} : { team: typed.team }
      const changed = await changeCounter(ctx, params.id, versionIn(version), { ...words, ...team })
      if (changed.ok) return redirect(`${COUNTER_LIST}?erledigt=gespeichert`)
      if (changed.problem === 'counter-in-use') return one(ctx, params.id, { typed, version, refused: true })
      return changed.fields ? one(ctx, params.id, { typed, version, errors: changed.fields }) : problem(changed)
    },
  }),
  page({
    path: `${COUNTER_LIST}/:id/freigeben`,
    access,
    params,
    examples: async (ctx) =>
      (await keptHouses(ctx))
        .flatMap(({ counters }) => counters)
        .filter(({ clerk }) => clerk !== null)
        .slice(0, 1)
        .map(({ id }) => `${COUNTER_LIST}/${id}/freigeben`),
    handle: (ctx, req) => freeing(ctx, req.params.id, {}),
  }),
  action({
    path: `${COUNTER_LIST}/:id/freigeben`,
    access,
    params,
    handle: async (ctx, { params, form }) => {
      const afterwards = AFTERWARDS.find((one) => one === form.get('besuch')) ?? null
      const freed = await freeCounter(ctx, params.id, form.get('clerk'), afterwards)
      if (freed.ok) return redirect(`${COUNTER_LIST}?erledigt=freigegeben`)
      return freed.fields ? freeing(ctx, params.id, freed.fields) : problem(freed)
    },
  }),
  action({
    path: `${COUNTER_LIST}/:id/betrieb`,
    access,
    params,
    handle: async (ctx, { params, form }) => {
      const inService = form.get('was') === 'ein'
      const done = await changeCounter(ctx, params.id, versionIn(form.get('version')), { inService })
      if (done.ok) return redirect(`${COUNTER_LIST}?erledigt=${inService ? 'in-betrieb' : 'ausser-betrieb'}`)
      return done.problem === 'counter-in-use' ? one(ctx, params.id, { refused: true }) : problem(done)
    },
  }),
  action({
    path: `${COUNTER_LIST}/:id/reihe`,
    access,
    params,
    handle: async (ctx, { params, form }) => {
      const moved = await moveCounter(ctx, params.id, form.get('wohin') === 'hoch' ? -1 : 1)
      return moved.ok ? redirect(`${COUNTER_LIST}#${rowId(params.id)}`) : problem(moved)
    },
  }),
]

async function list(ctx: Ctx, more: Partial<CountersView>): Promise<Reply> {
  const houses = await keptHouses(ctx)
  const clerks = await clerksAt(
    ctx,
    houses.flatMap(({ counters }) => counters),
  )
  const typed = { nameDe: '', nameEn: '', wayDe: '', wayEn: '', team: '', id: newId() }
  const view = { houses, clerks, typed, errors: {}, done: null, ...more }
  return htmlPage(countersPage(ctx, view), { status: Object.keys(view.errors).length > 0 ? 422 : 200 })
}

async function one(ctx: Ctx, id: string, more: Partial<CounterView> = {}): Promise<Reply> {
  const counter = await oneKept(ctx, id)
  const house = counter && (await keptHouses(ctx)).find(({ office }) => office.slug === counter.office)
  if (!counter || !house) return problem(fail('not-found'))
  const hanging = await hangingOn(ctx, counter)
  const standing = { typed: typedOf(counter), version: String(counter.version), errors: {}, refused: false }
  const view = { counter, house, hanging, ...standing, ...more }
  const status = view.refused ? 409 : Object.keys(view.errors).length > 0 ? 422 : 200
  return htmlPage(counterPage(ctx, view), { status })
}

async function freeing(ctx: Ctx, id: string, errors: Readonly<Record<string, string>>): Promise<Reply> {
  const counter = await oneKept(ctx, id)
  if (!counter) return problem(fail('not-found'))
  const { clerk, since } = counter
  // Left meanwhile.
  if (clerk === null || since === null) return redirect(`${COUNTER_LIST}/${id}`)
  const name = (await clerksAt(ctx, [counter])).get(clerk) ?? '–'
  const view = { counter: { ...counter, clerk, since }, clerk: name, visit: await visitAtCounter(ctx, id), errors }
  return htmlPage(freeCounterPage(ctx, view), { status: Object.keys(errors).length > 0 ? 422 : 200 })
}

const typedOf = ({ name, way, team }: KeptCounter): TypedCounter => ({
  nameDe: name.de,
  nameEn: name.en,
  wayDe: way.de,
  wayEn: way.en,
  team,
})

function typedIn(form: FormFields): TypedCounter {
  const words = (name: string, most: number) => form.get(name).trim().replace(/\s+/g, ' ').slice(0, most)
  return {
    nameDe: words('nameDe', LONGEST.name),
    nameEn: words('nameEn', LONGEST.name),
    wayDe: words('wayDe', LONGEST.way),
    wayEn: words('wayEn', LONGEST.way),
    team: form.get('team').slice(0, 120),
  }
}

function readWords(
  ctx: Ctx,
  typed: TypedCounter,
): { readonly words: CounterWords; readonly errors: Readonly<Record<string, string>> } {
  const { nameDe, nameEn, wayDe, wayEn } = typed
  const t = texts(ctx).counters
  const missing = (['nameDe', 'nameEn', 'wayDe', 'wayEn'] as const).filter((name) => typed[name] === '')
  return {
    words: { name: { de: nameDe, en: nameEn }, way: { de: wayDe, en: wayEn } },
    errors: Object.fromEntries(missing.map((name) => [name, t.missing[name]])),
  }
}

const versionIn = (typed: string): number => (/^\d{1,9}$/.test(typed) ? Number(typed) : 0)
