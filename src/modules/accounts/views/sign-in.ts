import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonForm,
  buttonGroup,
  errorSummary,
  form,
  hiddenField,
  link,
  linkButton,
  pageHeading,
  passwordField,
  prose,
  section,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

export type Errors = Readonly<Record<string, string>>

/** What has just happened, shown above the form. */
export type SignInNotice = 'next' | 'password-chosen' | 'erased' | 'signed-out' | null

export function signInPage(
  ctx: Ctx,
  o: { mail: string; next: string | null; errors: Errors; notice: SignInNotice },
): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.signIn.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)} ${noticeAlert(ctx, o.notice)}
      ${pageHeading({ title: t.signIn.title })}
      ${ctx.account ? alreadySignedIn(ctx) : nothing}
      ${form(
        { action: href(ctx, '/anmelden') },
        textField(ctx, {
          name: 'mail',
          label: t.email,
          type: 'email',
          autocomplete: 'username',
          autocapitalize: 'none',
          spellcheck: false,
          width: 30,
          value: o.mail,
          error: o.errors.mail,
        }),
        passwordField(ctx, {
          name: 'password',
          label: t.password,
          autocomplete: 'current-password',
          error: o.errors.password,
        }),
        o.next ? hiddenField('next', o.next) : nothing,
        buttonGroup(button({ label: t.signIn.button })),
      )}
      ${prose(html`<p>${link(href(ctx, '/passwort-vergessen'), t.signIn.forgotten)}</p>`)}
      ${section(
        { title: t.signIn.noAccount },
        prose(html`<p>${t.signIn.noAccountHint}</p>`),
        linkButton({ label: t.signIn.register, href: href(ctx, withNext('/registrieren', o.next)) }),
      )}`,
  })
}

export const withNext = (path: string, next: string | null): string =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path

function noticeAlert(ctx: Ctx, notice: SignInNotice): Html {
  const t = texts(ctx).signIn
  switch (notice) {
    case 'next':
      return alert(ctx, { kind: 'info', title: t.expired, body: t.expiredHint })
    case 'password-chosen':
      return alert(ctx, { kind: 'success', title: t.passwordChosen, body: t.passwordChosenHint, live: true })
    case 'erased':
      return alert(ctx, { kind: 'success', title: t.erased, body: t.erasedHint, live: true })
    case 'signed-out':
      return alert(ctx, { kind: 'success', title: t.signedOut, live: true })
    case null:
      return nothing
  }
}

function alreadySignedIn(ctx: Ctx): Html {
  const t = texts(ctx).signIn
  const staff = ctx.account?.kind === 'staff'
  return html`${prose(html`<p>${t.already(ctx.account?.name ?? '')}</p>`)}
  ${buttonGroup(
    linkButton({ label: staff ? t.toWorkbench : t.toAccount, href: href(ctx, staff ? '/workbench' : '/konto') }),
    buttonForm({ label: t.signOut, action: href(ctx, '/abmelden'), kind: 'tertiary', about: ctx.account?.name }),
  )}`
}
