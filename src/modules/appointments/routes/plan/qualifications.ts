import type { Ctx } from '#platform/context.ts'
import { descriptionList } from '#platform/html/components/index.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import type { Able } from '../../domain/abilities.ts'
import { offerOf, titleIn, type Offer } from '../../offer.ts'
import { changeOfAbility, qualify, type Colleague, type Qualifying } from '../../use-cases/plan/abilities.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { PEOPLE, qualificationsOf } from '../../views/plan/people.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { canField, whichField } from '../../views/plan/qualifications.ts'
import { choicesIn, stepIn } from './choices.ts'
import { ruleParams } from './one-team.ts'
import { emptyDuty, peopleDone, showPeople } from './people.ts'
import { peopleOf } from './place.ts'
import { afterChange, seenIn } from './rule-work.ts'

/** What a colleague can do of what a unit offers for which the account plans. */
export const qualificationRoutes: readonly Route[] = [
  action({
    path: `${PEOPLE}/:id/anliegen`,
    access: staff(PLAN),
    params: ruleParams,
    handle: async (ctx, req) => {
      const place = await peopleOf(ctx, req.form.get('office'))
      const person = place?.people.find(({ id }) => id === req.params.id)
      const unit = req.form.get('unit')
      if (!place || !person?.abilities.some((one) => one.unit === unit)) return problem(fail('not-found'))
      const can = canIn(req.form, person.id, unit)
      if (can === undefined || can?.some((slug) => !place.servicesIn.get(unit)?.includes(slug)))
        return problem(fail('bad-request'))
      const wanted = { account: person.id, unit, can, seen: seenIn(req.form) }
      const step = stepIn(req.form)
      if (step === 'form')
        return showPeople(ctx, place.office.slug, { typed: emptyDuty(ctx), errors: {}, done: null, typedCan: wanted })
      const asked = step === 'preview' ? await askAboutHits(ctx, place, person, wanted) : null
      if (asked) return asked
      const saved = await qualify(ctx, wanted, choicesIn(req.form, 'reseat'))
      const done = peopleDone(place.office, can?.length === 0 ? 'keine' : 'gespeichert')
      return saved.ok ? redirect(afterChange(saved.value, done)) : problem(saved)
    },
  }),
]

/** undefined: neither all nor only these was said. */
function canIn(form: FormFields, account: string, unit: string): Able | undefined {
  const which = form.get(whichField(account, unit))
  if (which === 'all') return null
  return which === 'only' ? [...new Set(form.all(canField(account, unit)))] : undefined
}

type Place = NonNullable<Awaited<ReturnType<typeof peopleOf>>>

/** What is to become of appointments that the person could do until now; null where there are none. */
async function askAboutHits(ctx: Ctx, { office }: Place, person: Colleague, wanted: Qualifying): Promise<Reply | null> {
  const hits = await previewHits(ctx, changeOfAbility(wanted))
  if (hits.length === 0) return null
  const t = texts(ctx).plan.people
  const offer = await offerOf(ctx)
  const { unit, can, seen } = wanted
  return htmlPage(
    previewPage(ctx, {
      kind: 'qualification',
      preline: t.qualifications,
      back: { path: `${PEOPLE}?dienststelle=${office.slug}`, label: t.title },
      what: descriptionList(ctx, [
        { label: t.who, value: person.name },
        { label: t.canDo, value: canWords(ctx, offer, can) },
      ]),
      action: qualificationsOf(person),
      hidden: [
        ['office', office.slug],
        ['unit', unit],
        ['seen', String(seen)],
        [whichField(person.id, unit), can === null ? 'all' : 'only'],
        ...(can ?? []).map((slug) => [canField(person.id, unit), slug] as const),
      ],
      hits,
      offer,
    }),
  )
}

function canWords(ctx: Ctx, offer: Offer, can: Able): string {
  const t = texts(ctx).plan.people
  if (can === null) return t.allOfTeam
  return can.map((slug) => titleIn(offer, slug)).join(', ') || t.nothingAtAll
}
