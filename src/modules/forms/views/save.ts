import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  button,
  buttonForm,
  buttonGroup,
  emailField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHeading,
} from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { DRAFT_DAYS, type Draft } from '../store/drafts.ts'
import { texts } from '../texts/index.ts'

export interface SavePage {
  readonly def: ServiceDefinition
  readonly draft: Draft
  readonly path: string
  /** Name of the page to go back to. */
  readonly step: string
  readonly email: string
  readonly errors: Readonly<Record<string, string>>
  readonly sentTo: { readonly email: string; readonly until: string } | null
}

/** After "save and continue later": it lies in the account, or a link brings it back. */
export function savePage(ctx: Ctx, page: SavePage): Html {
  const t = texts(ctx).save
  const until = formatDate(ctx, page.draft.updatedAt.add({ hours: 24 * DRAFT_DAYS }))
  const goOn = linkButton({ label: t.goOn, href: href(ctx, `${page.path}/${page.step}`), kind: 'secondary' })
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    hasErrors: Object.keys(page.errors).length > 0,
    main: html`${errorSummary(ctx, page.errors)}
    ${pageHeading({ title: page.sentTo ? t.sentTitle : t.savedTitle, preline: page.def.texts[ctx.locale].service.title })}
    ${
      page.sentTo
        ? html`${html`<p class="kern-body" role="status">${t.sent(page.sentTo.email, page.sentTo.until)}</p>`}
          ${buttonGroup(goOn)}`
        : page.draft.accountId
          ? html`<p class="kern-body">${t.account(until)}</p>
              ${buttonGroup(goOn)}`
          : html`<p class="kern-body">${t.browser}</p>
              ${form(
                { action: href(ctx, `${page.path}/speichern`) },
                hiddenField('schritt', page.step),
                emailField(ctx, {
                  name: 'email',
                  label: t.email,
                  hint: t.emailHint,
                  value: page.email,
                  error: page.errors['email'],
                }),
                buttonGroup(button({ label: t.send }), goOn),
              )}`
    }`,
  })
}

/** What the link in the mail shows first: a button, because some mail programs open every link by themselves. */
export function resumePage(ctx: Ctx, def: ServiceDefinition, token: string): Html {
  const t = texts(ctx).save
  return layout(ctx, {
    title: t.resumeTitle,
    noIndex: true,
    main: html`${pageHeading({ title: t.resumeTitle, lead: t.resumeBody(def.texts[ctx.locale].service.title) })}
    ${buttonForm({ label: t.resume, action: href(ctx, `/antrag-weiter/${token}`) })}`,
  })
}

export function resumeGonePage(ctx: Ctx): Html {
  const t = texts(ctx).save
  return layout(ctx, {
    title: t.resumeGoneTitle,
    noIndex: true,
    main: html`${pageHeading({ title: t.resumeGoneTitle, lead: t.resumeGone })}
    ${buttonGroup(linkButton({ label: t.toServices, href: href(ctx, '/leistungen'), kind: 'primary' }))}`,
  })
}
