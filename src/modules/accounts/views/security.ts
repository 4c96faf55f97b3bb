import type { Ctx } from '#platform/context.ts'
import {
  alert,
  badge,
  button,
  buttonForm,
  buttonGroup,
  confirmPanel,
  errorSummary,
  form,
  hiddenField,
  pageHeading,
  passwordField,
  prose,
  section,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime } from '#platform/i18n/format.ts'
import { PASSWORD_MIN } from '../domain/password.ts'
import type { SessionInfo } from '../store/sessions.ts'
import type { ApiTokenInfo } from '../store/tokens.ts'
import { texts } from '../texts/index.ts'
import type { Errors } from './sign-in.ts'

export type SecurityNotice = 'changed' | 'mail-sent' | 'mail-changed' | 'ended' | 'ended-all' | 'revoked' | null

export interface SecurityPage {
  readonly mail: string
  readonly newMail: string
  readonly sessions: readonly SessionInfo[]
  readonly tokens: readonly ApiTokenInfo[]
  readonly errors: Errors
  readonly notice: SecurityNotice
}

export function securityPage(ctx: Ctx, o: SecurityPage): Html {
  const t = texts(ctx).security
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)} ${noticeAlert(ctx, o.notice)} ${pageHeading({ title: t.title })}
      ${sessions(ctx, o)} ${passwordForm(ctx, o)} ${mailForm(ctx, o)} ${tokens(ctx, o)}`,
  })
}

function noticeAlert(ctx: Ctx, notice: SecurityNotice): Html {
  const t = texts(ctx).security
  if (notice === null) return nothing
  const [title, body] = {
    changed: [t.changed, t.changedHint],
    'mail-sent': [t.mailSent, t.mailSentHint],
    'mail-changed': [t.mailChanged, undefined],
    ended: [t.ended, t.endedHint],
    'ended-all': [t.ended, t.endedAllHint],
    revoked: [t.tokenRevoked, undefined],
  }[notice] as [string, string | undefined]
  return alert(ctx, { kind: 'success', title, body, live: true })
}

function sessions(ctx: Ctx, o: SecurityPage): Html {
  const t = texts(ctx).security
  const device = (session: SessionInfo) => session.device || t.unknownDevice
  return section(
    { title: t.sessionsTitle },
    prose(html`<p>${t.sessionsText}</p>`),
    table(ctx, {
      caption: t.sessionsTitle,
      captionHidden: true,
      rows: o.sessions,
      columns: [
        {
          key: 'device',
          title: t.device,
          cell: (s) =>
            html`${device(s)} ${s.current ? badge({ kind: 'info', label: t.thisDevice, small: true }) : nothing}`,
        },
        { key: 'since', title: t.since, cell: (s) => formatDateTime(ctx, s.createdAt) },
        { key: 'last', title: t.lastSeen, cell: (s) => formatDateTime(ctx, s.lastSeenAt) },
        {
          key: 'end',
          title: t.end,
          titleHidden: true,
          cell: (s) =>
            s.current
              ? buttonForm({ label: t.end, kind: 'tertiary', about: t.thisDevice, action: href(ctx, '/abmelden') })
              : buttonForm({
                  label: t.end,
                  kind: 'tertiary',
                  about: `${device(s)}, ${formatDateTime(ctx, s.createdAt)}`,
                  action: href(ctx, `/konto/sicherheit/sitzungen/${s.id}/beenden`),
                }),
        },
      ],
    }),
    o.sessions.length > 1
      ? buttonForm({ label: t.endAll, action: href(ctx, '/konto/sicherheit/sitzungen/beenden') })
      : nothing,
  )
}

function passwordForm(ctx: Ctx, o: SecurityPage): Html {
  const t = texts(ctx)
  return section(
    { title: t.security.passwordTitle, id: 'passwort' },
    form(
      { action: href(ctx, '/konto/sicherheit'), label: t.security.passwordTitle },
      hiddenField('what', 'password'),
      passwordField(ctx, {
        name: 'current',
        label: t.security.current,
        autocomplete: 'current-password',
        error: o.errors.current,
      }),
      passwordField(ctx, {
        name: 'password',
        label: t.security.newPassword,
        hint: t.register.passwordHint(PASSWORD_MIN),
        autocomplete: 'new-password',
        error: o.errors.password,
      }),
      buttonGroup(button({ label: t.security.change, kind: 'secondary' })),
    ),
  )
}

function mailForm(ctx: Ctx, o: SecurityPage): Html {
  const t = texts(ctx).security
  return section(
    { title: t.mailTitle, id: 'mail-adresse' },
    prose(html`<p>${t.mailNow(o.mail)}</p>`),
    form(
      { action: href(ctx, '/konto/sicherheit'), label: t.mailTitle },
      hiddenField('what', 'mail'),
      textField(ctx, {
        name: 'mail',
        label: t.newMail,
        type: 'email',
        autocomplete: 'email',
        autocapitalize: 'none',
        spellcheck: false,
        width: 30,
        value: o.newMail,
        error: o.errors.mail,
      }),
      passwordField(ctx, {
        name: 'mailPassword',
        label: t.yourPassword,
        autocomplete: 'current-password',
        error: o.errors.mailPassword,
      }),
      buttonGroup(button({ label: t.mailButton, kind: 'secondary' })),
    ),
  )
}

function tokens(ctx: Ctx, o: SecurityPage): Html {
  if (o.tokens.length === 0) return nothing
  const t = texts(ctx).security
  return section(
    { title: t.tokensTitle },
    prose(html`<p>${t.tokensText}</p>`),
    table(ctx, {
      caption: t.tokensTitle,
      captionHidden: true,
      rows: o.tokens,
      columns: [
        { key: 'label', title: t.tokenLabel, cell: (token) => token.label },
        { key: 'until', title: t.tokenUntil, cell: (token) => formatDate(ctx, token.expiresAt) },
        {
          key: 'revoke',
          title: t.tokenRevoke,
          titleHidden: true,
          cell: (token) =>
            buttonForm({
              label: t.tokenRevoke,
              kind: 'tertiary',
              about: `${token.label}, ${formatDateTime(ctx, token.createdAt)}`,
              action: href(ctx, `/konto/sicherheit/zugaenge/${token.id}/widerrufen`),
            }),
        },
      ],
    }),
  )
}

export function confirmMailPage(ctx: Ctx, o: { mail: string; code: string }): Html {
  const t = texts(ctx).security
  return layout(ctx, {
    title: t.mailConfirmTitle,
    main: confirmPanel(ctx, {
      title: t.mailConfirmTitle,
      consequence: t.mailConfirmText(o.mail),
      action: href(ctx, '/konto/mail-bestaetigen'),
      confirm: t.mailConfirm,
      cancelHref: href(ctx, '/konto/sicherheit'),
      fields: { code: o.code },
    }),
  })
}
