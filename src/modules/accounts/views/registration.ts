import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  errorSummary,
  form,
  hiddenField,
  link,
  linkButton,
  pageHeading,
  passwordField,
  prose,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { PASSWORD_MIN } from '../domain/password.ts'
import { texts } from '../texts/index.ts'
import { withNext, type Errors } from './sign-in.ts'

/** A page that asks for nothing but a mail address: to register, and for a forgotten password. */
function askForMail(
  ctx: Ctx,
  o: {
    title: string
    lead: string
    hint?: string
    button: string
    path: string
    mail: string
    next: string | null
    errors: Errors
    below: Html
  },
): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: o.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title: o.title, lead: o.lead })}
      ${form(
        { action: href(ctx, o.path) },
        textField(ctx, {
          name: 'mail',
          label: t.email,
          hint: o.hint,
          type: 'email',
          autocomplete: 'email',
          autocapitalize: 'none',
          spellcheck: false,
          width: 30,
          value: o.mail,
          error: o.errors.mail,
        }),
        o.next ? hiddenField('next', o.next) : nothing,
        buttonGroup(button({ label: o.button })),
      )}
      ${o.below}`,
  })
}

export function registerPage(ctx: Ctx, o: { mail: string; next: string | null; errors: Errors }): Html {
  const t = texts(ctx)
  return askForMail(ctx, {
    ...o,
    title: t.register.title,
    lead: t.register.lead,
    hint: t.register.emailHint,
    button: t.register.button,
    path: '/registrieren',
    below: prose(
      html`<p>${t.register.haveAccount} ${link(href(ctx, withNext('/anmelden', o.next)), t.signIn.title)}</p>`,
    ),
  })
}

export function resetPage(ctx: Ctx, o: { mail: string; errors: Errors }): Html {
  const t = texts(ctx).reset
  return askForMail(ctx, { ...o, ...t, next: null, path: '/passwort-vergessen', below: nothing })
}

/** After asking for a link; the same for known and unknown addresses. */
export function sentPage(ctx: Ctx, againPath: string): Html {
  const t = texts(ctx).register
  return layout(ctx, {
    title: t.sentTitle,
    main: html`${pageHeading({ title: t.sentTitle, lead: t.sent })} ${prose(html`<p>${t.sentHint}</p>`)}
    ${linkButton({ label: t.again, href: href(ctx, againPath), kind: 'tertiary' })}`,
  })
}

/** The link was used, is too old, or never was one. */
export function linkGonePage(ctx: Ctx, againPath: string): Html {
  const t = texts(ctx).register
  return layout(ctx, {
    title: t.linkGone,
    noIndex: true,
    main: html`${pageHeading({ title: t.linkGone, lead: t.linkGoneHint })}
    ${linkButton({ label: t.newLink, href: href(ctx, againPath), kind: 'primary' })}`,
  })
}

export function finishRegistrationPage(
  ctx: Ctx,
  o: { mail: string; code: string; givenName: string; familyName: string; errors: Errors },
): Html {
  const t = texts(ctx)
  const r = t.register
  return layout(ctx, {
    title: r.finishTitle,
    noIndex: true,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title: r.finishTitle, lead: r.finishLead(o.mail) })}
      ${form(
        { action: href(ctx, '/registrieren/abschliessen') },
        hiddenField('code', o.code),
        // Password managers keep the password under this name.
        html`<input type="hidden" name="username" autocomplete="username" value="${o.mail}">`,
        textField(ctx, {
          name: 'givenName',
          label: r.givenName,
          autocomplete: 'given-name',
          width: 30,
          value: o.givenName,
          error: o.errors.givenName,
        }),
        textField(ctx, {
          name: 'familyName',
          label: r.familyName,
          autocomplete: 'family-name',
          width: 30,
          value: o.familyName,
          error: o.errors.familyName,
        }),
        passwordField(ctx, {
          name: 'password',
          label: t.password,
          hint: r.passwordHint(PASSWORD_MIN),
          autocomplete: 'new-password',
          error: o.errors.password,
        }),
        prose(html`<p>${r.dataHint}</p>`),
        buttonGroup(button({ label: r.finish })),
      )}`,
  })
}

export function choosePasswordPage(ctx: Ctx, o: { code: string; mail: string; errors: Errors }): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.reset.chooseTitle,
    noIndex: true,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`
      ${errorSummary(ctx, o.errors)} ${pageHeading({ title: t.reset.chooseTitle, lead: o.mail })}
      ${form(
        { action: href(ctx, '/passwort-vergessen/neu') },
        hiddenField('code', o.code),
        html`<input type="hidden" name="username" autocomplete="username" value="${o.mail}">`,
        passwordField(ctx, {
          name: 'password',
          label: t.reset.newPassword,
          hint: t.register.passwordHint(PASSWORD_MIN),
          autocomplete: 'new-password',
          error: o.errors.password,
        }),
        buttonGroup(button({ label: t.reset.choose })),
      )}`,
  })
}
