import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { button, buttonGroup, checkboxesField, details, form, hiddenField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import type { Html } from '#platform/html/html.ts'
import { titleIn, type Offer } from '../../offer.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import type { Colleague, Qualifying } from '../../use-cases/plan/duties.ts'

export interface QualificationsView {
  readonly office: Office
  readonly teams: readonly NamedTeam[]
  readonly offer: Offer
  /** What somebody was about to save, and went back from. */
  readonly typedCan?: Qualifying
}

/** The form shows all people; each has fields of their own. */
export const canField = ({ id }: Pick<Colleague, 'id'>): string => `can-${id}`

export const servicesOf = (teams: readonly Pick<NamedTeam, 'services'>[]): string[] => [
  ...new Set(teams.flatMap(({ services }) => services)),
]

/** What one person can do, to be ticked. */
export function qualification(
  ctx: Ctx,
  { office, teams, offer, typedCan }: QualificationsView,
  person: Colleague,
  action: string,
): Html {
  const t = texts(ctx).plan.people
  const services = servicesOf(teams)
  const known = services.filter((slug) => person.can.includes(slug))
  const typed = typedCan?.account === person.id ? typedCan.can : null
  return details(
    {
      summary:
        person.can.length === 0
          ? t.unstated(person.name)
          : t.can(person.name, String(known.length), String(services.length)),
      open: typed !== null,
    },
    form(
      { action: href(ctx, action), label: person.name },
      hiddenField('office', office.slug),
      checkboxesField(ctx, {
        name: canField(person),
        label: t.canDo,
        optional: true,
        values: typed ?? known,
        choices: services.map((slug) => ({ value: slug, label: titleIn(offer, slug) })),
      }),
      buttonGroup(button({ label: t.saveCan, kind: 'secondary', about: person.name })),
    ),
  )
}
