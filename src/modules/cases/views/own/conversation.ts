import type { Ctx } from '#platform/context.ts'
import { button, section, textareaField } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { formatDateTime } from '#platform/i18n/format.ts'
import { texts } from '../../texts/index.ts'
import { LONGEST_TEXT } from '../../use-cases/work.ts'
import { lines } from '../case-page.ts'
import type { OwnModel, OwnPageState } from './model.ts'

export function conversation(ctx: Ctx, model: OwnModel, { typed = {}, errors = {} }: OwnPageState): Html {
  const t = texts(ctx).own
  return section(
    { title: t.messages, id: 'nachrichten' },
    model.messages.length === 0
      ? html`<p class="kern-body">${t.noMessages}</p>`
      : html`<ol class="rh-messages">
          ${model.messages.map(
            (message) => html`<li class="rh-message rh-message--${message.direction === 'in' ? 'out' : 'in'}">
              <p class="rh-message__head">${message.direction === 'in' ? t.you : (model.unit?.name[ctx.locale] ?? ctx.tenant.name)}, ${formatDateTime(ctx, message.createdAt)}</p>
              <div class="rh-prose">${lines(message.body)}</div>
            </li>`,
          )}
        </ol>`,
    html`<form class="rh-form" method="post" action="${href(ctx, `${model.base}/nachrichten`)}" novalidate>
      <input type="hidden" name="key" value="${model.messageKey}">
      ${textareaField(ctx, {
        name: 'message',
        label: t.write,
        value: typed['message'],
        error: errors['message'],
        rows: 4,
        maxLength: LONGEST_TEXT,
      })}
      ${button({ label: t.send, kind: 'secondary' })}
    </form>`,
  )
}
