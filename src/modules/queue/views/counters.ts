import { teamName, type NamedTeam } from '#modules/appointments/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  backLink,
  badge,
  button,
  buttonForm,
  buttonGroup,
  csvButton,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  link,
  linkButton,
  pageHeading,
  section,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { KeptCounter } from '../store/kept-counters.ts'
import { texts } from '../texts/index.ts'
import type { Hanging, KeptHouse } from '../use-cases/keep-counters.ts'
import { DESK } from './seats.ts'

export const COUNTER_LIST = `${DESK}/schalter`
export const LONGEST = { name: 40, way: 120 }

export interface TypedCounter {
  readonly nameDe: string
  readonly nameEn: string
  readonly wayDe: string
  readonly wayEn: string
  readonly team: string
}
type Errors = Readonly<Record<string, string>>

export const DONE = ['eingetragen', 'gespeichert', 'ausser-betrieb', 'in-betrieb', 'freigegeben'] as const

export interface CountersView {
  readonly houses: readonly KeptHouse[]
  /** Who sits at the counters, by account. */
  readonly clerks: ReadonlyMap<string, string>
  readonly typed: TypedCounter & { readonly id: string }
  readonly errors: Errors
  readonly done: (typeof DONE)[number] | null
}

/** `/workbench/aufruf/schalter`: the counters of the own units, house by house. */
export function countersPage(ctx: Ctx, view: CountersView): Html {
  const t = texts(ctx).counters
  const { houses, errors, done } = view
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${may(ctx, 'queue.call') ? backLink(ctx, href(ctx, DESK), texts(ctx).desk.visitBack) : nothing}
    ${errorSummary(ctx, errors)} ${done ? alert(ctx, { kind: 'success', title: t.done[done], live: true }) : nothing}
    ${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: html`${houses.length === 0 ? nothing : linkButton({ label: t.add, href: '#neu' })}
      ${csvButton(ctx, href(ctx, `${COUNTER_LIST}.csv`))}`,
    })}
    ${
      houses.length === 0
        ? emptyState({ title: t.noTeam, body: t.noTeamBody })
        : html`${houses.map((house) => section({ title: house.office.name[ctx.locale] }, houseTable(ctx, view, house)))}
          ${section({ title: t.add, id: 'neu' }, addForm(ctx, view))}`
    }`,
  })
}

function houseTable(ctx: Ctx, { clerks }: CountersView, { office, teams, counters }: KeptHouse): Html {
  const t = texts(ctx).counters
  const nameOf = new Map(teams.map(({ id, name }) => [id, name[ctx.locale]]))
  return table(ctx, {
    caption: t.caption(office.name[ctx.locale]),
    captionHidden: true,
    dense: true,
    rows: counters,
    columns: [
      {
        key: 'name',
        title: t.name,
        cell: ({ id, name }) => html`<span id="${rowId(id)}">${link(counterHref(ctx, id), name[ctx.locale])}</span>`,
      },
      { key: 'way', title: t.way, cell: ({ way }) => way[ctx.locale] },
      ...(teams.length > 1
        ? [{ key: 'team', title: t.team, cell: ({ team }: KeptCounter) => nameOf.get(team) ?? team }]
        : []),
      { key: 'state', title: t.state, cell: (counter) => stateBadge(ctx, counter, clerks) },
      ...(counters.length > 1
        ? [{ key: 'order', title: t.order, cell: (counter: KeptCounter) => orderButtons(ctx, counters, counter) }]
        : []),
    ],
    empty: emptyState({ title: t.empty, body: t.emptyBody, headingLevel: 3 }),
  })
}

export const rowId = (id: string): string => `schalter-${id}`

/** As they stand here they stand everywhere: where clerks choose, and where people look for the way. */
function orderButtons(ctx: Ctx, row: readonly KeptCounter[], { id, name }: KeptCounter): Html {
  const t = texts(ctx).counters
  const to = (wohin: 'hoch' | 'runter') =>
    buttonForm({
      action: `${counterHref(ctx, id)}/reihe`,
      label: t.orders[wohin],
      kind: 'tertiary',
      fields: { wohin },
      about: name[ctx.locale],
    })
  return buttonGroup(row[0]!.id === id ? nothing : to('hoch'), row.at(-1)!.id === id ? nothing : to('runter'))
}

function stateOf(ctx: Ctx, { inService, clerk }: KeptCounter, clerks: CountersView['clerks']) {
  const t = texts(ctx)
  if (!inService) return { kind: 'neutral', label: t.counters.outOfService, who: null } as const
  if (clerk === null) return { kind: 'info', label: t.desk.free, who: null } as const
  return { kind: 'success', label: t.counters.taken, who: clerks.get(clerk) ?? '–' } as const
}

function stateBadge(...counter: Parameters<typeof stateOf>): Html {
  const { kind, label, who } = stateOf(...counter)
  return html`${badge({ kind, label, small: true })} ${who ?? nothing}`
}

/** The same as words, for a table to save. */
export function stateWords(...counter: Parameters<typeof stateOf>): string {
  const { label, who } = stateOf(...counter)
  return who === null ? label : `${label}: ${who}`
}

function addForm(ctx: Ctx, { houses, typed, errors }: CountersView): Html {
  const t = texts(ctx).counters
  return form(
    { action: href(ctx, COUNTER_LIST) },
    hiddenField('id', typed.id),
    teamField(ctx, houses, typed, errors),
    wordFields(ctx, typed, errors),
    button({ label: t.add }),
  )
}

function teamField(
  ctx: Ctx,
  houses: readonly KeptHouse[],
  { team: value }: TypedCounter,
  errors: Errors,
  hint?: string,
): Html {
  const choices = houses.flatMap(({ office, teams }) =>
    teams.map((team: NamedTeam) => ({ value: team.id, label: teamName(ctx, team, office) })),
  )
  if (choices.length === 1) return hiddenField('team', choices[0]!.value)
  const label = texts(ctx).counters.forTeam
  return selectField(ctx, { name: 'team', label, hint, value, choices, error: errors['team'] })
}

const wordFields = (ctx: Ctx, typed: TypedCounter, errors: Errors): Html[] => {
  const t = texts(ctx).counters
  return (['nameDe', 'nameEn', 'wayDe', 'wayEn'] as const).map((name) =>
    textField(ctx, {
      name,
      label: t.fields[name],
      hint: t.hints[name],
      value: typed[name],
      error: errors[name],
      maxLength: name.startsWith('name') ? LONGEST.name : LONGEST.way,
      width: 30,
      autocomplete: 'off',
    }),
  )
}

export interface CounterView {
  readonly counter: KeptCounter
  readonly house: KeptHouse
  readonly hanging: Hanging | null
  /** The version that somebody changes. */
  readonly version: string
  readonly typed: TypedCounter
  readonly errors: Errors
  /** It was to be put out of service, and could not. */
  readonly refused: boolean
}

/** `/workbench/aufruf/schalter/:id` */
export function counterPage(ctx: Ctx, view: CounterView): Html {
  const t = texts(ctx).counters
  const { counter, house, errors, typed, version } = view
  const name = counter.name[ctx.locale]
  return layout(ctx, {
    title: name,
    hasErrors: Object.keys(errors).length > 0,
    main: html`${backLink(ctx, href(ctx, COUNTER_LIST), t.title)} ${errorSummary(ctx, errors)}
    ${view.refused ? alert(ctx, { kind: 'warning', title: t.inUse, live: true }) : nothing}
    ${pageHeading({ title: name, preline: house.office.name[ctx.locale] })}
    ${form(
      { action: counterHref(ctx, counter.id) },
      hiddenField('version', version),
      teamField(ctx, [house], typed, errors, t.otherTeam),
      wordFields(ctx, typed, errors),
      button({ label: texts(ctx).desk.save }),
    )}
    ${section({ title: counter.inService ? t.close : t.outOfService }, service(ctx, view))}`,
  })
}

function service(ctx: Ctx, { counter, hanging }: CounterView): Html {
  const t = texts(ctx).counters
  if (hanging)
    return html`<p>${hangingWords(ctx, hanging)}</p>
      ${counter.clerk === null ? nothing : linkButton({ label: t.free.link, href: `${counterHref(ctx, counter.id)}/freigeben`, kind: 'secondary' })}`
  return html`<p>${counter.inService ? t.closeLead : t.reopenLead}</p>
    ${buttonForm({
      label: counter.inService ? t.close : t.reopen,
      action: `${counterHref(ctx, counter.id)}/betrieb`,
      fields: { was: counter.inService ? 'aus' : 'ein', version: String(counter.version) },
    })}`
}

/** "Der Schalter bleibt vorerst in Betrieb: Hier sitzt Ada Beispiel, und die Nummer A 014 gehört hierher." */
export function hangingWords(ctx: Pick<Ctx, 'locale'>, { clerk, tickets }: Hanging): string {
  const t = texts(ctx).counters
  const list = new Intl.ListFormat(ctx.locale).format(tickets)
  if (clerk === null) return t.hangs.tickets(tickets.length, list)
  return tickets.length === 0 ? t.hangs.clerk(clerk) : t.hangs.both(clerk, tickets.length, list)
}

export const counterHref = (ctx: Ctx, id: string): string => href(ctx, `${COUNTER_LIST}/${id}`)
