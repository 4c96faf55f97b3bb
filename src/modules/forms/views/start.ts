import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonForm,
  buttonGroup,
  form,
  hiddenField,
  linkButton,
  list,
  notice,
  pageHeading,
  section,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import type { Draft } from '../store/drafts.ts'
import { texts } from '../texts/index.ts'

export interface StartPage {
  readonly def: ServiceDefinition
  /** Version on trial, or null. */
  readonly trial: number | null
  readonly pages: number
  /** Where the service is described. */
  readonly servicePath: string
  readonly open: readonly Draft[]
  /** Query to keep when the form begins: `?erneuern=…`. */
  readonly query: string
}

/** Before the first question: what to have at hand, and what was begun already. The rest stands on the page of the service. */
export function startPage(ctx: Ctx, page: StartPage): Html {
  const t = texts(ctx).start
  const words = page.def.texts[ctx.locale].service
  const slug = page.def.slug
  const needsAccount = page.def.login === 'required' && !ctx.account
  return layout(ctx, {
    title: words.title,
    description: words.summary,
    breadcrumbs: [{ label: words.title, href: href(ctx, page.servicePath) }, { label: t.crumb }],
    main: html`${page.trial === null ? nothing : trialNotice(ctx, page.trial)}
    ${pageHeading({ title: words.title, lead: words.summary })} ${page.open.length > 0 ? openDrafts(ctx, page.open) : nothing}
    ${words.documents.length > 0 ? section({ title: t.needs }, list(words.documents)) : nothing}
    ${needsAccount || !ctx.account ? signInOffer(ctx, page) : nothing}
    ${
      needsAccount
        ? nothing
        : form(
            { action: href(ctx, `/antrag/${slug}${page.query}`) },
            page.trial === null ? nothing : hiddenField('probe', '1'),
            html`<p class="kern-body">${t.steps(page.pages)}</p>`,
            buttonGroup(
              button({
                label: page.open.length > 0 ? t.beginNew : t.begin,
                kind: page.open.length > 0 ? 'secondary' : 'primary',
              }),
            ),
          )
    }`,
  })
}

function openDrafts(ctx: Ctx, drafts: readonly Draft[]): Html {
  const t = texts(ctx).start
  return section(
    { title: t.open },
    html`<p class="kern-body">${t.openNote} ${t.unknownExpired}</p>`,
    drafts.map((draft) =>
      buttonGroup(
        linkButton({
          label: t.goOn(formatDateTime(ctx, draft.updatedAt)),
          href: href(ctx, `/antrag/${draft.slug}/${draft.id}`),
          kind: 'primary',
        }),
        buttonForm({
          label: t.discard,
          kind: 'tertiary',
          action: href(ctx, `/antrag/${draft.slug}/${draft.id}/loeschen`),
        }),
      ),
    ),
  )
}

function signInOffer(ctx: Ctx, page: StartPage): Html {
  const t = texts(ctx).start
  const next = encodeURIComponent(href(ctx, `/antrag/${page.def.slug}${page.query}`))
  const words = page.def.login === 'required' ? t.signInRequired : t.signInNote
  return notice(
    html`<p><strong>${t.signInTitle}.</strong> ${words}</p>
      <p><a class="kern-link" href="${href(ctx, '/anmelden')}?next=${next}">${t.signIn}</a></p>`,
  )
}

/** On every page of a trial. */
export function trialNotice(ctx: Ctx, version: number): Html {
  const t = texts(ctx).start
  return alert(ctx, { kind: 'warning', title: t.trial, body: t.trialNote(version) })
}
