import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { formatDate, formatDateTime, formatNumber, formatShortDate } from '#platform/i18n/format.ts'
import {
  backLink,
  descriptionList,
  emptyState,
  filterBar,
  link,
  csvButton,
  pageHeading,
  pagination,
  section,
  selectField,
  table,
  tabs,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, type Html } from '#platform/html/html.ts'
import { today } from '#platform/time/clock.ts'
import { canChange, lastDay, type Permit, type Standing } from '../domain/permit.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import type { PermitFilter } from '../store/permit-list.ts'
import type { ZoneFigures } from '../store/zones.ts'
import { texts } from '../texts/index.ts'
import { doneAlert } from './own-permit.ts'
import { permitActions, permitFacts, standingBadge } from './permits.ts'

export const PERMITS_PER_PAGE = 50
export const STANDINGS: readonly Standing[] = [
  'valid',
  'upcoming',
  'reserved',
  'expired',
  'returned',
  'replaced',
  'lost',
]

export function parkingTabs(ctx: Ctx, current: 'permits' | 'zones' | 'import' | 'enforcement'): Html {
  const t = texts(ctx).staff
  const entry = (key: typeof current, path: string) => ({
    label: t[key],
    href: href(ctx, path),
    current: key === current,
  })
  return tabs(t.tabs, [
    entry('permits', '/workbench/parken'),
    entry('zones', '/workbench/parken/zonen'),
    entry('import', '/workbench/parken/import'),
    ...(may(ctx, 'parking.enforce') ? [entry('enforcement', '/workbench/parken/kontrolle')] : []),
  ])
}

export interface PermitList {
  readonly permits: readonly Permit[]
  readonly total: number
  readonly page: number
  readonly filter: PermitFilter
  readonly zones: readonly Zone[]
}

/** `/workbench/parken`: every permit of the units in which the clerk may manage them. */
export function permitListPage(ctx: Ctx, o: PermitList): Html {
  const t = texts(ctx).staff
  const address = (change: Readonly<Record<string, string>>, path = '/workbench/parken') =>
    href(ctx, `${path}?${new URLSearchParams({ ...queryOf(o.filter), ...change }).toString()}`)
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({
      title: t.title,
      actions: csvButton(ctx, address({}, '/workbench/parken/ausweise.csv')),
    })}
    ${parkingTabs(ctx, 'permits')} ${filters(ctx, o)}
    ${table(ctx, {
      caption: t.caption,
      captionHidden: true,
      dense: true,
      rows: o.permits,
      sort: {
        by: o.filter.sort,
        direction: o.filter.direction,
        href: (by, direction) => address({ sort: by, direction, page: '1' }),
      },
      columns: [
        {
          key: 'number',
          title: t.number,
          nowrap: true,
          cell: (permit) => link(href(ctx, `/workbench/parken/ausweise/${permit.id}`), permit.number ?? t.pending),
        },
        { key: 'plate', title: t.plate, nowrap: true, sortable: true, cell: (permit) => permit.plate },
        { key: 'zone', title: t.zone, sortable: true, cell: (permit) => permit.zone },
        { key: 'name', title: t.name, sortable: true, cell: (permit) => `${permit.familyName}, ${permit.givenName}` },
        { key: 'address', title: t.address, cell: (permit) => `${permit.street} ${permit.houseNumber}` },
        {
          key: 'from',
          title: t.from,
          nowrap: true,
          sortable: true,
          cell: (permit) => formatShortDate(ctx, permit.from),
        },
        {
          key: 'until',
          title: t.until,
          nowrap: true,
          sortable: true,
          cell: (permit) => formatShortDate(ctx, lastDay(permit)),
        },
        { key: 'standing', title: t.standing, cell: (permit) => standingBadge(ctx, permit, true) },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyBody }),
    })}
    ${pagination(ctx, {
      page: o.page,
      pageSize: PERMITS_PER_PAGE,
      total: o.total,
      href: (page) => address({ page: String(page) }),
    })}`,
  })
}

function filters(ctx: Ctx, { filter, zones }: PermitList): Html {
  const t = texts(ctx).staff
  return filterBar(
    ctx,
    {
      action: href(ctx, '/workbench/parken'),
      resetHref: href(ctx, '/workbench/parken'),
      hidden: { sort: filter.sort, direction: filter.direction },
    },
    textField(ctx, {
      name: 'q',
      label: t.search,
      hint: t.searchHint,
      value: filter.text,
      type: 'search',
      optional: true,
      width: 20,
      maxLength: 100,
    }),
    selectField(ctx, {
      name: 'zone',
      label: t.zone,
      empty: t.allZones,
      optional: true,
      value: filter.zone,
      choices: zones.map((zone) => ({ value: zone.letter, label: zoneWords(zone.letter, zone.name) })),
    }),
    selectField(ctx, {
      name: 'standing',
      label: t.standing,
      empty: t.allStandings,
      optional: true,
      value: filter.standing,
      choices: STANDINGS.map((standing) => ({ value: standing, label: texts(ctx).standing[standing] })),
    }),
  )
}

function queryOf(filter: PermitFilter): Record<string, string> {
  return {
    ...(filter.text ? { q: filter.text } : {}),
    ...(filter.zone ? { zone: filter.zone } : {}),
    ...(filter.standing ? { standing: filter.standing } : {}),
    sort: filter.sort,
    direction: filter.direction,
  }
}

/** `/workbench/parken/ausweise/:id`: one permit with those that it replaced, and what staff can do for its holder. */
export function staffPermitPage(ctx: Ctx, permit: Permit, line: readonly Permit[], done: string): Html {
  const t = texts(ctx).staff
  const changeable = canChange(permit, today(ctx.clock))
  const base = `/workbench/parken/ausweise/${permit.id}`
  return layout(ctx, {
    title: texts(ctx).permits.one(permit.plate),
    styles: ['parking-pages.css'],
    main: html`${backLink(ctx, href(ctx, '/workbench/parken'), t.back)} ${doneAlert(ctx, done)}
    ${pageHeading({ title: texts(ctx).permits.one(permit.plate), preline: permit.number ?? t.pending })}
    ${permitFacts(ctx, permit)}
    ${descriptionList(ctx, [
      { label: t.birthDate, value: permit.birthDate && formatDate(ctx, permit.birthDate) },
      { label: t.issuedAt, value: permit.issuedAt && formatDateTime(ctx, permit.issuedAt) },
      ...(permit.caseId
        ? [{ label: t.kase, value: link(href(ctx, `/workbench/vorgaenge/${permit.caseId}`), t.openCase) }]
        : []),
      ...(permit.endedOn ? [{ label: t.endedOn, value: formatDate(ctx, permit.endedOn) }] : []),
    ])}
    ${permitActions(ctx, permit, base, { canChange: changeable, title: t.forHolder, canPrint: changeable && permit.number !== null, renew: null })}
    ${line.length > 1 ? section({ title: t.history, id: 'verlauf' }, lineTable(ctx, line)) : ''}`,
  })
}

function lineTable(ctx: Ctx, line: readonly Permit[]): Html {
  const t = texts(ctx).staff
  return table(ctx, {
    caption: t.history,
    captionHidden: true,
    dense: true,
    rows: line,
    columns: [
      {
        key: 'number',
        title: t.number,
        nowrap: true,
        cell: (permit) => link(href(ctx, `/workbench/parken/ausweise/${permit.id}`), permit.number ?? t.pending),
      },
      { key: 'plate', title: t.plate, nowrap: true, cell: (permit) => permit.plate },
      { key: 'zone', title: t.zone, cell: (permit) => permit.zone },
      { key: 'from', title: t.from, nowrap: true, cell: (permit) => formatShortDate(ctx, permit.from) },
      { key: 'until', title: t.until, nowrap: true, cell: (permit) => formatShortDate(ctx, lastDay(permit)) },
      { key: 'standing', title: t.standing, cell: (permit) => standingBadge(ctx, permit, true) },
    ],
  })
}

/** `/workbench/parken/zonen`: how full the zones are. */
export function zoneListPage(ctx: Ctx, zones: readonly ZoneFigures[]): Html {
  const t = texts(ctx).zoneList
  const sum = (of: (zone: ZoneFigures) => number) =>
    formatNumber(
      ctx,
      zones.reduce((total, zone) => total + of(zone), 0),
    )
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({
      title: t.title,
      lead:
        zones.length > 0
          ? t.summary(
              sum((zone) => zone.permits),
              sum((zone) => zone.capacity),
            )
          : undefined,
      actions: csvButton(ctx, href(ctx, '/workbench/parken/zonen.csv')),
    })}
    ${parkingTabs(ctx, 'zones')}
    ${table(ctx, {
      caption: t.caption,
      captionHidden: true,
      dense: true,
      rows: zones,
      columns: [
        {
          key: 'letter',
          title: t.letter,
          cell: (zone) => link(href(ctx, `/parken/zonen/${encodeURIComponent(zone.letter)}`), zone.letter),
        },
        { key: 'name', title: t.name, cell: (zone) => zone.name },
        { key: 'addresses', title: t.addresses, numeric: true, cell: (zone) => formatNumber(ctx, zone.addresses) },
        { key: 'capacity', title: t.capacity, numeric: true, cell: (zone) => formatNumber(ctx, zone.capacity) },
        { key: 'permits', title: t.permits, numeric: true, cell: (zone) => formatNumber(ctx, zone.permits) },
        { key: 'ratio', title: t.ratio, numeric: true, cell: (zone) => ratio(ctx, zone) },
      ],
      empty: emptyState({ title: t.empty, body: t.emptyBody }),
    })}`,
  })
}

export const ratio = (ctx: Ctx, zone: ZoneFigures): string =>
  zone.capacity === 0 ? '–' : formatNumber(ctx, Math.round((zone.permits / zone.capacity) * 100) / 100)
