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
  selectField,
  table,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { queryString } from '#platform/http/query.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { KINDS, STATES, type DeviceState, type ListedDevice } from '../domain/device.ts'
import type { DeviceFilter } from '../store/devices.ts'
import { texts } from '../texts/index.ts'

export const LIST = '/workbench/geraete'
export const MANAGE = 'devices.manage'

export interface ListView {
  readonly devices: readonly ListedDevice[]
  /** Those whose devices the person manages. */
  readonly offices: readonly Office[]
  readonly filter: DeviceFilter
}

export function listPage(ctx: Ctx, view: ListView): Html {
  const t = texts(ctx)
  const { offices, filter } = view
  const nameOf = new Map(offices.map((office) => [office.slug, office.name[ctx.locale]]))
  const query = queryString({ dienststelle: filter.office, art: filter.kind, stand: filter.state })
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({
      title: t.title,
      lead: t.lead,
      actions: buttonGroup(
        linkButton({ label: t.add, href: href(ctx, `${LIST}/neu`), kind: 'primary', icon: 'add' }),
        csvButton(ctx, href(ctx, `${LIST}.csv${query}`)),
      ),
    })}
    ${filters(ctx, view)}
    ${table(ctx, {
      caption: t.title,
      captionHidden: true,
      dense: true,
      rows: view.devices,
      columns: [
        { key: 'name', title: t.name, cell: ({ id, name }) => link(href(ctx, `${LIST}/${id}`), name) },
        { key: 'office', title: t.office, cell: ({ office }) => nameOf.get(office) ?? office },
        { key: 'kind', title: t.kind, cell: ({ kind }) => t.kinds[kind] },
        { key: 'state', title: t.state, cell: ({ state }) => stateBadge(ctx, state) },
        { key: 'lastSeen', title: t.lastSeen, nowrap: true, cell: (device) => lastSeen(ctx, device) },
      ],
      empty: emptyState({ title: t.empty, body: query === '' ? t.emptyBody : t.emptyFiltered }),
    })}`,
  })
}

function filters(ctx: Ctx, { offices, filter }: ListView): Html {
  const t = texts(ctx)
  return filterBar(
    ctx,
    { action: href(ctx, LIST), resetHref: href(ctx, LIST) },
    selectField(ctx, {
      name: 'dienststelle',
      label: t.office,
      empty: t.allOffices,
      optional: true,
      value: filter.office,
      choices: officeChoices(ctx, offices),
    }),
    selectField(ctx, {
      name: 'art',
      label: t.kind,
      empty: t.allKinds,
      optional: true,
      value: filter.kind,
      choices: KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] })),
    }),
    selectField(ctx, {
      name: 'stand',
      label: t.state,
      empty: t.allStates,
      optional: true,
      value: filter.state,
      choices: STATES.map((state) => ({ value: state, label: t.states[state] })),
    }),
  )
}

export const officeChoices = (ctx: Ctx, offices: readonly Office[]) =>
  offices.map(({ slug, name }) => ({ value: slug, label: name[ctx.locale] }))

const TONES = { 'in-use': 'success', 'not-set-up': 'warning', withdrawn: 'neutral' } as const

export const stateBadge = (ctx: Ctx, state: DeviceState): Html =>
  badge({ kind: TONES[state], label: texts(ctx).states[state], small: true })

export const lastSeen = (ctx: Ctx, { lastSeenAt }: ListedDevice): Html | string =>
  lastSeenAt ? html`<time datetime="${String(lastSeenAt)}">${formatDateTime(ctx, lastSeenAt)}</time>` : texts(ctx).never
