import type { Ctx } from '#platform/context.ts'
import { descriptionList } from '#platform/html/components/index.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { offerOf, titleIn } from '../../offer.ts'
import { changeOfQualifications, qualify, type Colleague, type Qualifying } from '../../use-cases/plan/duties.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { PEOPLE, qualificationsOf } from '../../views/plan/people.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { canField, servicesOf } from '../../views/plan/qualifications.ts'
import { choicesIn, stepIn } from './choices.ts'
import { ruleParams } from './one-team.ts'
import { emptyDuty, peopleDone, showPeople } from './people.ts'
import { peopleOf } from './place.ts'
import { afterChange } from './rule-work.ts'

/** What a colleague can do of what the account's teams of an office offer. */
export const qualificationRoutes: readonly Route[] = [
  action({
    path: `${PEOPLE}/:id/anliegen`,
    access: staff(PLAN),
    params: ruleParams,
    handle: async (ctx, req) => {
      const place = await peopleOf(ctx, req.form.get('office'))
      const person = place?.people.find(({ id }) => id === req.params.id)
      if (!place || !person) return problem(fail('not-found'))
      const { office } = place
      const among = servicesOf(place.teams)
      const can = [...new Set(req.form.all(canField(person)))]
      if (can.some((slug) => !among.includes(slug))) return problem(fail('bad-request'))
      const wanted = { account: person.id, among, can }
      const step = stepIn(req.form)
      if (step === 'form')
        return showPeople(ctx, office.slug, { typed: emptyDuty(ctx), errors: {}, done: null, typedCan: wanted })
      const asked = step === 'preview' ? await askAboutHits(ctx, place, person, wanted) : null
      if (asked) return asked
      const saved = await qualify(ctx, wanted, choicesIn(req.form, 'reseat'))
      return saved.ok ? redirect(afterChange(saved.value, peopleDone(office, 'gespeichert'))) : problem(saved)
    },
  }),
]

type Place = NonNullable<Awaited<ReturnType<typeof peopleOf>>>

/** What is to become of appointments that the person could do until now; null where there are none. */
async function askAboutHits(
  ctx: Ctx,
  { office, teams }: Place,
  person: Colleague,
  wanted: Qualifying,
): Promise<Reply | null> {
  const hits = await previewHits(ctx, changeOfQualifications(wanted))
  if (hits.length === 0) return null
  const t = texts(ctx).plan.people
  const offer = await offerOf(ctx)
  return htmlPage(
    previewPage(ctx, {
      kind: 'qualification',
      preline: t.qualifications,
      back: { path: `${PEOPLE}?dienststelle=${office.slug}`, label: t.title },
      what: descriptionList(ctx, [
        { label: t.who, value: person.name },
        { label: t.canDo, value: wanted.can.map((slug) => titleIn(offer, slug)).join(', ') || t.canUnstated },
      ]),
      action: qualificationsOf(person),
      hidden: [['office', office.slug], ...wanted.can.map((slug) => [canField(person), slug] as const)],
      // Those of other units are moved as well, but nobody else looks at them.
      hits: hits.filter((hit) => teams.some(({ id }) => id === hit.team)),
      offer,
    }),
  )
}
