import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { descriptionList } from '#platform/html/components/index.ts'
import { queryChoice, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { formatDay, formatNumber } from '#platform/i18n/format.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { laneKey } from '../../domain/lane.ts'
import { lanesOn, openingsByDay } from '../../domain/plan.ts'
import { offerOf } from '../../offer.ts'
import { blocksIn } from '../../store/blocks.ts'
import { clashingDuties, type Duty } from '../../store/duties.ts'
import type { Colleague } from '../../use-cases/plan/abilities.ts'
import { assign, changeOfDuties, isDuring, unassign } from '../../use-cases/plan/duties.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { blockWhen } from '../../views/plan/block-form.ts'
import { noPeoplePage, PEOPLE, peoplePage, type PeopleView, type TypedDuty } from '../../views/plan/people.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { choicesIn, stepIn } from './choices.ts'
import { plannedTeams, ruleParams } from './one-team.ts'
import { peopleOf } from './place.ts'
import { afterChange } from './rule-work.ts'
import { readStretch, type ReadStretch } from './stretch.ts'

const access = staff(PLAN)
const DONE = ['eingeteilt', 'gesperrt', 'entfernt', 'gespeichert', 'keine'] as const

export const peopleRoutes: readonly Route[] = [
  page({
    path: PEOPLE,
    access,
    handle: (ctx, req) =>
      showPeople(ctx, queryText(req, 'dienststelle'), {
        typed: emptyDuty(ctx),
        errors: {},
        done: queryChoice(req, 'erledigt', DONE),
      }),
  }),
  action({
    path: PEOPLE,
    access,
    handle: async (ctx, req) => {
      const typed = typedIn(req.form)
      const place = await peopleOf(ctx, req.form.get('office'))
      if (!place) return problem(fail('bad-request'))
      const t = texts(ctx).plan.people
      const errors: Record<string, string> = {}
      const person = place.people.find(({ id }) => id === typed.account)
      if (!person) errors['account'] = t.whoMissing
      const read = await readDuties(ctx, typed, place.lanes)
      if ('errors' in read) Object.assign(errors, read.errors)
      const again = (wrong: Record<string, string>) =>
        showPeople(ctx, place.office.slug, { typed, errors: wrong, done: null })
      const step = stepIn(req.form)
      if (!person || 'errors' in read || step === 'form') return again(step === 'form' ? {} : errors)
      const { duties } = read
      const clash = await elsewhere(ctx, duties)
      if (clash) return again({ account: clash })
      const asked = step === 'preview' ? await askAboutHits(ctx, { office: place.office, typed, person, duties }) : null
      if (asked) return asked
      const assigned = await assign(ctx, duties, choicesIn(req.form, 'reseat'))
      if (!assigned.ok) return again({ account: t.elsewhere })
      const [first, last] = [duties[0], duties.at(-1)!]
      const blocks = await blocksIn(ctx, [first.team], { from: first.startsAt, to: last.endsAt })
      const isBlocked = blocks.some((block) => duties.some((duty) => isDuring(block, duty)))
      const done = isBlocked ? 'gesperrt' : 'eingeteilt'
      return redirect(afterChange(assigned.value, peopleDone(place.office, done)))
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
      const office = offices.find((one) => one.slug === slug)!
      return redirect(peopleDone(office, 'entfernt'))
    },
  }),
]

type Duties = readonly [Duty, ...Duty[]]

/** On one day, or on each of several on which the counter opens, at the same time of the day; on the first where it opens on none. */
async function readDuties(
  ctx: Ctx,
  typed: TypedDuty,
  lanes: readonly string[],
): Promise<{ readonly duties: Duties } | { readonly errors: Readonly<Record<string, string>> }> {
  const first = readStretch(ctx, { ...typed, lastDay: '' }, lanes)
  if ('errors' in first) return first
  const all = readStretch(ctx, typed, lanes, texts(ctx).plan.people.tooManyDays)
  if ('errors' in all) return all
  // Whoever goes back in the browser and sends the form again means another duty.
  const dutyOf = (stretch: ReadStretch): Duty => ({ id: newId(), account: typed.account, ...stretch })
  const begin = cityDate(first.startsAt)
  const more = begin.until(cityDate(all.endsAt.subtract({ seconds: 1 }))).days
  if (more === 0) return { duties: [dutyOf(first)] }
  const { plan, teams } = await plannedTeams(ctx)
  const openOn = openingsByDay(
    plan,
    teams.find(({ id }) => id === first.team)!,
  )
  const [one = first, ...others] = Array.from({ length: more + 1 }, (_, i) => begin.add({ days: i }))
    .filter((day) => lanesOn(openOn(day)).some((lane) => laneKey(lane) === first.lane))
    .map((day) => readStretch(ctx, { ...typed, day: dayText(day), lastDay: '' }, lanes))
    .flatMap((stretch) => ('errors' in stretch ? [] : [stretch]))
  return { duties: [dutyOf(one), ...others.map(dutyOf)] }
}

/** That the person or the counter is taken, of several days on which one; null: they are free. */
async function elsewhere(ctx: Ctx, duties: Duties): Promise<string | null> {
  const t = texts(ctx).plan.people
  const [i] = await clashingDuties(ctx, { added: duties, gone: [] })
  if (i === undefined) return null
  return duties.length === 1 ? t.elsewhere : t.elsewhereOn(formatDay(ctx, duties[i]!.startsAt))
}

export const peopleDone = ({ slug }: Office, done: (typeof DONE)[number]): string =>
  `${PEOPLE}?dienststelle=${slug}&erledigt=${done}`

export const emptyDuty = (ctx: Ctx): TypedDuty => ({
  account: '',
  lane: '',
  day: dayText(today(ctx.clock)),
  from: '',
  to: '',
  lastDay: '',
})

const typedIn = (form: FormFields): TypedDuty => ({
  account: form.get('account').slice(0, 40),
  lane: form.get('lane').slice(0, 160),
  day: form.get('day').trim().slice(0, 20),
  from: form.get('from').trim().slice(0, 20),
  to: form.get('to').trim().slice(0, 20),
  lastDay: form.get('lastDay').trim().slice(0, 20),
})

export async function showPeople(
  ctx: Ctx,
  slug: string,
  more: Pick<PeopleView, 'typed' | 'errors' | 'done' | 'typedCan'>,
): Promise<Reply> {
  const shown = await peopleOf(ctx, slug)
  if (!shown) return slug === '' ? htmlPage(noPeoplePage(ctx)) : problem(fail('not-found'))
  const status = Object.keys(more.errors).length > 0 ? 422 : 200
  return htmlPage(peoplePage(ctx, { ...shown, ...more }), { status })
}

/** What is to become of appointments that whoever would sit there cannot do; null where there are none. */
async function askAboutHits(
  ctx: Ctx,
  {
    office,
    typed,
    person,
    duties,
  }: { readonly office: Office; readonly typed: TypedDuty; readonly person: Colleague; readonly duties: Duties },
): Promise<Reply | null> {
  const hits = await previewHits(ctx, changeOfDuties({ team: duties[0].team, gone: [], added: duties }))
  if (hits.length === 0) return null
  const t = texts(ctx).plan.people
  const more = duties.length - 1
  const days = more === 0 ? '' : `, ${t.andDays(more, formatNumber(ctx, more))}`
  return htmlPage(
    previewPage(ctx, {
      kind: 'duty',
      preline: t.assign,
      back: { path: `${PEOPLE}?dienststelle=${office.slug}`, label: t.title },
      what: descriptionList(ctx, [
        { label: t.who, value: person.name },
        { label: t.where, value: `${blockWhen(ctx, duties[0])}${days}` },
      ]),
      action: PEOPLE,
      hidden: [...Object.entries(typed), ['office', office.slug]],
      hits,
      offer: await offerOf(ctx),
    }),
  )
}
