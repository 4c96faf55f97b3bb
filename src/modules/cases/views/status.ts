import type { Ctx } from '#platform/context.ts'
import {
  button,
  errorSummary,
  form,
  link,
  notice,
  pageHeading,
  telephoneLink,
  textField,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

/** The state of an application by its number and code, without an account. */
export function statusView(
  ctx: Ctx,
  state: {
    number?: string
    code?: string
    errors?: Readonly<Record<string, string>>
    message?: Html
  } = {},
): Html {
  const t = texts(ctx).status
  const { errors = {} } = state
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(errors).length > 0,
    main: html`
      ${errorSummary(ctx, errors)} ${state.message ?? nothing} ${pageHeading({ title: t.title, lead: t.lead })}
      ${form(
        { action: href(ctx, '/stand') },
        textField(ctx, {
          name: 'nummer',
          label: t.number,
          hint: t.numberHint,
          value: state.number,
          error: errors['nummer'],
          width: 20,
          maxLength: 64,
          spellcheck: false,
          autocapitalize: 'characters',
        }),
        textField(ctx, {
          name: 'code',
          label: t.code,
          hint: t.codeHint,
          value: state.code,
          error: errors['code'],
          width: 20,
          maxLength: 64,
          spellcheck: false,
          autocapitalize: 'characters',
          autocomplete: 'off',
        }),
        button({ label: t.submit }),
      )}
      ${notice(html`<strong>${t.lostCode}</strong> ${t.lostCodeBody} ${telephoneLink(ctx.tenant.theme.contact.telephone)}`)}
      ${notice(html`${t.withAccount} ${link(href(ctx, '/anmelden?next=/meine-antraege'), t.toAccount)}`)}
    `,
  })
}
