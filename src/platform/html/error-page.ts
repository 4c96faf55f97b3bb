import type { Ctx } from '../context.ts'
import { linkButton } from './components/button.ts'
import { telephoneLink } from './components/heading.ts'
import { href } from './href.ts'
import { html, nothing, type Html } from './html.ts'
import { layout } from './layout.ts'
import { texts } from './texts/index.ts'

export interface ErrorPageOptions {
  readonly status: number
  readonly title: string
  /** What the person can do now. */
  readonly advice: string | Html
  readonly requestId: string
  /** Where to go on, instead of the home page. */
  readonly action?: { readonly label: string; readonly href: string }
}

/** Something went wrong, for people: what it is, what they can do, whom they can ask, and the word that helps us find it. */
export function errorPage(ctx: Ctx, o: ErrorPageOptions): Html {
  const t = texts(ctx)
  const { contact } = ctx.tenant.theme
  const action = o.action ?? { label: t.errorPage.toHome, href: href(ctx, '/') }
  return layout(ctx, {
    title: o.title,
    noIndex: true,
    main: html`<div class="rh-prose rh-error-page">
      <h1 class="kern-heading-large">${o.title}</h1>
      <div>${o.advice}</div>
      <p>${linkButton({ ...action, kind: 'primary' })}</p>
      <p>
        ${t.errorPage.contact}
        ${telephoneLink(contact.telephone)},
        <a class="kern-link" href="mailto:${contact.email}">${contact.email}</a>
      </p>
      <p class="rh-error-page__id">
        ${t.errorPage.requestId}: <code>${o.requestId}</code>${o.status ? html` (${o.status})` : nothing}
      </p>
    </div>`,
  })
}
