import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { descriptionList } from '#platform/html/components/index.ts'
import { isId, queryChoice, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { dayText } from '#platform/time/day.ts'
import { offerOf } from '../../offer.ts'
import { blocksIn } from '../../store/blocks.ts'
import type { Duty } from '../../store/duties.ts'
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
import { readStretch } from './stretch.ts'

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
      if (!place || !isId(typed.id)) return problem(fail('bad-request'))
      const t = texts(ctx).plan.people
      const errors: Record<string, string> = {}
      const person = place.people.find(({ id }) => id === typed.account)
      if (!person) errors['account'] = t.whoMissing
      const stretch = readStretch(ctx, typed, place.lanes)
      if ('errors' in stretch) Object.assign(errors, stretch.errors)
      const again = (wrong: Record<string, string>) =>
        showPeople(ctx, place.office.slug, { typed, errors: wrong, done: null })
      const step = stepIn(req.form)
      if (!person || 'errors' in stretch || step === 'form') return again(step === 'form' ? {} : errors)
      const duty = { id: typed.id, account: typed.account, ...stretch }
      const asked = step === 'preview' ? await askAboutHits(ctx, { office: place.office, typed, person, duty }) : null
      if (asked) return asked
      const assigned = await assign(ctx, duty, choicesIn(req.form, 'reseat'))
      if (!assigned.ok) return again({ account: t.elsewhere })
      const blocks = await blocksIn(ctx, [stretch.team], { from: stretch.startsAt, to: stretch.endsAt })
      const done = blocks.some((block) => isDuring(block, stretch)) ? 'gesperrt' : 'eingeteilt'
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

export const peopleDone = ({ slug }: Office, done: (typeof DONE)[number]): string =>
  `${PEOPLE}?dienststelle=${slug}&erledigt=${done}`

export const emptyDuty = (ctx: Ctx): TypedDuty => ({
  id: newId(),
  account: '',
  lane: '',
  day: dayText(today(ctx.clock)),
  from: '',
  to: '',
})

const typedIn = (form: FormFields): TypedDuty => ({
  id: form.get('id'),
  account: form.get('account').slice(0, 40),
  lane: form.get('lane').slice(0, 160),
  day: form.get('day').trim().slice(0, 20),
  from: form.get('from').trim().slice(0, 20),
  to: form.get('to').trim().slice(0, 20),
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
    duty,
  }: { readonly office: Office; readonly typed: TypedDuty; readonly person: Colleague; readonly duty: Duty },
): Promise<Reply | null> {
  const hits = await previewHits(ctx, changeOfDuties({ team: duty.team, gone: [], added: [duty] }))
  if (hits.length === 0) return null
  const t = texts(ctx).plan.people
  return htmlPage(
    previewPage(ctx, {
      kind: 'duty',
      preline: t.assign,
      back: { path: `${PEOPLE}?dienststelle=${office.slug}`, label: t.title },
      what: descriptionList(ctx, [
        { label: t.who, value: person.name },
        { label: t.where, value: blockWhen(ctx, duty) },
      ]),
      action: PEOPLE,
      hidden: [...Object.entries(typed), ['office', office.slug]],
      hits,
      offer: await offerOf(ctx),
    }),
  )
}
