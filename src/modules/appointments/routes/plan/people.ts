import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryChoice, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { laneKey } from '../../domain/lane.ts'
import { lanesOf } from '../../domain/plan.ts'
import { offerOf } from '../../offer.ts'
import { blocksIn } from '../../store/blocks.ts'
import { dutiesIn } from '../../store/duties.ts'
import { assign, colleaguesOf, isDuring, qualify, unassign } from '../../use-cases/plan/duties.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { dayText } from '../../typed-rule.ts'
import { noPeoplePage, PEOPLE, peoplePage, type PeopleView, type TypedDuty } from '../../views/plan/people.ts'
import { ruleParams, plannedTeams } from './one-team.ts'
import { readStretch } from './stretch.ts'

const access = staff(PLAN)
/** Duties are shown so far ahead. */
const SHOWN: Temporal.DurationLike = { hours: 370 * 24 }
const DONE = ['eingeteilt', 'gesperrt', 'entfernt', 'gespeichert'] as const

export const peopleRoutes: readonly Route[] = [
  page({
    path: PEOPLE,
    access,
    handle: (ctx, req) =>
      show(ctx, queryText(req, 'dienststelle'), {
        typed: { id: newId(), account: '', lane: '', day: dayText(today(ctx.clock)), from: '', to: '' },
        errors: {},
        done: queryChoice(req, 'erledigt', DONE),
      }),
  }),
  action({
    path: PEOPLE,
    access,
    handle: async (ctx, req) => {
      const typed = typedIn(req.form)
      const place = await placeOf(ctx, req.form.get('office'))
      if (!place || !isId(typed.id)) return problem(fail('bad-request'))
      const t = texts(ctx).plan.people
      const errors: Record<string, string> = {}
      const people = await colleaguesOf(ctx, place.office)
      if (!people.some(({ id }) => id === typed.account)) errors['account'] = t.whoMissing
      const stretch = readStretch(ctx, typed, place.lanes)
      if ('errors' in stretch) Object.assign(errors, stretch.errors)
      const again = (wrong: Record<string, string>) =>
        show(ctx, place.office.slug, { typed, errors: wrong, done: null })
      if ('errors' in stretch || Object.keys(errors).length > 0) return again(errors)
      const assigned = await assign(ctx, { id: typed.id, account: typed.account, ...stretch })
      if (!assigned.ok) return again({ account: t.elsewhere })
      const blocks = await blocksIn(ctx, [stretch.team], { from: stretch.startsAt, to: stretch.endsAt })
      return back(place.office, blocks.some((block) => isDuring(block, stretch)) ? 'gesperrt' : 'eingeteilt')
    },
  }),
  action({
    path: `${PEOPLE}/:id`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const { teams, offices } = await plannedTeams(ctx)
      const gone = await unassign(
        ctx,
        req.params.id,
        teams.map(({ id }) => id),
      )
      if (!gone.ok) return problem(gone)
      const slug = teams.find(({ id }) => id === gone.value.team)!.office
      return back(
        offices.find((office) => office.slug === slug)!,
        'entfernt',
      )
    },
  }),
  action({
    path: `${PEOPLE}/:id/anliegen`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const place = await placeOf(ctx, req.form.get('office'))
      const person = place && (await colleaguesOf(ctx, place.office)).find(({ id }) => id === req.params.id)
      if (!place || !person) return problem(fail('not-found'))
      const among = [...new Set(place.teams.flatMap((team) => team.services))]
      await qualify(
        ctx,
        person.id,
        among,
        req.form.all(`can-${person.id}`).filter((slug) => among.includes(slug)),
      )
      return back(place.office, 'gespeichert')
    },
  }),
]

const back = ({ slug }: Office, done: (typeof DONE)[number]) =>
  redirect(`${PEOPLE}?dienststelle=${slug}&erledigt=${done}`)

const typedIn = (form: FormFields): TypedDuty => ({
  id: form.get('id'),
  account: form.get('account').slice(0, 40),
  lane: form.get('lane').slice(0, 160),
  day: form.get('day').trim().slice(0, 20),
  from: form.get('from').trim().slice(0, 20),
  to: form.get('to').trim().slice(0, 20),
})

/** An office for which the account plans, with its teams and all lanes that their rules give them; '' is the first. */
export async function placeOf(ctx: Ctx, slug: string) {
  const { offices, plan, teams } = await plannedTeams(ctx)
  const withTeams = offices.filter((one) => teams.some((team) => team.office === one.slug))
  const office = withTeams.find((one) => one.slug === slug) ?? (slug === '' ? withTeams[0] : undefined)
  if (!office) return null
  const own = teams.filter((team) => team.office === office.slug)
  const rules = plan.rules.filter(({ team }) => own.some(({ id }) => id === team))
  const lanes = [...new Set(rules.flatMap((rule) => lanesOf({ rule }).map(laneKey)))]
  return { office, offices: withTeams, teams: own, lanes }
}

async function show(ctx: Ctx, slug: string, more: Pick<PeopleView, 'typed' | 'errors' | 'done'>): Promise<Reply> {
  const shown = await peopleOf(ctx, slug)
  if (!shown) return slug === '' ? htmlPage(noPeoplePage(ctx)) : problem(fail('not-found'))
  const status = Object.keys(more.errors).length > 0 ? 422 : 200
  return htmlPage(peoplePage(ctx, { ...shown, ...more }), { status })
}

/** Who sits where from now on; null where the account plans for no such office. */
export async function peopleOf(ctx: Ctx, slug: string) {
  const place = await placeOf(ctx, slug)
  if (!place) return null
  const now = ctx.clock.now()
  const span = { from: now, to: now.add(SHOWN) }
  const ids = place.teams.map(({ id }) => id)
  const [duties, blocks] = [await dutiesIn(ctx, ids, span), await blocksIn(ctx, ids, span)]
  return { ...place, people: await colleaguesOf(ctx, place.office), duties, blocks, offer: await offerOf(ctx) }
}
