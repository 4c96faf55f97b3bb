import type { Ctx } from '#platform/context.ts'
import { button, selectField, textField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { inboxQuery } from '../../domain/inbox.ts'
import { texts } from '../../texts/index.ts'
import type { InboxModel } from './model.ts'

function handOver(ctx: Ctx, { colleagues }: InboxModel): Html {
  const t = texts(ctx).bulk
  return html`${selectField(ctx, {
    name: 'to',
    label: t.handTo,
    choices: [{ value: 'nobody', label: t.toNobody }, ...colleagues],
    optional: true,
  })}
  ${button({ label: t.hand, kind: 'secondary', formaction: href(ctx, '/workbench/uebergaben') })}`
}

/** What can be done to all chosen rows at once. */
export function bulkActions(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx).bulk
  return html`<section class="rh-section cases-bulk" aria-labelledby="bulk-title">
    <h2 class="kern-heading-medium" id="bulk-title">${t.title}</h2>
    <form class="rh-filters" method="post" id="bulk" action="${href(ctx, '/workbench/uebernahmen')}" data-all="${t.all}" data-chosen="${t.chosen}" novalidate>
      <input type="hidden" name="back" value="${inboxQuery(model.filter)}">
      ${/* The first button is the one that Enter presses in the field for the day. */ nothing}
      ${textField(ctx, { name: 'on', label: t.followUpOn, width: 10, hint: texts(ctx).decide.dateHint, optional: true })}
      ${button({ label: t.setFollowUp, kind: 'secondary', formaction: href(ctx, '/workbench/wiedervorlagen') })}
      ${model.may.handOver ? handOver(ctx, model) : nothing}
      ${button({ label: t.take, kind: 'secondary', data: { key: 't' } })}
      <output class="kern-body"></output>
    </form>
  </section>`
}
