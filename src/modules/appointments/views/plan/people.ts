import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonForm,
  buttonGroup,
  csvButton,
  emptyState,
  errorSummary,
  filterBar,
  form,
  hiddenField,
  link,
  pageHeading,
  prose,
  section,
  selectField,
  table,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { queryString } from '#platform/http/query.ts'
import type { Able } from '../../domain/abilities.ts'
import { titleIn, type Offer } from '../../offer.ts'
import type { NamedBlock } from '../../store/blocks.ts'
import type { ListedDuty } from '../../store/duties.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { lacking, type Colleague } from '../../use-cases/plan/abilities.ts'
import { isDuring } from '../../use-cases/plan/duties.ts'
import { blockSpan, blockWhen } from './block-form.ts'
import { CALENDAR } from './calendar.ts'
import { PLAN_STYLES, planTabs } from './frame.ts'
import { qualification, type QualificationsView } from './qualifications.ts'
import { stretchFields, type TypedStretch } from './stretch-fields.ts'

export const PEOPLE = '/workbench/termine/personal'

export interface TypedDuty extends TypedStretch {
  readonly account: string
  /** '' where it is for one day. */
  readonly lastDay: string
}

export interface PeopleView extends QualificationsView {
  readonly offices: readonly Office[]
  readonly teams: readonly NamedTeam[]
  readonly lanes: readonly string[]
  readonly people: readonly Colleague[]
  /** To come, the next ones first. */
  readonly duties: readonly ListedDuty[]
  /** Of their counters, in all that time. */
  readonly blocks: readonly NamedBlock[]
  readonly typed: TypedDuty
  readonly errors: Readonly<Record<string, string>>
  readonly done: 'eingeteilt' | 'gesperrt' | 'entfernt' | 'gespeichert' | 'keine' | null
}

/** `/workbench/termine/personal`: who sits where, and who can do what. */
export function peoplePage(ctx: Ctx, view: PeopleView): Html {
  const t = texts(ctx).plan.people
  const { done, errors, office, offices } = view
  return layout(ctx, {
    title: t.title,
    styles: PLAN_STYLES,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${errorSummary(ctx, errors)}
    ${done ? alert(ctx, { kind: done === 'gesperrt' || done === 'keine' ? 'warning' : 'success', title: t.done[done], live: true }) : nothing}
    ${pageHeading({
      title: t.title,
      preline: office.name[ctx.locale],
      lead: t.lead,
      actions: csvButton(ctx, href(ctx, `${PEOPLE}.csv${queryString({ dienststelle: office.slug })}`)),
    })} ${planTabs(ctx, 'people')}
    ${
      offices.length < 2
        ? nothing
        : filterBar(
            ctx,
            { action: href(ctx, PEOPLE) },
            selectField(ctx, {
              name: 'dienststelle',
              id: 'f-dienststelle',
              label: texts(ctx).plan.calendar.office,
              empty: null,
              optional: true,
              value: office.slug,
              choices: offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
            }),
          )
    }
    ${section({ title: t.duties }, dutyTable(ctx, view))} ${section({ title: t.assign }, dutyForm(ctx, view))}
    ${section(
      { title: t.qualifications },
      prose(html`<p>${t.qualificationsLead}</p>`),
      view.people.flatMap((person) =>
        person.abilities.map((ability) => qualification(ctx, view, { person, ability }, qualificationsOf(person))),
      ),
    )}`,
  })
}

/** What somebody can do. */
export const qualificationsOf = ({ id }: Pick<Colleague, 'id'>): string => `${PEOPLE}/${id}/anliegen`

/** For who plans nowhere. */
export function noPeoplePage(ctx: Ctx): Html {
  const t = texts(ctx).plan
  return layout(ctx, {
    title: t.people.title,
    main: html`${pageHeading({ title: t.people.title, actions: csvButton(ctx, href(ctx, `${PEOPLE}.csv`)) })}
    ${planTabs(ctx, 'people')} ${emptyState({ title: t.offices.emptyTitle, body: t.offices.emptyBody })}`,
  })
}

/** What speaks against a duty: services that somebody cannot give, and times at which the counter is blocked. */
export function dutyNotes(
  ctx: Ctx,
  { teams, offer, blocks }: Pick<PeopleView, 'teams' | 'offer' | 'blocks'>,
  duty: ListedDuty,
): string[] {
  const t = texts(ctx).plan
  const team = teams.find(({ id }) => id === duty.team)
  return [
    team ? ability(ctx, offer, duty.can, team) : '–',
    ...blocks
      .filter((block) => isDuring(block, duty))
      .map((block) => t.people.isBlocked(blockSpan(ctx, block), t.block.reasons[block.reason])),
  ]
}

/** What a counter gives while somebody sits there, by the shorter of both lists. */
function ability(ctx: Ctx, offer: Offer, can: Able, team: NamedTeam): string {
  const t = texts(ctx).plan.people
  const lacks = lacking(can, team)
  const given = team.services.filter((slug) => !lacks.includes(slug))
  const titles = (slugs: readonly string[]) => slugs.map((slug) => titleIn(offer, slug)).join(', ')
  if (can === null) return t.nothingStated
  if (lacks.length === 0) return t.canAll
  if (given.length === 0) return t.canNone
  return given.length <= lacks.length ? t.onlyFor(titles(given)) : t.allBut(titles(lacks))
}

function dutyTable(ctx: Ctx, view: PeopleView): Html {
  const { duties, people, office } = view
  const t = texts(ctx).plan.people
  const personOf = ({ account }: ListedDuty) => people.find(({ id }) => id === account)
  return table(ctx, {
    caption: t.duties,
    captionHidden: true,
    dense: true,
    rows: duties,
    columns: [
      {
        key: 'who',
        title: t.who,
        cell: ({ account }) =>
          link(
            href(ctx, `${CALENDAR}${queryString({ dienststelle: office.slug, ansicht: 'woche', person: account })}`),
            people.find(({ id }) => id === account)?.name ?? '–',
          ),
      },
      { key: 'where', title: t.where, cell: (duty) => blockWhen(ctx, duty, view.teams) },
      {
        key: 'notes',
        title: t.fits,
        cell: (duty) => dutyNotes(ctx, view, duty).map((note, i) => html`${i > 0 ? html`<br>` : nothing}${note}`),
      },
      {
        key: 'remove',
        title: t.remove,
        titleHidden: true,
        cell: (duty) =>
          buttonForm({
            action: href(ctx, `${PEOPLE}/${duty.id}`),
            label: t.remove,
            kind: 'tertiary',
            about: `${personOf(duty)?.name ?? ''}, ${blockWhen(ctx, duty)}`,
          }),
      },
    ],
    empty: emptyState({ title: t.emptyTitle, body: t.emptyBody, headingLevel: 3 }),
  })
}

function dutyForm(ctx: Ctx, { office, people, lanes, teams, typed, errors }: PeopleView): Html {
  const t = texts(ctx).plan
  return form(
    { action: href(ctx, PEOPLE) },
    hiddenField('office', office.slug),
    selectField(ctx, {
      name: 'account',
      label: t.people.who,
      value: typed.account,
      choices: people.map(({ id, name }) => ({ value: id, label: name })),
      error: errors['account'],
    }),
    stretchFields(ctx, {
      lanes,
      teams,
      typed,
      errors,
      lastDay: typed.lastDay,
      lastDayHint: t.people.lastDayHint,
    }),
    buttonGroup(button({ label: t.people.save })),
  )
}
