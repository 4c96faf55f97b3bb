import type { Ctx } from '#platform/context.ts'
import { csvButton, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import { inboxQuery } from '../../domain/inbox.ts'
import { countedUpTo } from '../../store/inbox.ts'
import { texts } from '../../texts/index.ts'
import { bulkActions } from './bulk.ts'
import { filters } from './filters.ts'
import type { InboxModel } from './model.ts'
import { pages, rows } from './rows.ts'
import { ownViews, savedViews } from './saved-views.ts'
import { tabBar } from './tabs.ts'

export function inboxView(ctx: Ctx, model: InboxModel): Html {
  const t = texts(ctx)
  const { filter } = model
  const query = inboxQuery(filter)
  return layout(ctx, {
    title: t.inbox.title,
    scripts: ['cases-inbox.js'],
    styles: ['cases-inbox.css'],
    main: html`
      ${pageHeading({
        title: t.inbox.title,
        actions: csvButton(ctx, href(ctx, `/workbench/vorgaenge.csv${query ? `?${query}` : ''}`)),
      })}
      ${model.message} ${tabBar(ctx, model)} ${ownViews(ctx, model)} ${filters(ctx, model)}
      <p class="rh-result-count" role="status">${countText(ctx, model)}</p>
      ${rows(ctx, model)} ${pages(ctx, model)} ${model.may.work ? bulkActions(ctx, model) : nothing}
      ${savedViews(ctx, model)}
    `,
  })
}

function countText(ctx: Ctx, { filter, count }: InboxModel): string {
  const t = texts(ctx).inbox
  const most = countedUpTo(filter)
  if (count > most) return t.foundMany(formatNumber(ctx, most))
  return count === 1 ? t.foundOne : t.found(formatNumber(ctx, count))
}
