import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  buttonGroup,
  columns,
  descriptionList,
  details,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  prose,
  section,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { Unit } from '../../domain/unit.ts'
import type { ManagedAccount } from '../../store/administration.ts'
import type { Assignment, Role } from '../../store/roles.ts'
import { texts } from '../../texts/index.ts'
import type { Errors } from '../sign-in.ts'
import { noticeOf, roleChoices, stateBadge, unitChoices } from './accounts.ts'

export interface ManagedAccountPage {
  readonly account: ManagedAccount
  readonly assignments: readonly Assignment[]
  /** Units that the asking person manages. */
  readonly units: readonly Unit[]
  readonly roles: readonly Role[]
  readonly typed: { readonly name: string; readonly unit: string; readonly role: string; readonly roleUnit: string }
  readonly errors: Errors
  readonly notice: string | null
}

export function managedAccountPage(ctx: Ctx, o: ManagedAccountPage): Html {
  const t = texts(ctx).staff
  const { account } = o
  const isStaff = account.kind === 'staff'
  return layout(ctx, {
    title: account.name,
    hasErrors: Object.keys(o.errors).length > 0,
    breadcrumbs: [{ label: t.accounts, href: href(ctx, '/workbench/konten') }, { label: account.name }],
    main: html`
      ${errorSummary(ctx, o.errors)} ${noticeOf(ctx, o.notice)}
      ${pageHeading({ title: account.name, preline: t.kinds[account.kind], badge: stateBadge(ctx, account) })}
      ${columns(
        html`${facts(ctx, account)} ${isStaff ? assignments(ctx, o) : nothing} ${isStaff ? editForm(ctx, o) : nothing}`,
        actions(ctx, account),
        { label: t.actions },
      )}`,
  })
}

const pathOf = (account: ManagedAccount) => `/workbench/konten/${account.id}`

function facts(ctx: Ctx, account: ManagedAccount): Html {
  const t = texts(ctx).staff
  return descriptionList(ctx, [
    { label: t.email, value: account.email },
    ...(account.kind === 'staff' ? [{ label: t.homeUnit, value: account.unit?.[ctx.locale] }] : []),
    { label: t.created, value: formatDateTime(ctx, account.createdAt) },
    { label: t.lastLogin, value: account.lastLoginAt ? formatDateTime(ctx, account.lastLoginAt) : t.never },
  ])
}

function assignments(ctx: Ctx, o: ManagedAccountPage): Html {
  const t = texts(ctx).staff
  const managed = new Set(o.units.map((unit) => unit.id))
  const takeAway = (a: Assignment) =>
    managed.has(a.unitId)
      ? html`<form class="rh-button-form" method="post" action="${href(ctx, pathOf(o.account))}">
          ${hiddenField('what', 'unassign')}${hiddenField('role', a.roleId)}${hiddenField('roleUnit', a.unitId)}
          ${button({ label: t.unassign, kind: 'tertiary', about: `${a.role[ctx.locale]}, ${a.unit[ctx.locale]}` })}
        </form>`
      : nothing
  return section(
    { title: t.rolesOf, id: 'rollen' },
    prose(html`<p>${t.rolesHint}</p>`),
    table(ctx, {
      caption: t.rolesOf,
      captionHidden: true,
      dense: true,
      rows: o.assignments,
      columns: [
        { key: 'role', title: t.role, cell: (a) => a.role[ctx.locale] },
        { key: 'unit', title: t.unit, cell: (a) => a.unit[ctx.locale] },
        { key: 'take', title: t.unassign, titleHidden: true, cell: takeAway },
      ],
      empty: emptyState({ title: t.noRoles, headingLevel: 3 }),
    }),
    form(
      { action: href(ctx, pathOf(o.account)), label: t.assign, inline: true },
      hiddenField('what', 'assign'),
      selectField(ctx, {
        name: 'role',
        label: t.role,
        value: o.typed.role,
        error: o.errors.role,
        choices: roleChoices(ctx, o.roles),
      }),
      selectField(ctx, {
        name: 'roleUnit',
        label: t.unit,
        value: o.typed.roleUnit,
        error: o.errors.roleUnit,
        choices: unitChoices(ctx, o.units),
      }),
      button({ label: t.assign, kind: 'secondary' }),
    ),
  )
}

function editForm(ctx: Ctx, o: ManagedAccountPage): Html {
  const t = texts(ctx)
  return details(
    { summary: t.staff.edit, open: Boolean(o.errors.name ?? o.errors.unit) },
    form(
      { action: href(ctx, pathOf(o.account)), label: t.staff.edit },
      hiddenField('what', 'details'),
      textField(ctx, {
        name: 'name',
        label: t.staff.name,
        value: o.typed.name,
        error: o.errors.name,
        width: 30,
        autocomplete: 'off',
      }),
      selectField(ctx, {
        name: 'unit',
        label: t.staff.homeUnit,
        hint: t.staff.homeUnitHint,
        value: o.typed.unit,
        error: o.errors.unit,
        choices: unitChoices(ctx, o.units),
      }),
      buttonGroup(button({ label: t.save, kind: 'secondary' })),
    ),
  )
}

function actions(ctx: Ctx, account: ManagedAccount): Html {
  const t = texts(ctx).staff
  const own = account.id === ctx.account?.id
  const act = (what: string, label: string, kind: 'secondary' | 'tertiary' | 'danger' = 'secondary') =>
    buttonForm({ action: href(ctx, pathOf(account)), label, kind, fields: { what } })
  return section(
    { title: t.actions },
    prose(html`<p>${account.sessions > 0 ? t.sessions(account.sessions) : t.noSessions}</p>`),
    account.sessions > 0 ? act('end-sessions', t.endSessions) : nothing,
    account.state === 'invited' ? act('invite', t.inviteAgain) : nothing,
    account.state === 'disabled' ? act('enable', t.enable) : nothing,
    account.state !== 'disabled' && !own
      ? html`${prose(html`<p>${t.disableHint}</p>`)}${act('disable', t.disable, 'danger')}`
      : nothing,
  )
}
