import type { Ctx } from '#platform/context.ts'
import {
  alert,
  badge,
  button,
  buttonGroup,
  emptyState,
  errorSummary,
  filterBar,
  form,
  link,
  mailWords,
  csvButton,
  linkButton,
  pageHeading,
  pagination,
  selectField,
  table,
  textField,
  type Choice,
  type Column,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatShortDate, formatTime } from '#platform/i18n/format.ts'
import type { Unit } from '../../domain/unit.ts'
import type { AccountFilter, ManagedAccount } from '../../store/administration.ts'
import type { Role } from '../../store/roles.ts'
import { texts } from '../../texts/index.ts'
import type { Errors } from '../sign-in.ts'

export const ACCOUNTS_PER_PAGE = 50

export interface AccountsPage {
  readonly rows: readonly ManagedAccount[]
  readonly total: number
  readonly page: number
  readonly filter: AccountFilter
  readonly units: readonly Unit[]
  readonly roles: readonly Role[]
  /** Address of the list with these filters, and what differs. */
  readonly address: (changes: Readonly<Record<string, string>>, path?: string) => string
}

export const unitChoices = (ctx: Ctx, units: readonly Unit[]): Choice[] =>
  units.map((unit) => ({ value: unit.id, label: unit.name[ctx.locale] }))

export const roleChoices = (ctx: Ctx, roles: readonly Role[]): Choice[] =>
  roles.map((role) => ({ value: role.id, label: role.name[ctx.locale] }))

export function stateBadge(ctx: Ctx, account: Pick<ManagedAccount, 'state'>): Html {
  const kind = { active: 'success', invited: 'info', disabled: 'danger' } as const
  return badge({ kind: kind[account.state], label: texts(ctx).staff.states[account.state], small: true })
}

export function accountsPage(ctx: Ctx, o: AccountsPage): Html {
  const t = texts(ctx).staff
  return layout(ctx, {
    title: t.accounts,
    main: html`
      ${pageHeading({
        title: t.accounts,
        lead: t.accountsLead,
        actions: buttonGroup(
          linkButton({ label: t.add, href: href(ctx, '/workbench/konten/neu'), kind: 'primary', icon: 'add' }),
          csvButton(ctx, o.address({}, '/workbench/konten.csv')),
        ),
      })}
      ${filters(ctx, o)}
      ${table(ctx, {
        caption: t.accounts,
        captionHidden: true,
        dense: true,
        rows: o.rows,
        columns: columns(ctx),
        sort: {
          by: o.filter.sort,
          direction: o.filter.direction,
          href: (by, direction) => o.address({ sortierung: by, richtung: direction }),
        },
        empty: emptyState({ title: t.none, body: t.noneHint }),
      })}
      ${pagination(ctx, {
        page: o.page,
        pageSize: ACCOUNTS_PER_PAGE,
        total: o.total,
        href: (page) => o.address({ seite: String(page) }),
      })}`,
  })
}

function filters(ctx: Ctx, o: AccountsPage): Html {
  const t = texts(ctx).staff
  const choice = (name: string, label: string, value: string | null, choices: readonly Choice[]) =>
    selectField(ctx, { name, label, value, choices, empty: t.all, optional: true })
  return filterBar(
    ctx,
    { action: href(ctx, '/workbench/konten'), resetHref: href(ctx, '/workbench/konten') },
    textField(ctx, { name: 'q', label: t.search, type: 'search', value: o.filter.words, width: 20, optional: true }),
    selectField(ctx, {
      name: 'art',
      label: t.kind,
      value: o.filter.kind ?? 'alle',
      empty: null,
      optional: true,
      choices: [
        { value: 'staff', label: t.kinds.staff },
        { value: 'citizen', label: t.kinds.citizen },
        { value: 'alle', label: t.all },
      ],
    }),
    choice('amt', t.unit, o.filter.unit, unitChoices(ctx, o.units)),
    choice('rolle', t.role, o.filter.role, roleChoices(ctx, o.roles)),
    choice(
      'zustand',
      t.state,
      o.filter.state,
      (['active', 'invited', 'disabled'] as const).map((value) => ({ value, label: t.states[value] })),
    ),
  )
}

function columns(ctx: Ctx): Column<ManagedAccount>[] {
  const t = texts(ctx).staff
  return [
    { key: 'name', title: t.name, sortable: true, cell: (a) => link(href(ctx, `/workbench/konten/${a.id}`), a.name) },
    { key: 'email', title: t.email, sortable: true, cell: (a) => mailWords(a.email) },
    { key: 'unit', title: t.unit, sortable: true, cell: (a) => a.unit?.[ctx.locale] ?? t.kinds.citizen },
    { key: 'roles', title: t.rolesOf, cell: (a) => a.roles.map((role) => role[ctx.locale]).join(', ') || '–' },
    { key: 'state', title: t.state, cell: (a) => stateBadge(ctx, a) },
    {
      key: 'lastLogin',
      title: t.lastLogin,
      sortable: true,
      nowrap: true,
      cell: (a) =>
        a.lastLoginAt ? `${formatShortDate(ctx, a.lastLoginAt)}, ${formatTime(ctx, a.lastLoginAt)}` : t.never,
    },
    { key: 'created', title: t.created, sortable: true, nowrap: true, cell: (a) => formatShortDate(ctx, a.createdAt) },
  ]
}

export interface NewAccountForm {
  readonly name: string
  readonly email: string
  readonly unit: string
  readonly units: readonly Unit[]
  readonly errors: Errors
}

export function newAccountPage(ctx: Ctx, o: NewAccountForm): Html {
  const t = texts(ctx).staff
  return layout(ctx, {
    title: t.addTitle,
    hasErrors: Object.keys(o.errors).length > 0,
    breadcrumbs: [{ label: t.accounts, href: href(ctx, '/workbench/konten') }, { label: t.addTitle }],
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title: t.addTitle, lead: t.addHint })}
      ${form(
        { action: href(ctx, '/workbench/konten/neu') },
        textField(ctx, {
          name: 'name',
          label: t.name,
          value: o.name,
          error: o.errors.name,
          width: 30,
          autocomplete: 'off',
        }),
        textField(ctx, {
          name: 'email',
          label: t.email,
          type: 'email',
          value: o.email,
          error: o.errors.email,
          width: 30,
          autocomplete: 'off',
        }),
        selectField(ctx, {
          name: 'unit',
          label: t.homeUnit,
          hint: t.homeUnitHint,
          value: o.unit,
          error: o.errors.unit,
          choices: unitChoices(ctx, o.units),
        }),
        buttonGroup(
          button({ label: t.invite }),
          linkButton({ label: texts(ctx).cancel, href: href(ctx, '/workbench/konten'), kind: 'tertiary' }),
        ),
      )}`,
  })
}

/** What has just happened, above the heading. */
export const noticeOf = (ctx: Ctx, title: string | null): Html =>
  title === null ? nothing : alert(ctx, { kind: 'success', title, live: true })
