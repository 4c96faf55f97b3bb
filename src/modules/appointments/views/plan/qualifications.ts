import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  checkboxesField,
  details,
  form,
  hiddenField,
  radioField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import type { Able } from '../../domain/abilities.ts'
import { titleIn, type Offer } from '../../offer.ts'
import { texts } from '../../texts/index.ts'
import type { Colleague, Qualifying } from '../../use-cases/plan/abilities.ts'

export interface QualificationsView {
  readonly office: Office
  /** By the units of the teams of the office: what they offer, in all their houses. */
  readonly servicesIn: ReadonlyMap<string, readonly string[]>
  /** Of units. */
  readonly names: ReadonlyMap<string, string>
  readonly offer: Offer
  /** What somebody was about to save, and went back from. */
  readonly typedCan?: Qualifying
}

export interface ShownAbility {
  readonly person: Pick<Colleague, 'id' | 'name'>
  readonly ability: Colleague['abilities'][number]
}

/** The form shows all people in all units; each has fields of their own. */
export const canField = (account: string, unit: string): string => `can-${account}-${unit}`
/** `all` or `only`. */
export const whichField = (account: string, unit: string): string => `which-${account}-${unit}`

/** What one person can do at the counters of a unit: all of it, or what is ticked. */
export function qualification(
  ctx: Ctx,
  { office, servicesIn, names, offer, typedCan }: QualificationsView,
  { person, ability }: ShownAbility,
  action: string,
): Html {
  const t = texts(ctx).plan.people
  const { unit, version } = ability
  const services = servicesIn.get(unit) ?? []
  const name = servicesIn.size > 1 ? t.inUnit(person.name, names.get(unit) ?? unit) : person.name
  const typed = typedCan?.account === person.id && typedCan.unit === unit ? typedCan : null
  const can = typed ? typed.can : ability.can
  return details(
    { summary: summary(ctx, name, ability.can, services), open: typed !== null },
    form(
      { action: href(ctx, action), label: name },
      hiddenField('office', office.slug),
      hiddenField('unit', unit),
      hiddenField('seen', String(version)),
      radioField(ctx, {
        name: whichField(person.id, unit),
        label: t.canDo,
        value: can === null ? 'all' : 'only',
        choices: [
          { value: 'all', label: t.allOfTeam },
          { value: 'only', label: t.onlyThese, hint: t.noneTicked },
        ],
      }),
      html`<div class="ap-only-these">${checkboxesField(ctx, {
        name: canField(person.id, unit),
        label: t.whichOnes,
        values: can ?? [],
        choices: services.map((slug) => ({ value: slug, label: titleIn(offer, slug) })),
      })}</div>`,
      buttonGroup(button({ label: t.saveCan, kind: 'secondary', about: name })),
    ),
  )
}

function summary(ctx: Ctx, name: string, can: Able, services: readonly string[]): string {
  const t = texts(ctx).plan.people
  if (can === null) return t.unstated(name)
  const known = services.filter((slug) => can.includes(slug)).length
  return known === 0 ? t.none(name) : t.can(name, String(known), String(services.length))
}
