import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  buttonGroup,
  checkboxesField,
  csvButton,
  errorSummary,
  form,
  link,
  linkButton,
  notice,
  pageHeading,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { ADMINISTRATOR } from '../../domain/default-roles.ts'
import type { Role } from '../../store/roles.ts'
import { texts } from '../../texts/index.ts'
import type { Errors } from '../sign-in.ts'
import { noticeOf } from './accounts.ts'

/** Every permission of the installation with its name, in the order of modules. */
export const permissionNames = (ctx: Ctx): readonly { value: string; label: string }[] =>
  ctx.app.modules.flatMap((module) =>
    Object.entries(module.permissions ?? {}).map(([value, name]) => ({ value, label: name[ctx.locale] })),
  )

/** What a role allows, by name. */
export function permissionsOf(ctx: Ctx, role: Role): string[] {
  const names = new Map(permissionNames(ctx).map(({ value, label }) => [value, label]))
  return role.permissions.map((permission) => names.get(permission) ?? permission)
}

export function rolesPage(ctx: Ctx, o: { roles: readonly Role[]; mayChange: boolean; notice: string | null }): Html {
  const t = texts(ctx).staff
  const title = (role: Role) =>
    o.mayChange && role.id !== ADMINISTRATOR.id
      ? link(href(ctx, `/workbench/rollen/${role.id}`), role.name[ctx.locale])
      : role.name[ctx.locale]
  return layout(ctx, {
    title: t.roles,
    main: html`
      ${noticeOf(ctx, o.notice)}
      ${pageHeading({
        title: t.roles,
        lead: t.rolesLead,
        actions: buttonGroup(
          o.mayChange
            ? linkButton({ label: t.addRole, href: href(ctx, '/workbench/rollen/neu'), kind: 'primary', icon: 'add' })
            : nothing,
          csvButton(ctx, href(ctx, '/workbench/rollen.csv')),
        ),
      })}
      ${notice(t.roleFixed)}
      ${table(ctx, {
        caption: t.roles,
        captionHidden: true,
        rows: o.roles,
        columns: [
          { key: 'name', title: t.name, cell: title },
          {
            key: 'permissions',
            title: t.permissions,
            cell: (role) => permissionsOf(ctx, role).join(', ') || '–',
          },
          { key: 'holders', title: t.holders, numeric: true, cell: (role) => role.holders },
        ],
      })}`,
  })
}

export interface RoleForm {
  /** null for a new role. */
  readonly id: string | null
  readonly typed: {
    readonly id: string
    readonly de: string
    readonly en: string
    readonly permissions: readonly string[]
  }
  readonly errors: Errors
}

export function rolePage(ctx: Ctx, o: RoleForm): Html {
  const t = texts(ctx)
  const s = t.staff
  const title = o.id === null ? s.addRole : s.editRole(o.typed[ctx.locale])
  const path = `/workbench/rollen/${o.id ?? 'neu'}`
  return layout(ctx, {
    title,
    hasErrors: Object.keys(o.errors).length > 0,
    breadcrumbs: [{ label: s.roles, href: href(ctx, '/workbench/rollen') }, { label: title }],
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title })}
      ${form(
        { action: href(ctx, path) },
        o.id === null
          ? textField(ctx, {
              name: 'id',
              label: s.roleId,
              hint: s.roleIdHint,
              value: o.typed.id,
              error: o.errors.id,
              width: 20,
              autocomplete: 'off',
            })
          : nothing,
        textField(ctx, {
          name: 'de',
          label: s.nameDe,
          value: o.typed.de,
          error: o.errors.de,
          width: 30,
          autocomplete: 'off',
        }),
        textField(ctx, {
          name: 'en',
          label: s.nameEn,
          value: o.typed.en,
          error: o.errors.en,
          width: 30,
          autocomplete: 'off',
        }),
        checkboxesField(ctx, {
          name: 'permissions',
          label: s.permissions,
          choices: permissionNames(ctx),
          values: o.typed.permissions,
          error: o.errors.permissions,
          optional: true,
        }),
        buttonGroup(
          button({ label: t.save }),
          linkButton({ label: t.cancel, href: href(ctx, '/workbench/rollen'), kind: 'tertiary' }),
        ),
      )}
      ${o.id === null ? nothing : buttonForm({ label: s.deleteRole, kind: 'tertiary', icon: 'delete', action: href(ctx, `${path}/loeschen`) })}`,
  })
}
