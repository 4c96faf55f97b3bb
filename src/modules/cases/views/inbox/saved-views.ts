import type { Ctx } from '#platform/context.ts'
import { button, details, form, link, list, textField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { inboxQuery } from '../../domain/inbox.ts'
import type { SavedView } from '../../store/views.ts'
import { texts } from '../../texts/index.ts'
import type { InboxModel } from './model.ts'

const viewPath = ({ query }: SavedView): string => (query ? `/workbench?${query}` : '/workbench')

/** The clerk's own lists, above the filters, where a day begins. */
export function ownViews(ctx: Ctx, { views }: InboxModel): Html {
  if (views.length === 0) return nothing
  const t = texts(ctx).views
  return html`<nav class="cases-views" aria-label="${t.title}">
    ${list(views.map((view) => link(href(ctx, viewPath(view)), view.name)))}
  </nav>`
}

/** Keeps the filter as it is under a name, and tends the kept ones. */
export function savedViews(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).views
  const back = html`<input type="hidden" name="back" value="${inboxQuery(model.filter)}">`
  const saved = model.views.map((view) =>
    details(
      { summary: view.name },
      form(
        {
          action: href(ctx, `/workbench/ansichten/${view.id}/umbenennung`),
          inline: true,
          label: t.renameOf(view.name),
        },
        back,
        textField(ctx, {
          name: 'name',
          id: `name-${view.id}`,
          label: t.newName,
          value: view.name,
          maxLength: 60,
          width: 20,
        }),
        button({ label: t.rename, kind: 'secondary', about: view.name }),
      ),
      html`<form class="rh-button-form" method="post" action="${href(ctx, `/workbench/ansichten/${view.id}/loeschung`)}">
        ${button({ label: t.remove, kind: 'tertiary', about: view.name })}
      </form>`,
    ),
  )
  return details(
    { summary: t.title, id: 'ansichten' },
    saved.length > 0 ? saved : html`<p class="kern-body">${t.none}</p>`,
    form(
      { action: href(ctx, '/workbench/ansichten'), inline: true, label: t.save },
      html`<input type="hidden" name="query" value="${inboxQuery(model.filter)}">`,
      textField(ctx, { name: 'name', label: t.name, hint: t.nameHint, maxLength: 60, width: 20 }),
      button({ label: t.save, kind: 'secondary' }),
    ),
  )
}
