import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  badge,
  buttonGroup,
  csvButton,
  emptyState,
  filterBar,
  link,
  linkButton,
  pageHeading,
  pagination,
  selectField,
  table,
  tabs,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { queryString } from '#platform/http/query.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { today } from '#platform/time/clock.ts'
import { isOverdue, type Document } from '../domain/document.ts'
import { STANDINGS, type DocumentFilter, type Standing } from '../store/documents.ts'
import { texts } from '../texts/index.ts'

export const LIST = '/workbench/abholung'
export const PAGE_SIZE = 50

/** What stands around documents: their offices, and the names of lockers by id. */
export interface Around {
  readonly offices: readonly Office[]
  readonly lockers: ReadonlyMap<string, string>
}

export interface ListView extends Around {
  readonly documents: readonly Document[]
  readonly filter: DocumentFilter
  readonly counts: Readonly<Record<Standing | 'all', number>>
  readonly page: number
}

const queryOf = (filter: DocumentFilter, page = 1): string =>
  queryString({
    stand: filter.standing,
    dienststelle: filter.office,
    q: filter.text,
    seite: page === 1 ? null : page,
  })

export function listPage(ctx: Ctx, view: ListView): Html {
  const t = texts(ctx).staff
  const { filter, counts } = view
  const at = (change: Partial<DocumentFilter>) => href(ctx, `${LIST}${queryOf({ ...filter, ...change })}`)
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: buttonGroup(
        linkButton({ label: t.add, href: href(ctx, `${LIST}/neu`), kind: 'primary', icon: 'add' }),
        csvButton(ctx, href(ctx, `${LIST}.csv${queryOf(filter)}`)),
        linkButton({
          label: t.custodyCsv,
          href: href(ctx, `${LIST}/verwahrung.csv`),
          kind: 'tertiary',
          icon: 'download',
          download: true,
        }),
      ),
    })}
    ${tabs(t.tabs, [
      { label: t.standings.all, href: at({ standing: null }), current: filter.standing === null, count: counts.all },
      ...STANDINGS.map((standing) => ({
        label: t.standings[standing],
        href: at({ standing }),
        current: filter.standing === standing,
        count: counts[standing],
      })),
    ])}
    ${filters(ctx, view)} ${rows(ctx, view)}
    ${pagination(ctx, {
      page: view.page,
      pageSize: PAGE_SIZE,
      total: counts[filter.standing ?? 'all'],
      href: (page) => href(ctx, `${LIST}${queryOf(filter, page)}`),
    })}`,
  })
}

function filters(ctx: Ctx, { filter, offices }: ListView): Html {
  const t = texts(ctx).staff
  return filterBar(
    ctx,
    { action: href(ctx, LIST), resetHref: href(ctx, LIST), hidden: filter.standing ? { stand: filter.standing } : {} },
    textField(ctx, {
      name: 'q',
      label: t.search,
      hint: t.searchHint,
      value: filter.text,
      type: 'search',
      optional: true,
      maxLength: 80,
      width: 20,
    }),
    selectField(ctx, {
      name: 'dienststelle',
      label: t.office,
      empty: t.allOffices,
      optional: true,
      value: filter.office,
      choices: offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] })),
    }),
  )
}

function rows(ctx: Ctx, view: ListView): Html {
  const t = texts(ctx).staff
  const isFiltered = view.filter.text !== '' || view.filter.office !== null || view.filter.standing !== null
  return table(ctx, {
    caption: t.title,
    captionHidden: true,
    dense: true,
    rows: view.documents,
    columns: [
      { key: 'what', title: t.what, cell: ({ id, title }) => link(href(ctx, `${LIST}/${id}`), title) },
      { key: 'name', title: t.name, cell: ({ name }) => name || t.unknown },
      { key: 'place', title: t.place, cell: (document) => placeWords(ctx, document, view) },
      { key: 'collectBy', title: t.collectBy, nowrap: true, cell: ({ collectBy }) => formatShortDate(ctx, collectBy) },
      { key: 'state', title: t.state, cell: (document) => stateBadges(ctx, document) },
    ],
    empty: emptyState({ title: t.empty, body: isFiltered ? t.emptyFiltered : t.emptyBody }),
  })
}

/** The counter of an office, or the compartment of a locker. */
export function placeWords(ctx: Ctx, document: Document, { offices, lockers }: Around): string {
  const t = texts(ctx).staff
  const { device, compartment } = document
  const office = offices.find(({ slug }) => slug === document.office)?.name[ctx.locale] ?? document.office
  const locker = device === null ? null : (lockers.get(device) ?? t.locker)
  if (locker !== null && compartment !== null) return `${t.compartment(locker, compartment)}, ${office}`
  return locker === null ? `${t.counter}, ${office}` : `${locker}, ${office}`
}

export function stateWords(ctx: Ctx, document: Document): string {
  const t = texts(ctx).staff
  return document.state === 'ready' && document.device !== null ? t.states.toDeposit : t.states[document.state]
}

const TONES = { ready: 'info', deposited: 'info', open: 'warning', collected: 'success', withdrawn: 'neutral' } as const

export function stateBadges(ctx: Ctx, document: Document, small = true): Html {
  const late = isOverdue(document, today(ctx.clock))
  return html`${badge({ kind: TONES[document.state], label: stateWords(ctx, document), small })} ${late ? badge({ kind: 'danger', label: texts(ctx).staff.overdue, small }) : nothing}`
}
