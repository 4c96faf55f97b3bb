import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonGroup,
  errorSummary,
  form,
  linkButton,
  notice,
  pageHeading,
  passwordField,
  prose,
  section,
  table,
} from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'
import type { Errors } from './sign-in.ts'

/** Download, deletion, and what every module keeps and how long. */
export function privacyPage(ctx: Ctx): Html {
  const t = texts(ctx).privacy
  const rules = ctx.app.modules.flatMap((module) => module.retention ?? [])
  return layout(ctx, {
    title: t.title,
    main: html`
      ${pageHeading({ title: t.title })}
      ${section(
        { title: t.exportTitle },
        prose(html`<p>${t.exportText}</p>`),
        html`<form method="post" action="${href(ctx, '/konto/datenschutz/daten')}">
          ${button({ label: t.exportButton, icon: 'download' })}
        </form>`,
      )}
      ${section(
        { title: t.eraseTitle },
        ctx.account?.kind === 'staff'
          ? prose(html`<p>${t.staffText}</p>`)
          : html`${prose(html`<p>${t.eraseText}</p>`)}
            ${linkButton({ label: t.eraseLink, href: href(ctx, '/konto/datenschutz/loeschen'), kind: 'secondary', icon: 'delete' })}`,
      )}
      ${section(
        { title: t.keptTitle },
        table(ctx, {
          caption: t.keptTitle,
          captionHidden: true,
          rows: rules,
          columns: [
            { key: 'purpose', title: t.purpose, cell: (rule) => rule.purpose[ctx.locale] },
            { key: 'rule', title: t.rule, cell: (rule) => rule.rule[ctx.locale] },
          ],
        }),
      )}`,
  })
}

export function erasePage(ctx: Ctx, errors: Errors): Html {
  const t = texts(ctx)
  return layout(ctx, {
    title: t.privacy.eraseTitle,
    hasErrors: Object.keys(errors).length > 0,
    main: html`
      ${errorSummary(ctx, errors)} ${pageHeading({ title: t.privacy.eraseConfirmTitle })} ${notice(t.privacy.eraseText)}
      ${form(
        { action: href(ctx, '/konto/datenschutz/loeschen') },
        passwordField(ctx, {
          name: 'password',
          label: t.security.yourPassword,
          autocomplete: 'current-password',
          error: errors.password,
        }),
        buttonGroup(
          button({ label: t.privacy.eraseButton, kind: 'danger' }),
          linkButton({ label: t.cancel, href: href(ctx, '/konto/datenschutz'), kind: 'tertiary' }),
        ),
      )}`,
  })
}
